"""A long story a part at a time: a page that shows every statement with its forms takes seconds."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from articles.admin.statements import Shown
from articles.models import Article

# Statements on one page.
LENGTH = 30


@dataclass(frozen=True)
class Part:
    """Some of the statements of a page; ``first`` and ``last`` count from 1, ``before`` and ``after`` are the keys that
    open the parts beside it, "" where there is none."""

    statements: Sequence[Shown]
    first: int
    last: int
    total: int
    before: str
    after: str


def part_with(statements: Sequence[Shown], key: str) -> Part:
    """The part that holds the statement ``key``; the first one if none does."""
    at = next((n for n, statement in enumerate(statements) if statement.key == key), 0)
    start = at - at % LENGTH
    end = min(start + LENGTH, len(statements))
    return Part(
        statements[start:end],
        start + 1,
        end,
        len(statements),
        statements[start - LENGTH].key if start else "",
        statements[end].key if end < len(statements) else "",
    )


def wanted_key(request, bound) -> str:
    """Which statement a page is asked for: that of the form that was refused, else that of the address."""
    place = bound.at_place if bound is not None else ""
    return place or request.GET.get("at", "")[:10]


def statement_address(article: Article | int, page: str, key: str, **more: str) -> str:
    """The page ``evidence`` or ``check`` of an article, in the part with the statement ``key``, at its place."""
    pk = article if isinstance(article, int) else article.pk
    asked = urlencode({"at": key, **more} if key else more)
    address = reverse(f"admin:articles_article_{page}", args=[pk])
    return f"{address}?{asked}#s-{key}" if key else f"{address}?{asked}" if asked else address
