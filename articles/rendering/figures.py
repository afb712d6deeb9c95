"""A figure of the body as HTML, and what else tells of its picture: links for previews, data for search engines."""

from collections.abc import Callable
from html import escape

from django.urls import reverse
from django.utils.translation import gettext as _

from articles.rendering.pages import address
from articles.rendering.text import inline_html
from articles.rules.cropping import NARROWEST, size_shown

# The column of text; on a phone the whole width.
SIZES = "(min-width: 40rem) 38rem, 100vw"
# Beside the words of what leads a front.
LEAD_SIZES = "(min-width: 54rem) 34rem, 100vw"
TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}

_NO_PICTURE = {"credit": ""}
# The address of a rendition, by its digest and form: another one where a draft is looked at.
Pictures = Callable[[str, str], str]


def public_picture(digest: str, form: str) -> str:
    """Where readers get it, once an edition that they may open shows it."""
    return reverse("image", args=[digest, form])


def figure_html(
    block: dict, *, pictures: Pictures = public_picture, label: str = "", lead: bool = False
) -> str:
    """A block of kind ``figure``; ``label`` says in words that it went out before it was checked.

    The lead is fetched at once; all others when they come near. A browser holds the place open before it knows more
    than the numbers here.
    """
    figure, image = block["figure"], block["figure"]["image"]
    kind = "picture lead" if lead else "picture"
    picture = _picture(image, pictures, lead) if image else ""
    caption = _caption(block, image, label)
    return f'<figure class="{kind}" id="f-{escape(figure["key"])}">{picture}{caption}</figure>\n'


def lead_picture_html(image: dict) -> str:
    """The picture of what leads a front, with its credit; the caption stands on the page of the article."""
    picture = _picture(image, public_picture, True, LEAD_SIZES)
    credit = f"<figcaption>{_credit(image)}</figcaption>" if image["credit"] else ""
    return f'<figure class="picture lead">{picture}{credit}</figure>'


def plain_figure_html(block: dict, *, origin: str, label: str = "") -> str:
    """As :func:`figure_html` for readers of feeds and partners: one picture in a form that every program shows, or the
    caption alone for who is told of no pictures."""
    image = block["figure"]["image"]
    picture = _plain_picture(image, origin) if image else ""
    return f"<figure>{picture}{_caption(block, image or _NO_PICTURE, label)}</figure>\n"


def _plain_picture(image: dict, origin: str) -> str:
    widest = widest_jpeg(image)
    url = public_picture(widest["digest"], widest["form"])
    return f'<img src="{escape(origin + url)}" {_measures(widest)} alt="{escape(image["alt"])}">'


def widest_jpeg(image: dict) -> dict:
    """The rendition that every program can show."""
    return max(_of_form(image, "jpg"), key=lambda rendition: rendition["width"])


def picture_data(block: dict) -> dict:
    """schema.org's ImageObject of a figure."""
    image = block["figure"]["image"]
    widest = widest_jpeg(image)
    return {
        "@type": "ImageObject",
        "contentUrl": address(public_picture(widest["digest"], widest["form"])),
        "width": widest["width"],
        "height": widest["height"],
        "caption": block["text"],
        "description": image["alt"],
        "creditText": image["credit"],
        "usageInfo": image["usage_terms"],
    }


def shown_figures(blocks: list[dict]) -> list[dict]:
    """The figures whose picture is there."""
    return [block for block in blocks if block.get("figure") and block["figure"]["image"]]


def preview_picture(blocks: list[dict], crop: str = "") -> dict | None:
    """What programs show beside a link to the article: its first picture, or what is cut from that at ``crop``."""
    figures = shown_figures(blocks)
    if not figures:
        return None
    widest = widest_jpeg(figures[0]["figure"]["image"])
    width, height = size_shown(widest["width"], widest["height"])
    shown = {"contentUrl": crop, "width": width, "height": height} if crop and width >= NARROWEST else {}
    return picture_data(figures[0]) | shown


def split_lead(blocks: list[dict]) -> tuple[dict | None, list[dict]]:
    """The figure at the head, if the first block is one, and the blocks that follow."""
    if blocks and "figure" in blocks[0]:
        return blocks[0], blocks[1:]
    return None, blocks


def _picture(image: dict, pictures: Pictures, lead: bool, sizes: str = SIZES) -> str:
    sources = "".join(
        f'<source type="{TYPES[form]}" srcset="{_srcset(image, form, pictures)}" sizes="{sizes}">'
        for form in ("avif", "webp")
        if _of_form(image, form)
    )
    widest = widest_jpeg(image)
    several = len(_of_form(image, "jpg")) > 1
    srcset = f'srcset="{_srcset(image, "jpg", pictures)}" sizes="{sizes}" ' if several else ""
    # Tenths have rules in site.css: a style of its own is what the policy of the pages forbids.
    x, y = (round(percent / 10) for percent in image["focal"])
    when = 'fetchpriority="high"' if lead else 'loading="lazy"'
    return (
        f"<picture>{sources}"
        f'<img class="fx{x} fy{y}" src="{escape(pictures(widest["digest"], "jpg"))}" '
        f"{srcset}{_measures(widest)} "
        f'alt="{escape(image["alt"])}" {when} decoding="async"></picture>'
    )


def _srcset(image: dict, form: str, pictures: Pictures) -> str:
    return ", ".join(
        f"{escape(pictures(rendition['digest'], form))} {rendition['width']}w"
        for rendition in _of_form(image, form)
    )


def _of_form(image: dict, form: str) -> list[dict]:
    return [rendition for rendition in image["renditions"] if rendition["form"] == form]


def _measures(rendition: dict) -> str:
    return f'width="{rendition["width"]}" height="{rendition["height"]}"'


def _caption(block: dict, image: dict | None, label: str) -> str:
    # No sentence ends in a caption, and no quote stands there.
    parts = [inline_html(block, {}, {})] if block["text"] else []
    if image is None:
        parts.append(f"<strong>{escape(_('The picture is missing.'))}</strong>")
    elif image["credit"]:
        parts.append(_credit(image))
    parts += [f'<small class="tag unchecked">[{escape(label)}]</small>'] if label else []
    return f"<figcaption>{' '.join(parts)}</figcaption>" if parts else ""


def _credit(image: dict) -> str:
    credit = escape(_("Picture: %(credit)s") % {"credit": image["credit"]})
    return f'<span class="credit">{credit}</span>'
