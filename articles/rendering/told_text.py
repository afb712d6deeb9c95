"""What stands in a feed, or in what partners take, as HTML: the text of an article with its evidence, and what a
correction changed.

Made from what the API tells, with the same words and labels as the page.
"""

import re
from datetime import datetime
from html import escape
from urllib.parse import urljoin

from django.utils.html import linebreaks
from django.utils.translation import gettext as _

from articles.rendering.corrections import changed_fact, heading
from articles.rendering.dates import day, day_of, told_dates
from articles.rendering.figures import plain_figure_html
from articles.rendering.text import body_html, web_address
from articles.rules.exemptions import Reason
from articles.rules.kinds import NEEDS_NOTE
from sources.models import Source

# No attribute holds a bare angle bracket.
_IMAGE = re.compile(r"<img ([^>]*)>")
# Where a segment begins. Text is escaped, so that nothing else looks like it; ids would clash between entries.
_SEGMENT = re.compile(r'<span class="s" id="[^"]*">')


def article_html(article: dict, origin: str) -> str:
    """The whole of ``article``, the API's detail, in the active language; addresses of ours begin with ``origin``."""
    parts = [*_headline(article), *_notes(article), *_archive(article), *_standfirst(article)]
    return "".join([*parts, _body(article, origin), _sources(article, origin)])


def body_xhtml(article: dict, origin: str) -> str:
    """The text of ``article`` with its sources as XHTML, each sentence under its id, in the active language."""
    html = _body(article, origin, anchored=True) + _sources(article, origin)
    language = escape(article["language"])
    return (
        f'<div xmlns="http://www.w3.org/1999/xhtml" lang="{language}" xml:lang="{language}">\n'
        f"{_IMAGE.sub(r'<img \1/>', html)}</div>"
    )


def correction_html(told: dict) -> str:
    """A correction as the API tells it: its note, and what was said and is said."""
    return linebreaks(told["note"], autoescape=True) + _changes(told)


def _headline(article: dict) -> list[str]:
    """The label of a headline that nobody has checked, which itself stands above; as on the page."""
    if not _is_unchecked("headline", article):
        return []
    return [f"<p>{_label(_('headline not yet checked'))}</p>\n"]


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
    return f" {_label(_('not yet checked'))}" if _is_unchecked(place, article) else ""


def _is_unchecked(place: str, article: dict) -> bool:
    """Whether nobody has checked it, and a label says so; an archive says it once for all."""
    return place in article["not_yet_checked"] and not article["archive"]


def _label(words: str) -> str:
    return f"<small>[{escape(words)}]</small>"


def _body(article: dict, origin: str, *, anchored: bool = False) -> str:
    after = {statement["key"]: _after(statement, article) for statement in article["statements"]}
    languages = {
        quote["id"]: quote["language"]
        for quote in article["quotes"]
        if quote["language"] != article["language"]
    }
    blocks = [
        block | {"marks": [_whole(mark, origin) for mark in block["marks"]]} for block in article["blocks"]
    ]

    def figure(block: dict) -> str:
        unchecked = _is_unchecked(f"figure:{block['figure']['key']}", article)
        return plain_figure_html(block, origin=origin, label=_("not yet checked") if unchecked else "")

    html = body_html(blocks, after, languages, figure)
    return html if anchored else _SEGMENT.sub("<span>", html)


def _whole(mark: dict, origin: str) -> dict:
    """A link within the site leads there from elsewhere too."""
    href = mark.get("href", "")
    return mark | {"href": origin + href} if href.startswith("/") and not href.startswith("//") else mark


def _after(statement: dict, article: dict) -> str:
    """The group at the end of a sentence, what disputes it or is context, why it needs no source, and whether nobody
    has checked it.
    """
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
    if reason := statement["exemption"]:
        printed += f" {_label(str(Reason(reason).label) if reason in Reason.values else reason)}"
    if told := told_dates(statement):
        printed += f" {_label(told)}"
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
    # Of a confidential source the day alone is told, as midnight UTC: it is the newsroom's day, wherever that is.
    at = withdrawn["at"]
    on = day(at[:10]) if source["confidential"] else day_of(datetime.fromisoformat(at))
    said = {"day": on["text"]}
    if withdrawn["by"] == Source.WithdrawnBy.PUBLISHER:
        label = _("Withdrawn by its publisher on %(day)s") % said
    else:
        label = _("Withdrawn by us on %(day)s") % said
    return f" <strong>{escape(label)}:</strong> {escape(withdrawn['reason'])}"


def _changes(told: dict) -> str:
    """What a correction changed: texts around the body, then sentences with their evidence and facts of quotes."""
    items = [_replaced(text["was"], text["is"]) for text in told["texts"]]
    for statement in told["statements"]:
        same = statement["was"] == statement["is"]
        said = escape(statement["is"]) if same else _replaced(statement["was"], statement["is"])
        told_facts = map(changed_fact, statement["facts"])
        facts = [f"{escape(fact['fact'])}: {_replaced(fact['was'], fact['is'])}" for fact in told_facts]
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
