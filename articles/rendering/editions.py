"""Make the renderings of an edition."""

from django.urls import reverse

from articles.models import Edition, Rendering
from articles.receipts import corrections_up_to
from articles.rendering.article import article_html, gone_html
from articles.rendering.entries import Shown, card, detail, gone_problem, is_gone, list_key
from articles.rendering.language_versions import Version
from articles.rendering.pages import address, template_release
from articles.rendering.withdrawals import NONE, Withdrawals
from newsroom.core.answering import as_json, compress, etag_of
from newsroom.core.members import as_members

Representation = Rendering.Representation


def render_edition(
    edition: Edition, document: dict, withdrawn: Withdrawals, versions: tuple[Version, ...] = ()
) -> list[Rendering]:
    """The unsaved renderings of ``edition``, whose release exists already; ``document`` is its content's.
    ``withdrawn`` are those of its sources that are withdrawn by now, ``versions`` the public language versions.

    Two queries for an edition after the first, none for the first.
    """
    since = edition.release.showing.lower
    first, corrections = since, ()
    if edition.number > 1:
        first = edition.article.editions.began() or since
        corrections = tuple(corrections_up_to(edition))
    # The address is the article's own, which an act may have changed since.
    document = document | {"article": document["article"] | {"slug": edition.article.slug}}
    return make_renderings(edition, document, Shown(since, first, corrections, versions), withdrawn)


def make_renderings(
    edition: Edition, document: dict, shown: Shown, withdrawn: Withdrawals = NONE
) -> list[Rendering]:
    """As :func:`render_edition`, told when the edition shows; asks the database nothing."""
    if is_gone(document):
        return [
            _finished(edition, Representation.PAGE, gone_html(document, shown).encode()),
            _finished(edition, Representation.API, as_json(gone_problem(document, shown))),
        ]
    made = [
        _finished(edition, Representation.PAGE, _page(edition, document, shown, withdrawn)),
        _finished(
            edition, Representation.API, as_members(detail(document, shown, edition.digest, withdrawn))
        ),
        _finished(edition, Representation.CARD, as_members(card(document, shown)), list_key(document, shown)),
    ]
    if any(source["confidential"] and source["id"] in withdrawn for source in document["content"]["sources"]):
        # The moment would be that of the withdrawal, of which only the day is told.
        for rendering in made:
            rendering.made_at = None
    return made


def _page(edition: Edition, document: dict, shown: Shown, withdrawn: Withdrawals) -> bytes:
    card, crop = (address(reverse(name, args=[edition.public_id])) for name in ("social-card", "social-crop"))
    return article_html(document, shown, withdrawn, card=card, crop=crop).encode()


def _finished(edition: Edition, representation: str, plain: bytes, key: str = "") -> Rendering:
    return Rendering(
        edition=edition,
        representation=representation,
        template_release=template_release(),
        etag=etag_of(plain),
        plain=plain,
        gzipped=b"" if key else compress(plain),
        list_key=key,
    )
