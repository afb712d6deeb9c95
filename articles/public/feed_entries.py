"""What stands in a feed: an article in full, a correction, and the word that something is gone.

Made from what the API tells, so that a feed never says more or less than it.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from urllib.parse import urljoin

from django.conf import settings
from django.utils import translation
from django.utils.html import linebreaks
from django.utils.translation import gettext as _

from articles.rendering.corrections import heading
from articles.rendering.dates import day, day_of
from articles.rendering.pages import interface_language
from articles.rendering.text import body_html, web_address
from articles.rules.after_publication import Shows, shows
from articles.rules.kinds import NEEDS_NOTE, Kind
from sources.models import Source

# What XML 1.0 has no place for.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Where a segment begins. Text is escaped, so that nothing else looks like it; ids would clash between entries.
_SEGMENT = re.compile(r'<span class="s" id="[^"]*">')


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
        notes = _notes(article)
        html = "".join([*notes, *_archive(article), *_standfirst(article), _body(article, origin)])
        html += _sources(article, origin)
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
        title = _correction_title(logged["kind"]) % {"headline": article["headline"]}
    html = linebreaks(logged["note"], autoescape=True) + _changes(logged)
    return Entry(
        id=entry_id("correction", logged["id"]),
        language=article["language"],
        title=writable(title),
        html=writable(html),
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
                title = _("RETRACTED: %(headline)s") % {"headline": notice["content"]["headline"]["text"]}
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


def _correction_title(kind: str) -> str:
    match kind:
        case Kind.RETRACTION:
            return _("Retraction: %(headline)s")
        case Kind.CLARIFICATION:
            return _("Clarification: %(headline)s")
    return _("Correction: %(headline)s")


def _notes(article: dict) -> list[str]:
    """What readers are told was set right, newest first, and what the current edition says is new."""
    told = [
        correction
        for correction in reversed(article["corrections"])
        if correction["note"]
        and (correction["kind"] in NEEDS_NOTE or correction["number"] == article["number"])
    ]
    return [
        f"<p><strong>{escape(heading(each['kind']))},"
        f" {escape(day_of(datetime.fromisoformat(each['at']))['text'])}</strong></p>"
        f"{linebreaks(each['note'], autoescape=True)}\n{_changes(each)}"
        for each in told
    ]


def _archive(article: dict) -> list[str]:
    if not article["archive"]:
        return []
    on = day(article["archive"]["published_on"])
    label = f"{_('Published before our evidence rules')} ({on['text']})"
    return [f"<p><strong>{escape(label)}</strong></p>\n"]


def _standfirst(article: dict) -> list[str]:
    if not article["standfirst"]:
        return []
    return [f"<p><em>{escape(article['standfirst'])}</em>{_unchecked('standfirst', article)}</p>\n"]


def _unchecked(place: str, article: dict) -> str:
    """The label of what nobody has checked; an archive says it once for all."""
    labelled = place in article["not_yet_checked"] and not article["archive"]
    return f" <small>[{escape(_('not yet checked'))}]</small>" if labelled else ""


def _body(article: dict, origin: str) -> str:
    after = {statement["key"]: _after(statement, article) for statement in article["statements"]}
    languages = {
        quote["id"]: quote["language"]
        for quote in article["quotes"]
        if quote["language"] != article["language"]
    }
    blocks = [
        block | {"marks": [_whole(mark, origin) for mark in block["marks"]]} for block in article["blocks"]
    ]
    return _SEGMENT.sub("<span>", body_html(blocks, after, languages))


def _whole(mark: dict, origin: str) -> dict:
    """A link within the site leads there from elsewhere too."""
    href = mark.get("href", "")
    return mark | {"href": origin + href} if href.startswith("/") and not href.startswith("//") else mark


def _after(statement: dict, article: dict) -> str:
    """The group at the end of a sentence, what disputes it or is context, and whether nobody has checked it."""
    numbers = {
        stance: sorted({cited["source"] for cited in statement["evidence"] if cited["stance"] == stance})
        for stance in ("supports", "contradicts", "context")
    }
    apart = []
    if numbers["contradicts"]:
        apart.append(escape(_("disputed by")) + _group(numbers["contradicts"]))
    if numbers["context"]:
        apart.append(escape(_("for context see")) + _group(numbers["context"]))
    printed = _group(numbers["supports"]) + (f" ({'; '.join(apart)})" if apart else "")
    return printed + _unchecked(statement["key"], article)


def _group(numbers: list[int]) -> str:
    return f" [{', '.join(map(str, numbers))}]" if numbers else ""


def _sources(article: dict, origin: str) -> str:
    if not article["sources"]:
        return ""
    items = "".join(f"<li>{_source(source, article, origin)}</li>\n" for source in article["sources"])
    return f"<h2>{escape(_('Sources'))}</h2>\n<ol>\n{items}</ol>\n"


def _source(source: dict, article: dict, origin: str) -> str:
    url, title = web_address(source["url"]), source["label"] or source["title"] or source["url"]
    named = escape(title or _("Source not yet identified"))
    told = [f'<a href="{escape(url)}">{named}</a>' if url else named]
    if source["confidential"]:
        told.append(escape(_("Confidential source")))
    if source["publisher"]:
        told.append(escape(source["publisher"]["name"]))
    if source["published_on"]:
        told.append(escape(day(source["published_on"])["text"]))
    page = urljoin(origin, f"/sources/{source['id']}/")
    more = f'. <a href="{escape(page)}">{escape(_("More about this source"))}</a>'
    return ", ".join(told) + _unchecked(f"source:{source['id']}", article) + more + _withdrawn(source)


def _withdrawn(source: dict) -> str:
    if not (withdrawn := source["withdrawn"]):
        return ""
    on = {"day": day_of(datetime.fromisoformat(withdrawn["at"]))["text"]}
    if withdrawn["by"] == Source.WithdrawnBy.PUBLISHER:
        label = _("Withdrawn by its publisher on %(day)s") % on
    else:
        label = _("Withdrawn by us on %(day)s") % on
    return f" <strong>{escape(label)}:</strong> {escape(withdrawn['reason'])}"


def _changes(told: dict) -> str:
    """What a correction changed: texts around the body, then sentences with their evidence and facts of quotes."""
    items = [_replaced(text["was"], text["is"]) for text in told["texts"]]
    for statement in told["statements"]:
        same = statement["was"] == statement["is"]
        said = escape(statement["is"]) if same else _replaced(statement["was"], statement["is"])
        facts = [_replaced(fact["was"], fact["is"]) for fact in statement["facts"]]
        removed = [_replaced(_cited(entry), "") for entry in statement["evidence_removed"]]
        added = [_replaced("", _cited(entry)) for entry in statement["evidence_added"]]
        items.append(" · ".join([said, *facts, *removed, *added]))
    return "<ul>\n" + "".join(f"<li>{item}</li>\n" for item in items) + "</ul>\n" if items else ""


def _replaced(was: str, now: str) -> str:
    """What was said, struck, and what is said."""
    told = [f"<del>{escape(was)}</del>" if was else "", f"<ins>{escape(now)}</ins>" if now else ""]
    return " ".join(filter(None, told))


def _cited(entry: dict) -> str:
    parts = (entry["title"], entry["locator"], f"“{entry['passage']}”" if entry["passage"] else "")
    return ", ".join(filter(None, parts))
