"""Link headers that lead through an article's editions: Memento (RFC 7089) and version navigation (RFC 5829)."""

from datetime import datetime

from django.urls import reverse
from django.utils.http import http_date

from articles.rendering.pages import address, article_path

LINK_FORMAT = "application/link-format"


def link(url: str, rel: str, **attributes: str) -> str:
    """One link of a Link header or of a link-format document (RFC 6690)."""
    named = "".join(f'; {name}="{value}"' for name, value in attributes.items())
    return f'<{url}>; rel="{rel}"{named}'


def edition_address(slug: str, number: int) -> str:
    """Where an edition stands for ever."""
    return address(reverse("edition", args=[slug, number]))


def original(slug: str, rel: str = "original") -> str:
    return link(address(article_path(slug)), rel)


def timegate(slug: str) -> str:
    return link(address(reverse("timegate", args=[slug])), "timegate")


def timemap(slug: str) -> str:
    return link(address(reverse("timemap", args=[slug])), "timemap", type=LINK_FORMAT)


def version_history(slug: str) -> str:
    return link(address(reverse("article-history", args=[slug])), "version-history")


def memento(slug: str, number: int, at: datetime, rel: str = "memento") -> str:
    """An edition with a text, frozen since ``at`` (aware)."""
    return link(edition_address(slug, number), rel, datetime=http_date(at.timestamp()))


def of_original(slug: str) -> str:
    """The header of the article's own address; no look-up."""
    return ", ".join([timegate(slug), timemap(slug), version_history(slug)])
