"""Make what readers are sent of a picture: three widths, each in three forms."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image

# A phone, the column of text, and the column on a dense screen.
WIDTHS = {"small": 480, "medium": 960, "large": 1600}
# Ending → Pillow's name and what it writes it with. Every browser of today takes one of the first two.
FORMS = {
    "avif": ("AVIF", {"quality": 60, "speed": 9}),
    "webp": ("WEBP", {"quality": 78, "method": 2}),
    "jpg": ("JPEG", {"quality": 80, "optimize": True, "progressive": True}),
}


@dataclass(frozen=True)
class Made:
    """One finished file."""

    form: str
    width: int
    height: int
    data: bytes


def make_renditions(pixels: Image.Image) -> list[Made]:
    """The files of ``pixels``, narrowest first; none is wider than the picture itself."""
    return [
        Made(form, scaled.width, scaled.height, _written(scaled, name, options))
        for scaled in _scaled(pixels)
        for form, (name, options) in FORMS.items()
    ]


def widths_of(width: int) -> list[int]:
    """Which widths a picture of this width is made in: its own where the next would be hardly less or more."""
    widest = min(width, max(WIDTHS.values()))
    return [each for each in WIDTHS.values() if each < 0.9 * widest] + [widest]


def _scaled(pixels: Image.Image):
    for width in widths_of(pixels.width):
        height = max(1, round(pixels.height * width / pixels.width))
        yield pixels.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _written(scaled: Image.Image, name: str, options: dict) -> bytes:
    file = BytesIO()
    scaled.save(file, name, **options)
    return file.getvalue()
