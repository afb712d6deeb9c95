"""Pictures to upload: honest ones, and what people send who mean harm."""

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageDraw


def drawn(width: int = 60, height: int = 40, mode: str = "RGB", seed: int = 0) -> Image.Image:
    """A picture in which left and right, and top and bottom, can be told apart; another ``seed`` is another picture."""
    picture = Image.new(mode, (width, height), "white")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, width // 2, height // 2), fill=(200, seed % 256, 0) if mode == "RGB" else None)
    return picture


def as_file(picture: Image.Image | None = None, form: str = "JPEG", **options) -> bytes:
    file = BytesIO()
    (picture or drawn()).save(file, form, **options)
    return file.getvalue()


def from_a_camera(orientation: int = 1) -> bytes:
    """A JPEG that says where it was taken, with which camera, and which way is up."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Cameramaker"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 13.0, 47.0), 3: "E", 4: (21.0, 0.0, 42.0)})
    return as_file(exif=exif, comment=b"Shot from the secret flat", xmp=b"<x:xmpmeta>secret flat</x:xmpmeta>")


def png_header(width: int, height: int) -> bytes:
    """A PNG of 80 bytes that says it has these sides."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def moving(form: str) -> bytes:
    frames = [drawn(seed=n * 40) for n in range(3)]
    return as_file(frames[0], form, save_all=True, append_images=frames[1:], duration=100)


SCRIPT = b"<script>alert(1)</script>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
