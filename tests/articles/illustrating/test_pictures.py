"""Uploads are judged by what they hold; what is kept is a picture and nothing else."""

from io import BytesIO

import pytest
from PIL import Image, ImageCms

from articles.illustrating.pictures import LARGEST_FILE, read_picture
from articles.illustrating.renditions import WIDTHS, make_renditions, widths_of
from newsroom.core.errors import DomainError
from tests.articles.illustrating.files import SCRIPT, SVG, as_file, drawn, from_a_camera, moving, png_header

HONEST = as_file()

REFUSED = {
    "nothing": (b"", "picture_empty"),
    "20 MB": (HONEST + b"\0" * (20 * 1024**2), "picture_too_large"),
    "a byte too much": (HONEST + b"\0" * (LARGEST_FILE + 1 - len(HONEST)), "picture_too_large"),
    "a bomb": (png_header(30_000, 30_000), "picture_too_large"),
    "a small bomb": (png_header(9_000, 9_000), "picture_too_large"),
    "a thread": (png_header(20_000, 1), "picture_too_large"),
    "a bomb beyond numbers": (png_header(2**31 - 1, 2**31 - 1), "picture_too_large"),
    "no pixels": (png_header(0, 0), "picture_unreadable"),
    "a header alone": (png_header(100, 100), "picture_unreadable"),
    "half a JPEG": (HONEST[: len(HONEST) // 2], "picture_unreadable"),
    "half a PNG": (as_file(form="PNG")[:90], "picture_unreadable"),
    "an SVG": (SVG, "picture_unreadable"),
    "HTML": (SCRIPT, "picture_unreadable"),
    "a TIFF": (as_file(form="TIFF"), "picture_unreadable"),
    "a BMP": (as_file(form="BMP"), "picture_unreadable"),
    "a GIF": (as_file(form="GIF"), "picture_unreadable"),
    "PostScript": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "picture_unreadable"),
    "noise": (bytes(range(256)) * 40, "picture_unreadable"),
    "a moving WebP": (moving("WEBP"), "picture_animated"),
    "a moving PNG": (moving("PNG"), "picture_animated"),
    "a moving AVIF": (moving("AVIF"), "picture_animated"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_picture_of_ours_is_refused(name):
    data, code = REFUSED[name]
    with pytest.raises(DomainError) as refusal:
        read_picture(data)
    assert (refusal.value.code, refusal.value.place) == (code, "file")


UNWRITABLE = {("JPEG", "P"), ("JPEG", "RGBA"), ("JPEG", "I;16"), ("PNG", "CMYK")}


@pytest.mark.parametrize(
    ("form", "kept"), [("JPEG", "JPEG"), ("PNG", "PNG"), ("WEBP", "JPEG"), ("AVIF", "JPEG")]
)
@pytest.mark.parametrize("mode", ["RGB", "L", "RGBA", "P", "CMYK", "1", "I;16"])
def test_a_picture_of_every_kind_is_kept_in_plain_colours(form, kept, mode):
    picture = drawn().convert("L").convert(mode) if mode == "I;16" else drawn().convert(mode)
    if (form, mode) in UNWRITABLE:
        picture = picture.convert("RGB")
    read = read_picture(as_file(picture, form))
    opened = Image.open(BytesIO(read.data))
    assert (opened.format, opened.mode, opened.size) == (kept, "RGB", (60, 40))


def test_nothing_of_the_upload_is_kept_but_its_pixels():
    upload = from_a_camera()
    assert Image.open(BytesIO(upload)).getexif().get_ifd(0x8825)
    for data in [
        read_picture(upload).data,
        *(made.data for made in make_renditions(read_picture(upload).pixels)),
    ]:
        opened = Image.open(BytesIO(data))
        assert not opened.getexif()
        assert not {"exif", "xmp", "comment", "icc_profile"} & set(opened.info)
        assert not any(word in data for word in (b"secret", b"Camera", b"GPS", b"Exif"))


def test_what_hides_behind_a_picture_is_left_behind():
    for data in (HONEST + SCRIPT, HONEST + b"PK\x03\x04zip", as_file(form="PNG") + SCRIPT):
        kept = read_picture(data).data
        assert SCRIPT not in kept
        assert b"PK\x03\x04" not in kept


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stands_upright(orientation):
    plain, turned = read_picture(from_a_camera()), read_picture(from_a_camera(orientation))
    across = orientation > 4
    assert (turned.width, turned.height) == ((40, 60) if across else (60, 40))
    assert (turned.data == plain.data) == (orientation == 1)


def test_what_is_see_through_stands_on_paper():
    clear = Image.new("RGBA", (4, 4), (0, 0, 0, 0))
    assert read_picture(as_file(clear, "PNG")).pixels.getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize(
    "profile",
    [ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), b"junk" * 50],
    ids=["a profile", "junk"],
)
def test_colours_are_those_of_the_web_whatever_profile_it_brings(profile):
    red = Image.new("RGB", (8, 8), (200, 10, 10))
    pixel = read_picture(as_file(red, "PNG", icc_profile=profile)).pixels.getpixel((0, 0))
    assert all(abs(a - b) <= 2 for a, b in zip(pixel, (200, 10, 10), strict=True))


def test_the_same_upload_gives_the_same_bytes():
    assert read_picture(HONEST).data == read_picture(HONEST).data


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (1, [1]),
        (300, [300]),
        (480, [480]),
        (500, [500]),
        (1000, [480, 1000]),
        (1600, [480, 960, 1600]),
        (9000, list(WIDTHS.values())),
    ],
)
def test_no_rendition_is_wider_than_the_picture(width, widths):
    assert widths_of(width) == widths


def test_every_width_is_made_in_three_forms():
    made = make_renditions(drawn(1000, 10))
    assert [(file.form, file.width, file.height) for file in made] == [
        *((form, 480, 5) for form in ("avif", "webp", "jpg")),
        *((form, 1000, 10) for form in ("avif", "webp", "jpg")),
    ]
    for file in made:
        opened = Image.open(BytesIO(file.data))
        assert (opened.format.lower().replace("jpeg", "jpg"), opened.size) == (
            file.form,
            (file.width, file.height),
        )
