"""The picture that stands beside a link to an article on other sites, where the article has none of its own."""

from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path

import typst
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from PIL import Image

from articles.rendering.dates import day, day_of
from articles.rendering.pages import interface_language
from newsroom.core.answering import as_json, etag_of

TEMPLATE = Path(settings.BASE_DIR) / "templates" / "articles" / "social_card.typ"
# The template has a page of 600 by 315 points: 1200 by 630 pixels, as article.html says.
PIXELS_PER_INCH = 144
# Of ink, paper and what lies between: a third of the bytes, and nobody sees the difference.
COLOURS = 32


def told_on_card(entry: dict) -> bytes:
    """What the picture says of the article with this entry in lists, as JSON: all that it is made from."""
    archive = entry["archive"]
    with translation.override(interface_language(entry["language"])):
        first = day_of(datetime.fromisoformat(entry["first_published_at"]))
        label = _("headline not yet checked")
        return as_json(
            {
                "headline": entry["headline"],
                "label": f"[{label}]" if "headline" in entry["not_yet_checked"] else "",
                "language": entry["language"],
                "site": settings.NEWSROOM_NAME,
                "date": (day(archive["published_on"]) if archive else first)["text"],
                "motto": _("Treaty coverage that shows what every sentence rests on"),
            }
        )


def card_etag(told: bytes) -> str:
    """The tag of the picture that says ``told``, known without making it."""
    return etag_of(told + _template())


def card_png(told: bytes) -> bytes:
    """The picture, in the font that comes with the typesetter."""
    drawn = typst.compile(
        _template(),
        format="png",
        ppi=PIXELS_PER_INCH,
        sys_inputs={"card": told.decode()},
        ignore_system_fonts=True,
    )
    file = BytesIO()
    with Image.open(BytesIO(drawn), formats=["PNG"]) as picture:
        plain = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        plain.save(file, "PNG", optimize=True)
    return file.getvalue()


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()
