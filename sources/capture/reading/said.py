"""What a page says of itself: title, publisher, authors, moment of publication, language."""

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from email.utils import parsedate_to_datetime

_ARTICLE = re.compile("article|posting|report", re.IGNORECASE)
_LANGUAGE = re.compile(r"\s*([A-Za-z]{2,3})(?:[-_]|\s*$)")
_LONGEST_SCRIPT = 1_000_000
_MOST_NODES = 5000
_MOST_AUTHORS = 50

_TITLES = ("og:title", "dc.title", "twitter:title")
_PUBLISHED = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
)


def said_of(page, document=None) -> dict:
    """``title``, ``publisher``, ``authors`` ("Ada Roe; Jan Sobel"), ``published`` and ``language``; "" where silent.

    ``page`` is a :class:`~sources.capture.reading.stripping.Stripped`, ``document`` what trafilatura made of
    it, if anything.
    """
    articles = list(_articles(page.scripts))
    return {
        "title": (document and document.title) or _first(page.meta, _TITLES) or page.title,
        "publisher": page.meta.get("og:site_name") or _publisher(articles) or _site_name(document),
        "authors": _authors(articles) or (document and document.author) or page.meta.get("author", ""),
        "published": _published(page, articles, document),
        "language": _language(page, articles),
    }


def moment(said: str) -> str:
    """``said`` as ISO 8601: a date, or date and time with the offset where one is given; "" if it is neither."""
    said = said.strip()[:100]
    try:
        if len(said) <= len("2026-05-27"):
            return date.fromisoformat(said).isoformat()
        return datetime.fromisoformat(said).isoformat(timespec="seconds")
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(said).isoformat(timespec="seconds")
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _published(page, articles: list[dict], document) -> str:
    stated = [page.meta.get(name, "") for name in _PUBLISHED]
    stated += [node["datePublished"] for node in articles if isinstance(node.get("datePublished"), str)]
    # htmldate gives midnight where it found a day only.
    stated += [re.sub("T00:00:00$", "", (document and document.date) or ""), page.moment]
    return next(filter(None, map(moment, stated)), "")


def _language(page, articles: list[dict]) -> str:
    stated = [page.language, page.meta.get("og:locale", ""), page.meta.get("language", "")]
    stated += [node["inLanguage"] for node in articles if isinstance(node.get("inLanguage"), str)]
    found = (_LANGUAGE.match(words) for words in stated)
    return next((match[1].lower() for match in found if match), "")


def _publisher(articles: list[dict]) -> str:
    return next((name for node in articles for name in _names(node.get("publisher"))), "")


def _authors(articles: list[dict]) -> str:
    named = (list(_names(node.get("author"))) for node in articles)
    return "; ".join(next(filter(None, named), [])[:_MOST_AUTHORS])


def _names(said) -> Iterator[str]:
    """The names of one or several people or organisations of linked data."""
    for one in said if isinstance(said, list) else [said]:
        if isinstance(one, dict) and isinstance(one.get("name"), str):
            yield one["name"]


def _site_name(document) -> str:
    """What trafilatura takes for the site's name, unless it is only the address again."""
    name = (document and document.sitename) or ""
    return "" if "." in name else name


def _first(values: dict[str, str], names: Iterable[str]) -> str:
    return next(filter(None, (values.get(name) for name in names)), "")


def _articles(scripts: list[str]) -> Iterator[dict]:
    """The articles, postings and reports among the linked data, else whatever stands there."""
    nodes = [node for script in scripts if len(script) <= _LONGEST_SCRIPT for node in _nodes(script)]
    named = [node for node in nodes if _ARTICLE.search(str(node.get("@type", ""))[:200])]
    return iter(named or nodes)


def _nodes(script: str) -> Iterator[dict]:
    try:
        waiting = deque([json.loads(script, strict=False)])
    except (ValueError, RecursionError):
        return
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node = waiting.popleft()
        if isinstance(node, list):
            waiting.extendleft(reversed(node))
        elif isinstance(node, dict):
            yield node
            waiting.extend(node[name] for name in ("@graph", "mainEntity") if name in node)
