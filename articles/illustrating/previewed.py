"""The pictures of a preview, inside its page: no address of theirs has to be open before an edition shows them."""

from base64 import b64encode

from articles.illustrating.showing import read_rendition
from articles.rendering.figures import TYPES

# Wide enough for the column of text.
WIDTH = 960


def with_one_file_each(blocks: list[dict]) -> list[dict]:
    """``blocks`` of a document with a single JPEG of each picture."""
    return [_with_one_file(block) for block in blocks]


def inside_the_page(digest: str, form: str) -> str:
    """A rendition as the address that holds it; empty where the file is gone."""
    data = read_rendition(digest, form)
    return f"data:{TYPES[form]};base64,{b64encode(data).decode()}" if data else ""


def _with_one_file(block: dict) -> dict:
    figure = block.get("figure")
    if not figure or not figure["image"]:
        return block
    files = [each for each in figure["image"]["renditions"] if each["form"] == "jpg"]
    nearest = min(files, key=lambda each: abs(each["width"] - WIDTH))
    return block | {"figure": figure | {"image": figure["image"] | {"renditions": [nearest]}}}
