"""Names as they stand in addresses."""

from django.utils.text import slugify

from newsroom.core.ids import new_public_id

LENGTH = 60

# Letters that Unicode does not take apart into a plain one and an accent, so that slugify would drop them.
_UNDECOMPOSED = str.maketrans(
    {
        "ł": "l",
        "Ł": "L",
        "ø": "o",
        "Ø": "O",
        "đ": "d",
        "Đ": "D",
        "ß": "ss",
        "æ": "ae",
        "Æ": "Ae",
        "œ": "oe",
        "ı": "i",
    }
)


def slug_of(text: str) -> str:
    """``text`` in plain small letters, figures and hyphens; empty where it has neither letter nor figure."""
    return slugify(text.translate(_UNDECOMPOSED))


def free_slug(model, text: str, *, ending: bool = False) -> str:
    """A slug for ``text`` that no row of ``model`` has: short, and stable since it is never made again.

    A model that keeps slugs it once gave away says so by a ``slug_taken(slug)`` of its own.

    Two at once may be told the same; who must not fail then asks again for one with a random ``ending``.
    """
    base = slug_of(text)[:LENGTH].strip("-")
    if base and not ending and not _taken(model, base):
        return base
    return f"{base}-{new_public_id()[:6]}".strip("-")


def _taken(model, slug: str) -> bool:
    if asks := getattr(model, "slug_taken", None):
        return asks(slug)
    return model.objects.filter(slug=slug).exists()
