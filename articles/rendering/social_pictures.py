"""The pictures that stand beside links to an edition on other sites: each is drawn once and kept with its renderings.

The queue draws the one that the page names once the edition shows; what it has not drawn yet, whoever asks first.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import FilteredRelation, Q

from articles.illustrating.cropping import cropped
from articles.models import Edition, EditionContent, Rendering
from articles.rendering.figures import shown_figures, widest_jpeg
from articles.rendering.pages import template_release
from articles.rendering.social_card import card_etag, card_png, told_on_card
from articles.rules.cropping import WIDTH
from articles.taking_turns import while_sources_stand
from newsroom.core.answering import etag_of

Representation = Rendering.Representation
PICTURES = (Representation.DRAWN, Representation.CUT)


@dataclass(frozen=True)
class Picture:
    """One of ``representation`` that readers may have now: its tag, and the slug and public id of its article."""

    edition: int
    representation: str
    etag: str
    article: tuple[str, str]

    def read(self) -> bytes | None:
        """Its bytes; None where it went meanwhile. One query."""
        kept = Rendering.objects.filter(edition=self.edition, representation=self.representation)
        found = kept.values_list("plain", flat=True).first()
        return bytes(found) if found else None


def social_picture(public_id: str, representation: str, *, now: datetime) -> Picture | None:
    """The picture of an edition that readers may open at ``now``, if it has one. One query, where it is drawn."""
    readable = Edition.objects.readable(now).with_text().filter(public_id=public_id)
    kept = FilteredRelation("renderings", condition=Q(renderings__representation=representation))
    columns = ("pk", "article__slug", "article__public_id", "kept__template_release", "kept__etag")
    row = readable.annotate(kept=kept).order_by().values_list(*columns).first()
    if row is None:
        return None
    edition, slug, article, release, etag = row
    if release != template_release():
        etag = _draw(edition, representation)
    return Picture(edition, representation, etag, (slug, article)) if etag else None


def draw_ahead(edition: int) -> None:
    """Draw what the page of the edition with this row key names; of an archive's the most are never asked for."""
    entry = _entry(edition)
    if entry and not entry["archive"] and not _draw(edition, Representation.CUT):
        _draw(edition, Representation.DRAWN)


@transaction.atomic
def _draw(edition: int, representation: str) -> str | None:
    """See to it that the picture is kept as it is drawn today; returns its tag, None where there is none to draw."""
    # What takes an edition from readers comes before this, or finds the picture there to be deleted.
    while_sources_stand()
    # Whoever else would draw it waits here.
    content = EditionContent.objects.select_for_update(no_key=True).filter(edition=edition)
    document = content.values_list("document", flat=True).first()
    if document is None:
        return None
    told = _headline(edition) if representation == Representation.DRAWN else _part(json.loads(document))
    if told is None:
        return None
    etag, make = told
    kept = Rendering.objects.filter(edition=edition, representation=representation)
    if kept.filter(etag=etag).update(template_release=template_release()):
        return etag
    if (plain := make()) is None:
        return None
    facts = {"template_release": template_release(), "etag": etag, "plain": plain, "gzipped": b""}
    Rendering.objects.update_or_create(edition_id=edition, representation=representation, defaults=facts)
    return etag


def _headline(edition: int) -> tuple[str, Callable[[], bytes | None]] | None:
    """The tag of the picture of its headline, and how to make it."""
    entry = _entry(edition)
    if entry is None:
        return None
    told = told_on_card(entry)
    return card_etag(told), lambda: card_png(told)


def _part(document: dict) -> tuple[str, Callable[[], bytes | None]] | None:
    """The tag of what is cut from its first picture, and how to make it."""
    figures = shown_figures(document["content"]["blocks"])
    if not figures:
        return None
    image = figures[0]["figure"]["image"]
    digest, focal = widest_jpeg(image)["digest"], image["focal"]
    return etag_of(f"{digest} {tuple(focal)} {WIDTH}".encode()), lambda: cropped(digest, focal)


def _entry(edition: int) -> dict | None:
    """Its entry in lists; None for what readers do not get."""
    cards = Rendering.objects.filter(edition=edition, representation=Representation.CARD)
    plain = cards.values_list("plain", flat=True).first()
    return json.loads(bytes(plain)) if plain else None
