"""What stands in a feed: an article in full, a correction, and the word that something is gone.

Made from what the API tells, so that a feed never says more or less than it.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urljoin

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from articles.rendering.corrections import heading
from articles.rendering.pages import interface_language
from articles.rendering.told_text import article_html, correction_html
from articles.rules.after_publication import Shows, shows
from articles.rules.kinds import Kind

# What XML 1.0 has no place for.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Entry:
    """Something to read. ``own`` are the facts that only our own extension of JSON Feed has a place for."""

    id: str
    language: str
    title: str
    html: str
    summary: str
    address: str
    authors: list[str]
    published: datetime
    updated: datetime
    # Where it stands among the others.
    moment: datetime
    own: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Gone:
    """Something that was to be read under ``id`` and is no more, since ``moment``.

    ``address`` is empty where an address would say in words what it was.
    """

    id: str
    language: str
    title: str
    notice: str
    address: str
    moment: datetime
    kind: str


def entry_id(what: str, public_id: str) -> str:
    """The id by which readers of feeds know an ``article`` or a ``correction`` for ever (RFC 4151)."""
    return f"tag:{settings.NEWSROOM_TAG_AUTHORITY}:{what}-{public_id}"


def writable(text: str) -> str:
    """``text`` without what XML has no place for."""
    return _UNWRITABLE.sub("", text)


def article_entry(article: dict, *, moment: datetime, origin: str) -> Entry:
    """The entry of ``article``, which is the API's detail; addresses of ours begin with ``origin``."""
    weighty = [told for told in article["corrections"] if told["kind"] != Kind.MINOR]
    updated = weighty[-1]["at"] if weighty else article["first_published_at"]
    with translation.override(interface_language(article["language"])):
        html = article_html(article, origin)
    latest = next((told["note"] for told in reversed(weighty) if told["note"]), "")
    return Entry(
        id=entry_id("article", article["id"]),
        language=article["language"],
        title=writable(article["headline"]),
        html=writable(html),
        summary=writable(latest or article["standfirst"]),
        address=urljoin(origin, article["address"]),
        authors=[writable(person["name"]) for person in article["bylines"]],
        published=datetime.fromisoformat(article["first_published_at"]),
        updated=datetime.fromisoformat(updated),
        moment=moment,
        own={
            "kind": article["kind"],
            "edition": article["number"],
            "digest": article["digest"],
            "api": urljoin(origin, article["api"]),
            "not_yet_checked": article["not_yet_checked"],
            "corrections": article["corrections"],
            "sources": [
                {"id": source["id"], "number": source["number"], "api": urljoin(origin, source["api"])}
                for source in article["sources"]
            ],
        },
    )


def correction_entry(logged: dict, *, origin: str) -> Entry:
    """The entry of a correction as the API's log tells it: the note, and what was said and is said."""
    article = logged["article"]
    told = {name: value for name, value in logged.items() if name != "article"}
    at = datetime.fromisoformat(logged["at"])
    with translation.override(interface_language(article["language"])):
        title = _correction_title(logged["kind"], article["headline"])
    return Entry(
        id=entry_id("correction", logged["id"]),
        language=article["language"],
        title=writable(title),
        html=writable(correction_html(logged)),
        summary=writable(logged["note"]),
        address=urljoin(origin, article["address"]),
        authors=[],
        published=at,
        updated=at,
        moment=at,
        own={"correction": told, "article": article | {"api": urljoin(origin, article["api"])}},
    )


def gone_article(public_id: str, kind: str, address: str, notice: dict | None, moment: datetime) -> Gone:
    """An article of whose kind of end ``notice``, the document in its place, tells; None: it may say nothing."""
    language = notice["content"]["language"] if notice else settings.LANGUAGE_CODE
    neutral = notice is None or shows(kind) == Shows.TAKEN_DOWN
    with translation.override(interface_language(language)):
        title, text = _("No longer available"), ""
        if not neutral:
            text = notice["edition"]["note"]
            if kind == Kind.RETRACTION:
                headline = notice["content"]["headline"]["text"]
                named = _("RETRACTED: %(headline)s") % {"headline": headline}
                title = named if headline else _("This article is retracted")
        text = text or _("This article is no longer available")
    return Gone(
        id=entry_id("article", public_id),
        language=language,
        title=writable(title),
        notice=writable(text),
        address="" if neutral else address,
        moment=moment,
        kind=kind,
    )


def gone_correction(public_id: str, moment: datetime) -> Gone:
    """A correction that went with its article."""
    language = settings.LANGUAGE_CODE
    with translation.override(language):
        title, text = _("No longer available"), _("This article is no longer available")
    return Gone(entry_id("correction", public_id), language, title, text, "", moment, "closed")


def _correction_title(kind: str, headline: str) -> str:
    """What it is and of what; a notice may stand without a headline."""
    if not headline:
        return heading(kind)
    title = {
        Kind.RETRACTION: _("Retraction: %(headline)s"),
        Kind.CLARIFICATION: _("Clarification: %(headline)s"),
    }.get(kind, _("Correction: %(headline)s"))
    return title % {"headline": headline}
