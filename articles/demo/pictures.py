"""The demo's pictures: drawn here, from nothing, and marked as samples in the drawing itself."""

from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from articles import models
from articles.body.keys import new_key
from articles.body.model import Block, Body, Figure

SIZE = (1600, 900)
_PAPER, _INK, _SEA, _LAND, _ROAD = "#f6f3ea", "#26303a", "#c9dbe6", "#dfe3c8", "#9a3b26"
_COASTS = (
    [(60, 760), (110, 240), (330, 120), (560, 260), (600, 560), (420, 780)],
    [(980, 180), (1500, 150), (1540, 700), (1220, 800), (900, 620)],
)
_PLACES = (((420, 480), "Northolt"), ((1240, 460), "Warsaw"))


def illustrated(
    body: Body,
    pictures: list[dict],
    *,
    keep: Callable[..., models.Image],
    key_of: Callable[[str], str],
) -> Body:
    """``body`` with the figures of a plan; ``keep`` is the act, ``key_of`` finds a sentence by its first words."""
    blocks = list(body.blocks)
    for planned in pictures:
        said = {name: planned[name] for name in ("alt", "caption", "credit", "usage_terms")}
        image = keep(DRAWN[planned["drawn"]](), file_name=f"sample-{planned['drawn']}.png", **said)
        keys = tuple(map(key_of, planned["rests_on"]))
        shown = Block("figure", image.caption, figure=Figure(new_key(), image.public_id, keys))
        place = next(n for n, block in enumerate(blocks) if block.text.startswith(planned["before"]))
        blocks.insert(place, shown)
    return Body(tuple(blocks))


def map_of_places() -> bytes:
    """Two places and the way between them, not to scale."""
    picture, pen = _sheet("Sample drawing, not to scale")
    for coast in _COASTS:
        pen.polygon(coast, fill=_LAND, outline=_INK, width=4)
    pen.line([_PLACES[0][0], (760, 380), _PLACES[1][0]], fill=_ROAD, width=8, joint="curve")
    for (x, y), name in _PLACES:
        pen.ellipse((x - 18, y - 18, x + 18, y + 18), fill=_ROAD)
        pen.text((x, y - 70), name, fill=_INK, font=_letters(56), anchor="mm")
    return _finished(picture)


def fields_of_the_treaty() -> bytes:
    """Four boxes on one sheet."""
    picture, pen = _sheet("Sample drawing")
    names = ("Defence", "Border security", "Organised crime", "Cybersecurity")
    for number, name in enumerate(names):
        x, y = 160 + 680 * (number % 2), 190 + 300 * (number // 2)
        pen.rounded_rectangle((x, y, x + 600, y + 220), 24, fill=_SEA, outline=_INK, width=4)
        pen.text((x + 300, y + 110), name, fill=_INK, font=_letters(60), anchor="mm")
    return _finished(picture)


DRAWN: dict[str, Callable[[], bytes]] = {"map": map_of_places, "fields": fields_of_the_treaty}


def _sheet(label: str) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.new("RGB", SIZE, _PAPER)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((20, 20, SIZE[0] - 20, SIZE[1] - 20), outline=_INK, width=3)
    pen.text((SIZE[0] - 50, SIZE[1] - 55), label, fill=_INK, font=_letters(36), anchor="rm")
    return picture, pen


def _letters(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.load_default(size)


def _finished(picture: Image.Image) -> bytes:
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
