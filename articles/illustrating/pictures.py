"""Read an uploaded picture: by its content, whatever its name says, and within bounds before it is unpacked."""

from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from newsroom.core.errors import DomainError

LARGEST_FILE = 15 * 1024 * 1024
# 40 megapixels take 120 MB unpacked; WebP knows no side longer than 16,383.
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 16_000
# No other decoder is ever asked: a picture is drawn, never run, so there is no SVG.
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")

_TOO_LARGE = (Image.DecompressionBombError, Image.DecompressionBombWarning)


@dataclass(frozen=True)
class Picture:
    """A picture as it is kept: upright, opaque, in sRGB, and nothing of the upload but its pixels."""

    pixels: Image.Image
    data: bytes
    media_type: str

    @property
    def width(self) -> int:
        return self.pixels.width

    @property
    def height(self) -> int:
        return self.pixels.height


def read_picture(data: bytes) -> Picture:
    """The picture in ``data``.

    Raises DomainError ``picture_empty``, ``picture_too_large`` (bytes, pixels or a side), ``picture_unreadable`` (no
    JPEG, PNG, WebP or AVIF, or a damaged one), ``picture_animated``; its place is ``file``.
    """
    if not data:
        raise DomainError("picture_empty", "The file is empty.", "file")
    if len(data) > LARGEST_FILE:
        raise DomainError(
            "picture_too_large", "The file has more than %(most)d MB.", "file", most=LARGEST_FILE // 1024**2
        )
    try:
        with _opened(data) as verified:
            verified.verify()
        with _opened(data) as opened:
            kept_as_png = opened.format == "PNG"
            pixels = _plain(opened)
    except DomainError:
        raise
    except _TOO_LARGE as error:
        raise _too_many_pixels() from error
    # Decoders of hostile bytes raise whatever they stumble over; each of it says the same.
    except Exception as error:
        raise DomainError(
            "picture_unreadable", "This is no JPEG, PNG, WebP or AVIF that can be read.", "file"
        ) from error
    return Picture(pixels, _written(pixels, png=kept_as_png), "image/png" if kept_as_png else "image/jpeg")


def _opened(data: bytes) -> Image.Image:
    """The picture with its header read, in bounds; its pixels are not unpacked yet."""
    opened = Image.open(BytesIO(data), formats=FORMATS)
    if max(opened.size) > LONGEST_SIDE or opened.width * opened.height > MOST_PIXELS:
        raise _too_many_pixels()
    # What some phones write into a JPEG behind the picture are no frames of a film.
    if opened.format != "MPO" and getattr(opened, "n_frames", 1) > 1:
        raise DomainError("picture_animated", "This picture moves: send a single frame of it.", "file")
    return opened


def _plain(opened: Image.Image) -> Image.Image:
    """Its pixels alone."""
    upright = ImageOps.exif_transpose(opened)
    profile = upright.info.get("icc_profile")
    if upright.mode.startswith("I"):
        # Sixteen bits of grey.
        upright = upright.convert("I").point(lambda value: value / 257).convert("L")
    if upright.has_transparency_data:
        # Onto paper: what is drawn in black stays legible on a dark page.
        drawn = upright.convert("RGBA")
        upright = Image.alpha_composite(Image.new("RGBA", drawn.size, "white"), drawn).convert("RGB")
    pixels = _in_srgb(upright, profile) or upright.convert("RGB")
    pixels.info = {}
    return pixels


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image | None:
    if profile and picture.mode in ("RGB", "CMYK", "L"):
        # A profile that is damaged, or of another kind of colours, is as none.
        with suppress(ImageCms.PyCMSError, OSError, ValueError):
            of_upload = ImageCms.ImageCmsProfile(BytesIO(profile))
            return ImageCms.profileToProfile(
                picture, of_upload, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
    return None


def _written(pixels: Image.Image, *, png: bool) -> bytes:
    file = BytesIO()
    if png:
        pixels.save(file, "PNG", compress_level=2)
    else:
        pixels.save(file, "JPEG", quality=95, subsampling=0)
    return file.getvalue()


def _too_many_pixels() -> DomainError:
    return DomainError(
        "picture_too_large",
        "The picture has more than %(most)d megapixels or a side over %(longest)d.",
        "file",
        most=MOST_PIXELS // 1_000_000,
        longest=LONGEST_SIDE,
    )
