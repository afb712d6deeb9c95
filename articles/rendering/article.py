"""The article's page, and the page that stands where an article was."""

from html import escape

from django.urls import reverse
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.receipts import Told
from articles.rendering.corrections import lasting, notice
from articles.rendering.dates import day, moment
from articles.rendering.entries import Shown
from articles.rendering.evidence import Evidence
from articles.rendering.figures import Pictures, figure_html, preview_picture, public_picture, split_lead
from articles.rendering.knowing import evidence_map
from articles.rendering.pages import (
    address,
    article_path,
    author_path,
    byline,
    interface_language,
    page_html,
    spoken_path,
    treaty_path,
)
from articles.rendering.structured_data import structured_data
from articles.rendering.text import body_html
from articles.rendering.withdrawals import NONE, Withdrawals
from articles.rules.kinds import Kind
from articles.rules.languages import minutes_to_read

# Corrections at the head of the text; earlier ones are folded.
NOTICES = 3


def article_html(
    document: dict,
    shown: Shown,
    withdrawn: Withdrawals = NONE,
    preview: dict | None = None,
    pictures: Pictures = public_picture,
    card: str = "",
    crop: str = "",
) -> str:
    """The whole page of an edition: the same for a preview of the draft as for the edition itself.

    ``withdrawn`` are those of its sources that are withdrawn by now; ``preview`` is what a preview says of itself
    (:func:`articles.previewing.preview_html`), ``pictures`` where it has its pictures from: readers cannot open them
    yet. ``card`` is the address of its picture for other sites, ``crop`` of that cut from its own, if readers can open
    them.
    """
    content = document["content"]
    with translation.override(interface_language(content["language"])):
        context = _article(document, shown, withdrawn, pictures, addressed=preview is None)
        context["preview_picture"] = preview_picture(content["blocks"], crop)
    return page_html("articles/article.html", content["language"], preview=preview, card=card, **context)


def gone_html(document: dict, shown: Shown) -> str:
    """The page at the address of an article that was public and is no more."""
    language = document["content"]["language"]
    edition, retracted = document["edition"], document["edition"]["kind"] == Kind.RETRACTION
    open_history = retracted and not edition.get("closes_history", False)
    with translation.override(interface_language(language)):
        since = moment(shown.since)
    return page_html(
        "articles/gone.html",
        language,
        since=since,
        # A take-down is told neutrally, whatever stands in its document.
        note="" if edition["kind"] == Kind.TAKE_DOWN else edition["note"],
        retracted=retracted,
        headline=document["content"]["headline"]["text"] if retracted else "",
        history=reverse("article-history", args=[document["article"]["slug"]]) if open_history else "",
    )


def _article(
    document: dict, shown: Shown, withdrawn: Withdrawals, pictures: Pictures, *, addressed: bool
) -> dict:
    content, edition = document["content"], document["edition"]
    evidence = Evidence(document, withdrawn, addressed=addressed)
    languages = {
        quote_id: quote["language"]
        for quote_id, quote in content["quotes"].items()
        if quote["language"] != content["language"]
    }
    slug = document["article"]["slug"]
    lead, blocks = split_lead(content["blocks"])

    def figure(block: dict, **how) -> str:
        checked = f"figure:{block['figure']['key']}" not in evidence.labelled
        return figure_html(block, pictures=pictures, label="" if checked else _("not yet checked"), **how)

    notices = _notices(document, shown)
    return {
        "slug": slug,
        "history": reverse("article-history", args=[slug]),
        "structured_data": structured_data(document, shown),
        "address": address(article_path(slug)),
        "api": reverse("api-article", args=[document["article"]["id"]]),
        "headline": content["headline"]["text"],
        "headline_unchecked": "headline" in evidence.labelled,
        "standfirst": content["standfirst"]["text"],
        "standfirst_unchecked": "standfirst" in evidence.labelled,
        "bylines": mark_safe(byline([_author(person) for person in content["bylines"]])),  # noqa: S308
        "reading_time": _reading_time(content),
        "treaties": [_treaty(treaty) for treaty in content["treaties"]],
        "more_of": _more_of(content),
        "first": moment(shown.first),
        "changed": moment(shown.since) if shown.since != shown.first else None,
        "number": edition["number"],
        "versions": _versions(slug, shown),
        "related": reverse("related", args=[slug]) if addressed else "",
        "notices": notices[:NOTICES],
        "earlier_notices": notices[NOTICES:],
        "archive": day(document["archive"]["published_on"]) if document["archive"] else None,
        "unchecked": _unchecked(len(evidence.labelled)),
        "withdrawn": _withdrawn(len(evidence.withdrawn)),
        # Every text in these is escaped as they are put together.
        "lead": mark_safe(figure(lead, lead=True)) if lead else "",  # noqa: S308
        "body": mark_safe(body_html(blocks, evidence.after, languages, figure, evidence.segments)),  # noqa: S308
        "knowing": None
        if document["archive"]
        else evidence_map(content, evidence.withdrawn, addressed=addressed),
        "speakers": evidence.speakers,
        "sources": evidence.sources,
    }


