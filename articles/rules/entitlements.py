"""What a partner may read: products, cut by subject, and what each of them opens."""

from dataclasses import dataclass, replace
from datetime import timedelta

from articles.rules.subjects import About

# The subjects that products are cut by: what an article has been about stays known of it (ArticleSubject).
CUT_BY = (About.TREATY, About.SECTION, About.LANGUAGE)


@dataclass(frozen=True, slots=True)
class Product:
    """What one product opens: articles that have shown about one of ``treaties``, in one of ``sections`` and in one of
    ``languages`` (slugs and codes; none given: any), once they have been public for ``delay``.

    What such an article says now is told at once: a delay holds back no correction. What an edition is about counts
    from its moment on; one that never shows counts for nothing. ``media`` says whether pictures are told of,
    ``embargoed`` whether also what waits under embargo, counted as if it showed, ``terms`` for what it may be used.
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
class Terms:
    """On which terms a reader has something: for what it may be used (empty: on ours), and whether its pictures are
    told of."""

    usage: str = ""
    pictures: bool = True


# What everybody has everything on.
EVERYBODYS = Terms()


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

    @property
    def terms(self) -> Terms | None:
        """On which terms the reader has whatever is open to them; None where it depends on what it is."""
        first, media = self.products[0] if self.products else Product(), {one.media for one in self.products}
        same = first.opens_all or len({one.terms for one in self.products}) < 2
        pictured = len(media) < 2 or any(one.opens_all and one.media for one in self.products)
        return Terms(first.terms, True in media or not media) if same and pictured else None

    def terms_of(self, opening: int, pictured: bool) -> Terms:
        """The terms of what is opened first by product number ``opening``, and by one with pictures if ``pictured``."""
        return Terms(self.products[opening].terms if self.products else "", pictured)

    def without_embargoed(self) -> "Entitlement":
        """The same, less what waits under embargo."""
        return Entitlement(tuple(replace(product, embargoed=False) for product in self.products))
