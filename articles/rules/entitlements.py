"""What a partner may read: products, cut by subject, and what each of them opens."""

from dataclasses import dataclass, replace
from datetime import timedelta

from articles.rules.subjects import About

# The subjects that products are cut by: what an article has been about stays known of it (ArticleSubject).
CUT_BY = (About.TREATY, About.SECTION, About.LANGUAGE)


@dataclass(frozen=True, slots=True)
class Product:
    """What one product opens: articles that were ever about one of ``treaties``, in one of ``sections`` and in one of
    ``languages`` (slugs and codes; none given: any), once they have been public for ``delay``.

    What such an article says now is told at once: a delay holds back no correction. ``media`` says whether pictures
    are told of, ``embargoed`` whether also what waits under embargo, ``terms`` for what it may be used.
    """

    treaties: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    delay: timedelta = timedelta()
    media: bool = True
    embargoed: bool = False
    terms: str = ""

    @property
    def subjects(self) -> list[tuple[About, tuple[str, ...]]]:
        """What it is cut by: kind, and the values of which an article needs one."""
        cuts = zip(CUT_BY, (self.treaties, self.sections, self.languages), strict=True)
        return [(kind, values) for kind, values in cuts if values]

    @property
    def opens_all(self) -> bool:
        """Whether it opens everything that is public, at once."""
        return not (self.subjects or self.delay)


@dataclass(frozen=True, slots=True)
class Entitlement:
    """What one reader may read: whatever any of ``products`` opens; nothing without one.

    A reader who has none to show (None in its place) reads everything that is public and nothing else.
    """

    products: tuple[Product, ...]

    @property
    def opens_all(self) -> bool:
        """Whether it opens everything that is public, at once."""
        return any(product.opens_all for product in self.products)

    @property
    def reads_embargoed(self) -> bool:
        """Whether any of it opens what waits under embargo."""
        return any(product.embargoed for product in self.products)

    def without_embargoed(self) -> "Entitlement":
        """The same, less what waits under embargo."""
        return Entitlement(tuple(replace(product, embargoed=False) for product in self.products))
