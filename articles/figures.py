"""The figures of a draft as a person sees them: which picture, and what is said of it."""

from dataclasses import dataclass
from functools import cached_property

from articles.body.model import Block
from articles.models import Image
from articles.rules.fingerprints import figure_fingerprint, picture_fingerprint


@dataclass
class SeenFigure:
    """One figure. ``number`` counts from 1; ``image`` is None where its block names none that there is."""

    block: Block
    number: int
    image: Image | None

    @property
    def key(self) -> str:
        return self.block.figure.key

    @property
    def place(self) -> str:
        """The name of its place: in blockers, exemptions and waivers."""
        return place_of(self.key)

    @property
    def caption(self) -> str:
        return self.block.text

    @property
    def rests_on(self) -> tuple[str, ...]:
        return self.block.figure.rests_on

    @property
    def alt(self) -> str:
        """The alternative text readers get: the figure's own, else the picture's."""
        return self.block.figure.alt or (self.image.alt if self.image else "")

    @cached_property
    def fingerprint(self) -> str:
        """What an exemption of its caption covers: the words, what they rest on, and under which picture they stand."""
        picture = self.image.sha256 if self.image else self.block.figure.image
        return figure_fingerprint(self.caption, self.rests_on, picture)

    @cached_property
    def picture_fingerprint(self) -> str:
        """What a waiver of something about the picture covers."""
        image = self.image
        said = [image.sha256, image.credit, image.usage_terms] if image else [self.block.figure.image]
        return picture_fingerprint([*said, self.alt])

    def public_fields(self) -> dict | None:
        """What the document says of the picture; None where there is none."""
        if self.image is None:
            return None
        renditions = [
            {
                "form": rendition.form,
                "width": rendition.width,
                "height": rendition.height,
                "size": rendition.size,
                "digest": rendition.digest,
            }
            for rendition in self.image.renditions.all()
        ]
        return self.image.public_fields() | {"alt": self.alt, "renditions": renditions}


def place_of(key: str) -> str:
    return f"figure:{key}"
