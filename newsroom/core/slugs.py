"""Names as they stand in addresses."""

from collections.abc import Sequence

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

    Two at once may be told the same; who must not fail then asks again for one with a random ``ending``.
    """
    return _with_ending(_base(text)) if ending else free_slugs(model, [text])[0]


def free_slugs(model, texts: Sequence[str]) -> list[str]:
    """As :func:`free_slug`, one for each of ``texts``, no two the same. One query.

    A model that keeps slugs it once gave away says so by a ``slugs_taken(slugs)`` of its own.
    """
    bases = [_base(text) for text in texts]
    taken = {"", *_taken(model, {*bases} - {""})}
    slugs = []
    for base in bases:
        slugs.append(_with_ending(base) if base in taken else base)
        taken.add(base)
    return slugs


def _base(text: str) -> str:
    return slug_of(text)[:LENGTH].strip("-")


def _with_ending(base: str) -> str:
    return f"{base}-{new_public_id()[:6]}".strip("-")


def _taken(model, slugs: set[str]) -> set[str]:
    if not slugs:
        return set()
    if asks := getattr(model, "slugs_taken", None):
        return asks(slugs)
    return set(model.objects.filter(slug__in=slugs).values_list("slug", flat=True))
