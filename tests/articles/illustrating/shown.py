"""Keep pictures and put them into stories, as the desk does."""

from html import escape

from articles.illustrating import keep_image
from articles.models import Image
from tests.articles.illustrating.files import as_file, drawn
from tests.making import Desk

KEY = "ffffffffff"
FACTS = {
    "alt": "A map of the border.",
    "credit": "Mira Mapmaker",
    "usage_terms": "Ours, partners may use it.",
}


def keep(desk: Desk, *, seed: int = 1, size: tuple[int, int] = (60, 40), **facts) -> Image:
    """A small picture of which everything is said, unless ``facts`` say otherwise."""
    data = as_file(drawn(*size, seed=seed), "PNG")
    return keep_image(data, by=desk.reporter, now=desk.now, **FACTS | facts)


def figure(image: Image | str, caption: str = "", *rests_on: str, key: str = KEY, alt: str = "") -> str:
    """The stored HTML of a figure."""
    name = image if isinstance(image, str) else image.public_id
    return (
        f'<figure data-figure="{key}" data-image="{name}" data-rests-on="{" ".join(rests_on)}"'
        f' data-alt="{escape(alt)}"><figcaption>{escape(caption)}</figcaption></figure>'
    )


def addresses(image: Image) -> list[str]:
    """Where readers would have each of its files from."""
    return [f"/images/{each.digest}.{each.form}" for each in image.renditions.all()]
