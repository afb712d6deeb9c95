"""The files of pictures, for whoever may have them: readers by the editions they may open, the desk by its image."""

from dataclasses import dataclass
from datetime import datetime

from django.core.files.storage import default_storage

from articles.models import Edition, Rendition
from articles.models.image import FOLDER
from newsroom.core.kept_files import name_of


@dataclass(frozen=True)
class Found:
    """A rendition that may be shown; ``article`` is the public id of one article that shows it now."""

    digest: str
    form: str
    article: str

    def read(self) -> bytes | None:
        """Its bytes; None where the file is gone."""
        return read_rendition(self.digest, self.form)


def public_rendition(digest: str, form: str, *, now: datetime) -> Found | None:
    """The rendition with this digest and form, if an edition that readers may open at ``now`` shows it. One query."""
    shown = Edition.objects.readable(now).filter(
        edition_images__image__renditions__digest=digest, edition_images__image__renditions__form=form
    )
    article = shown.order_by().values_list("article__public_id", flat=True).first()
    return Found(digest, form, article) if article else None


def rendition_in(content: dict, digest: str, form: str) -> bool:
    """Whether a figure of this content (of a draft or an edition) shows the rendition: what a preview may hand out."""
    return any(
        (rendition["digest"], rendition["form"]) == (digest, form)
        for block in content["blocks"]
        if block.get("figure") and block["figure"]["image"]
        for rendition in block["figure"]["image"]["renditions"]
    )


def read_rendition(digest: str, form: str) -> bytes | None:
    """The bytes of a file that somebody else found may be shown; None where it is gone."""
    if form not in Rendition.Form:
        return None
    try:
        with default_storage.open(name_of(FOLDER, digest, form)) as file:
            return file.read()
    except FileNotFoundError:
        return None
