"""Cut from a picture what other sites show beside a link."""

from io import BytesIO

from PIL import Image

from articles.illustrating.renditions import FORMS
from articles.illustrating.showing import read_rendition
from articles.rules.cropping import part_shown, size_shown


def cropped(digest: str, focal: list[int]) -> bytes | None:
    """As JPEG, of the JPEG with this digest; None where that is gone."""
    data = read_rendition(digest, "jpg")
    if data is None:
        return None
    name, options = FORMS["jpg"]
    with Image.open(BytesIO(data), formats=[name]) as picture:
        part = picture.crop(part_shown(*picture.size, focal))
        file = BytesIO()
        part.resize(size_shown(*picture.size), Image.Resampling.LANCZOS).save(file, name, **options)
    return file.getvalue()
