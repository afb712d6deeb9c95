"""The citations of an article as Web Annotations (W3C; standards/03): one says which passage a sentence rests on.

The sentence is named in its edition, so that no later wording moves it from under the citation.
"""

from urllib.parse import urljoin

from django.urls import reverse

from articles.rendering.text import at_copy, at_passage, web_address

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_HTML_IDS = "http://tools.ietf.org/rfc/rfc3236"
_TEXT_FRAGMENTS = "https://wicg.github.io/scroll-to-text-fragment/"


def annotations(told: dict, origin: str) -> dict:
    """Every citation of the article, in the order of the text: a collection with all of them on its one page."""
    edition = urljoin(origin, reverse("edition", args=[told["slug"], told["number"]]))
    sources = {source["number"]: source for source in told["sources"]}
    items = [
        _annotation(statement, number, entry, sources[entry["source"]], told, edition, origin)
        for statement in told["statements"]
        for number, entry in enumerate(statement["evidence"], 1)
    ]
    collection = f"{edition}#citations"
    return {
        "@context": CONTEXT,
        "id": collection,
        "type": "AnnotationCollection",
        "label": told["headline"],
        "total": len(items),
        "first": {
            "id": f"{collection}-1",
            "type": "AnnotationPage",
            "partOf": collection,
            "startIndex": 0,
            "items": items,
        },
    }


def _annotation(
    statement: dict, number: int, entry: dict, source: dict, told: dict, edition: str, origin: str
) -> dict:
    return {
        "id": f"{edition}#s-{statement['key']}-{number}",
        "type": "Annotation",
        "motivation": "linking",
        "created": told["changed_at"],
        "body": [
            _passage(entry, source, origin),
            {
                "type": "TextualBody",
                "value": entry["stance"],
                "format": "text/plain",
                "purpose": "classifying",
            },
        ],
        "target": {
            "type": "SpecificResource",
            "source": edition,
            "selector": [
                {"type": "FragmentSelector", "value": f"s-{statement['key']}", "conformsTo": _HTML_IDS},
                {"type": "TextQuoteSelector", "exact": statement["wording"]},
            ],
        },
    }


def _passage(entry: dict, source: dict, origin: str) -> dict | str:
    """The passage in its source as it was captured; the source alone where no passage is told."""
    url = web_address(source["url"])
    address = url or urljoin(origin, reverse("source", args=[source["id"]]))
    passage, snapshot = entry["passage"], entry["snapshot"]
    if not passage:
        return address
    selectors = [{"type": "TextQuoteSelector", **passage}]
    if entry["start"] is not None:
        end = entry["start"] + len(passage["exact"])
        selectors.append({"type": "TextPositionSelector", "start": entry["start"], "end": end})
    if fragment := at_passage(url, passage).partition("#")[2]:
        selectors.append({"type": "FragmentSelector", "value": fragment, "conformsTo": _TEXT_FRAGMENTS})
    body = {"type": "SpecificResource", "purpose": "linking", "source": address, "selector": selectors}
    if snapshot:
        body["state"] = {
            "type": "TimeState",
            "sourceDate": snapshot["captured_at"],
            "cached": urljoin(origin, at_copy(source["id"], snapshot, None)),
        }
    return body