def _versions(slug: str, shown: Shown) -> dict | None:
    """The language versions, for links to the ``others`` and for machines to ``all``; None if there are none."""
    if not shown.versions:
        return None
    told = [
        {
            "language": version.language,
            "name": version.name,
            "address": address(article_path(version.slug)),
            "original": version.original,
            "own": version.slug == slug,
        }
        for version in shown.versions
    ]
    return {"all": told, "others": [version for version in told if not version["own"]]}


def _author(person: dict) -> str:
    """A name in the byline, as a link to its page; HTML."""
    return f'<a rel="author" href="{escape(author_path(person["slug"]))}">{escape(person["name"])}</a>'


def _more_of(content: dict) -> list[dict]:
    """Where a reader finds more of the same: its section and its tags."""
    section, tags = content.get("section"), content.get("tags", [])
    told = [{"name": section["name"], "page": spoken_path("section", section["slug"])}] if section else []
    return told + [{"name": tag["name"], "page": spoken_path("tag", tag["slug"])} for tag in tags]


def _treaty(treaty: dict) -> dict:
    return {
        **treaty,
        "page": treaty_path(treaty["slug"]),
        "parties": " – ".join(treaty["parties"]),
        "signed": day(treaty["signed_on"]),
    }


def _reading_time(content: dict) -> str:
    """How long most people read the text, in words, or nothing."""
    words = sum(len(block["text"].split()) for block in content["blocks"])
    minutes = minutes_to_read(words, content["language"])
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes} if minutes else ""


def _notices(document: dict, shown: Shown) -> list[dict]:
    """The edition's own note, if it has one, and every correction that still matters: newest first, each once."""
    edition = document["edition"]
    keys = {statement["key"] for statement in document["content"]["statements"]}
    told = lasting(shown.corrections)
    own = [one for one in told if one.number == edition["number"]]
    if edition["note"] and not own:
        fields = {"kind": edition["kind"], "number": edition["number"], "note": edition["note"]}
        told.insert(0, Told("", at=shown.since, approved_by="", texts=[], statements=[], **fields))
    return [notice(one, keys=keys) for one in told]


def _unchecked(labelled: int) -> str:
    """What the page says at its head of what is not yet checked, or nothing."""
    if not labelled:
        return ""
    return ngettext(
        "One part of this article went out before it was checked. It is marked [not yet checked].",
        "%(count)d parts of this article went out before they were checked. They are marked [not yet checked].",
        labelled,
    ) % {"count": labelled}


def _withdrawn(sources: int) -> str:
    """What the page says at its head of sources that were withdrawn since, or nothing."""
    if not sources:
        return ""
    return ngettext(
        "A source of this article was withdrawn after it came out. Its number is struck out.",
        "%(count)d sources of this article were withdrawn after it came out. Their numbers are struck out.",
        sources,
    ) % {"count": sources}
