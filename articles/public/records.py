"""The pages of a claim and of a quote: what readers have of it, and nothing of the desk's record.

At most three queries, whatever there is. What was merged leads to what stands for it.
"""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.appearances import Appearance, Earlier, appearances, earlier_words, said
from articles.public.fronts import HTML
from articles.public.spoken import spoken
from articles.purging import LISTS
from articles.rendering.dates import day, moment
from articles.rendering.lists import entry_of
from articles.rendering.pages import address, also_in, page_html, spoken_path
from articles.rendering.structured_data import data_block
from articles.rendering.text import web_address
from articles.rules.subjects import About
from articles.subjects import values_of
from articles.uses import CLAIMS, MOST_USES, QUOTES
from newsroom.core.answering import NotThere, answer_made, moved_for_good


@require_safe
@spoken
def claim(request, public_id: str):
    """Where a claim is made, since when, in which words, and what each rests on."""
    now = timezone.now()
    ids = values_of(About.CLAIM, public_id)
    found = appearances(CLAIMS, ids, now=now)
    if not found:
        raise NotThere(LISTS)
    if ids[0] != public_id:
        return moved_for_good(spoken_path("claim", ids[0]), [LISTS])
    context = _page(CLAIMS, ids, found, now=now)
    return _answer(request, "articles/claim.html", reverse("claim", args=[public_id]), _claim_graph, context)


@require_safe
@spoken
def quote(request, public_id: str):
    """Who said it, when, in which words, where it stands, and what each use rests on."""
    now = timezone.now()
    found = appearances(QUOTES, [public_id], now=now)
    if not found:
        raise NotThere(LISTS)
    context = _page(QUOTES, [public_id], found, now=now) | told_quote(found[0].printed)
    return _answer(request, "articles/quote.html", reverse("quote", args=[public_id]), _quote_graph, context)


def told_quote(printed: dict) -> dict:
    """What an edition prints of a quote, for a page."""
    speaker = printed["speaker"]
    return {
        "quote": printed | {"said_on": day(printed["said_on"])},
        "speaker": speaker
        and speaker
        | {
            "address": reverse("speaker", args=[speaker["slug"]]),
            "page": spoken_path("speaker", speaker["slug"]),
        },
    }


def _page(index, ids, found: list[Appearance], *, now: datetime) -> dict:
    shown, first = found[:MOST_USES], found[0].first
    at = datetime.fromisoformat(first["at"])
    return {
        "wording": found[0].wording,
        "spoken": found[0].card["language"],
        "uses": [_use(one) for one in shown],
        "more": len(found) > MOST_USES,
        "first": {
            "at": moment(at),
            "address": reverse("edition", args=[first["slug"], first["number"]]),
        },
        "earlier": [_earlier(one) for one in earlier_words(index, ids, shown, now=now)],
    }


def _use(one: Appearance) -> dict:
    return {
        "article": entry_of(one.card, get_language()),
        "statement": f"{one.card['address']}#s-{one.key}",
        "wording": one.wording,
        "citations": [_citation(cited) for cited in one.citations],
    }


def _citation(cited: dict) -> dict:
    source = cited["source"]
    stances = {"contradicts": _("contradicts it"), "context": _("context")}
    return {
        "name": source["label"] or source["title"] or source["url"] or _("Source not yet identified"),
        "address": reverse("source", args=[source["id"]]),
        "page": spoken_path("source", source["id"]),
        "original": web_address(source["url"]),
        "publisher": source["publisher"] or "",
        "withdrawn": source["withdrawn"],
        "confidential": bool(source["label"]),
        "stance": stances.get(cited["stance"], ""),
        "passages": [entry["passage"]["exact"] for entry in cited["evidence"] if entry["passage"]],
    }


def _earlier(one: Earlier) -> dict:
    edition = reverse("edition", args=[one.card["slug"], one.card["number"]])
    return {
        "words": said(one),
        "language": one.printed["language"] if one.printed else one.card["language"],
        "address": f"{edition}#s-{one.key}",
        "number": one.card["number"],
        "at": moment(one.at),
        "set_right": one.set_right,
    }


def _answer(request, template: str, path: str, graph, context: dict):
    here = address(path)
    data = data_block(graph(here, context))
    language = get_language()
    around = {"address": here, "data": data, "also_in": also_in(path, language)}
    html = page_html(template, language, **around, **context)
    return answer_made(request, html.encode(), content_type=HTML, keys=[LISTS])


def _works(context: dict) -> list[dict]:
    """The articles of the uses, each once."""
    articles = {use["article"]["address"]: use["article"] for use in context["uses"]}
    return [
        {"@type": "NewsArticle", "url": url, "headline": one["headline"]} for url, one in articles.items()
    ]


def _sources(context: dict) -> list[dict]:
    named = {
        cited["address"]: cited
        for use in context["uses"]
        for cited in use["citations"]
        if not cited["confidential"] and not cited["stance"]
    }
    return [
        {"@type": "CreativeWork", "@id": address(path), "name": cited["name"]}
        | ({"url": cited["original"]} if cited["original"] else {})
        for path, cited in named.items()
    ]


def _claim_graph(here: str, context: dict) -> list[dict]:
    sources = _sources(context)
    node = {
        "@type": "Claim",
        "@id": f"{here}#claim",
        "url": here,
        "text": context["wording"],
        "inLanguage": context["spoken"],
        "appearance": _works(context),
        "firstAppearance": {
            "@type": "NewsArticle",
            "url": address(context["first"]["address"]),
            "datePublished": context["first"]["at"]["iso"],
        },
        "citation": [{"@id": source["@id"]} for source in sources],
    }
    return [node, *sources]


def _quote_graph(here: str, context: dict) -> list[dict]:
    told, speaker, sources = context["quote"], context["speaker"], _sources(context)
    kinds = {"person": "Person", "organisation": "Organization"}
    node = {
        "@type": "Quotation",
        "@id": f"{here}#quote",
        "url": here,
        "text": told["words"],
        "inLanguage": told["language"],
        "isBasedOn": [{"@id": source["@id"]} for source in sources],
    }
    if speaker and speaker["kind"] in kinds:
        # A document speaks through whoever wrote it, whom we do not know.
        person = {
            "@type": kinds[speaker["kind"]],
            "name": speaker["name"],
            "url": address(speaker["address"]),
        }
        node |= {"creator": person, "spokenByCharacter": person}
    if told["said_on"]:
        node["dateCreated"] = told["said_on"]["iso"]
    if told["original"]:
        original = {"@type": "Quotation", "text": told["original"], "inLanguage": told["original_language"]}
        node["translationOfWork"] = original
    return [node, *sources]
