"""The article as schema.org's NewsArticle, for a data block in its page (standards/02)."""

import json
from collections import defaultdict
from itertools import chain

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from articles.rendering.corrections import lasting
from articles.rendering.dates import moment
from articles.rendering.entries import Shown, correction_json
from articles.rendering.figures import picture_data, shown_figures
from articles.rendering.pages import address, article_path, author_path, treaty_path
from articles.rendering.references import can_be_named
from articles.rendering.text import web_address

# The first sentences that are told as claims: of a very long text the API tells all.
MOST_CLAIMS = 100
# As Django's json_script: nothing in it can end the element it stands in.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def structured_data(document: dict, shown: Shown) -> SafeString:
    """JSON-LD of an edition, to be put between the tags of a script element as it is."""
    return data_block(graph(document, shown))


def data_block(nodes: list[dict]) -> SafeString:
    """These nodes as JSON-LD, to be put between the tags of a script element as it is."""
    text = json.dumps(
        {"@context": "https://schema.org", "@graph": nodes}, ensure_ascii=False, separators=(",", ":")
    )
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308


def graph(document: dict, shown: Shown) -> list[dict]:
    """The nodes of an edition: the article, who publishes it, its sources, quotes and claims."""
    content, url = document["content"], address(article_path(document["article"]["slug"]))
    publisher = {
        "@type": "NewsMediaOrganization",
        "@id": f"{address(reverse('home'))}#publisher",
        "name": settings.NEWSROOM_NAME,
        "url": address(reverse("home")),
    }
    named = [source for source in content["sources"] if can_be_named(source)]
    quoted = {quote for statement in content["statements"] for quote in statement["quotes"]}
    quotes = {quote_id: quote for quote_id, quote in content["quotes"].items() if quote_id in quoted}
    claims = [statement for statement in content["statements"] if statement["claim"]][:MOST_CLAIMS]
    article = {
        "@type": "NewsArticle",
        "@id": f"{url}#article",
        "url": url,
        "mainEntityOfPage": url,
        "headline": content["headline"]["text"],
        "description": content["standfirst"]["text"],
        "inLanguage": content["language"],
        "datePublished": moment(shown.first)["iso"],
        "dateModified": moment(shown.since)["iso"],
        "version": str(document["edition"]["number"]),
        "isAccessibleForFree": True,
        "author": [
            {"@type": "Person", "name": person["name"], "url": address(author_path(person["slug"]))}
            for person in content["bylines"]
        ],
        "publisher": {"@id": publisher["@id"]},
        "about": [_treaty(treaty) for treaty in content["treaties"]],
        "correction": [
            {
                "@type": "CorrectionComment",
                "@id": f"{url}#correction-{told.id}",
                "text": told.note,
                "datePublished": moment(told.at)["iso"],
                "url": f"{url}#correction-{told.id}",
                # The record itself, as the API and the feeds tell it.
                "encoding": {
                    "@type": "MediaObject",
                    "encodingFormat": "application/json",
                    "contentUrl": address(reverse("api-correction", args=[told.id])),
                    "text": json.dumps(correction_json(told), ensure_ascii=False, sort_keys=True),
                },
            }
            for told in lasting(shown.corrections)
        ],
        **_versions(document["article"]["slug"], shown),
        "citation": [{"@id": _source_id(source)} for source in named],
        "image": [_told(picture_data(block)) for block in shown_figures(content["blocks"])],
        "hasPart": [
            *({"@id": f"{url}#q-{quote_id}"} for quote_id in quotes),
            *({"@id": f"{url}#s-{statement['key']}"} for statement in claims),
        ],
    }
    nodes = [_told(article), publisher, *map(_source, named)]
    by_number = {source["number"]: _source_id(source) for source in named}
    cited = defaultdict(dict)
    for entry in chain.from_iterable(statement["evidence"] for statement in content["statements"]):
        if entry["stance"] == "supports" and entry["source"] in by_number:
            cited[entry["quote"]][by_number[entry["source"]]] = None
    nodes += [_quotation(f"{url}#q-{name}", quote, list(cited[name])) for name, quote in quotes.items()]
    nodes += [_claim(url, statement, by_number) for statement in claims]
    return nodes


def _versions(slug: str, shown: Shown) -> dict:
    """Of an original its versions, of a version its original."""
    others = [version for version in shown.versions if version.slug != slug]
    told = [
        {
            "@type": "NewsArticle",
            "url": address(article_path(version.slug)),
            "inLanguage": version.language,
        }
        for version in others
    ]
    if any(version.original for version in others):
        return {"translationOfWork": told[0]}
    original = any(version.original for version in shown.versions)
    return {"workTranslation": told} if original else {}


def _claim(url: str, statement: dict, by_number: dict[int, str]) -> dict:
    """What a sentence claims, in its printed words, and the sources that support it; no verdict of ours on it."""
    supporting = {e["source"] for e in statement["evidence"] if e["stance"] == "supports"}
    return _told(
        {
            "@type": "Claim",
            "@id": f"{url}#s-{statement['key']}",
            "text": statement["wording"],
            "appearance": {"@id": f"{url}#article"},
            "citation": [{"@id": by_number[number]} for number in sorted(supporting & by_number.keys())],
        }
    )


def _told(node: dict) -> dict:
    """``node`` without what is empty."""
    return {name: value for name, value in node.items() if value}


def _source_id(source: dict) -> str:
    return address(reverse("source", args=[source["id"]]))


def _source(source: dict) -> dict:
    url, publisher = web_address(source["url"]), source["publisher"]
    return _told(
        {
            "@type": "WebPage" if url else "CreativeWork",
            "@id": _source_id(source),
            "name": source["title"],
            "url": url,
            "inLanguage": source["language"],
            "datePublished": source["published_on"],
            "publisher": {"@type": "Organization", "name": publisher["name"]} if publisher else None,
        }
    )


def _quotation(quotation_id: str, quote: dict, sources: list[str]) -> dict:
    speaker = quote["speaker"]
    # A document speaks through whoever wrote it, whom we do not know.
    kinds = {"person": "Person", "organisation": "Organization"}
    person = (
        {"@type": kinds[speaker["kind"]], "name": speaker["name"]}
        if speaker and speaker["kind"] in kinds
        else None
    )
    original = {
        "@type": "Quotation",
        "text": quote["original"],
        "inLanguage": quote["original_language"],
    }
    return _told(
        {
            "@type": "Quotation",
            "@id": quotation_id,
            "text": quote["words"],
            "inLanguage": quote["language"],
            "creator": person,
            "spokenByCharacter": person,
            "dateCreated": quote["said_on"],
            "isBasedOn": [{"@id": source} for source in sources],
            "translationOfWork": _told(original) if quote["original"] else None,
        }
    )


def _treaty(treaty: dict) -> dict:
    return _told(
        {
            "@type": "Legislation",
            "url": address(treaty_path(treaty["slug"])),
            "name": treaty["title"],
            "legislationType": "treaty",
            "legislationDate": treaty["signed_on"],
        }
    )
