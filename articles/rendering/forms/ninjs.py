"""An article as ninjs 3.2 (IPTC; standards/01): one object is one edition of one item."""

from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from articles.rendering.pages import byline, interface_language, site_page_path
from articles.rendering.references import can_be_named
from articles.rendering.text import web_address
from articles.rendering.told_text import body_xhtml
from articles.rules.kinds import SET_RIGHT, Kind
from articles.rules.site_pages import Subject

SCHEMA = "http://www.iptc.org/std/ninjs/ninjs-schema_3.2.json#"
_STANDARD = {"name": "ninjs", "version": "3.2", "schema": SCHEMA}
_TEXT = "text/plain"
_CORRECTIONS_POLICY = "http://cv.iptc.org/newscodes/trustindicator/correctionsPolicy"


def ninjs(told: dict, origin: str) -> dict:
    """The item of an article that stands."""
    plain = "\n\n".join(block["text"] for block in told["blocks"] if block["kind"] != "figure")
    with translation.override(interface_language(told["language"])):
        names = byline([person["name"] for person in told["bylines"]])
        body = body_xhtml(told, origin)
    figures = any(block["kind"] == "figure" for block in told["blocks"])
    item = {
        # Of the record, which stays when the address of its page changes.
        "uri": urljoin(origin, told["api"]),
        "standard": _STANDARD,
        "type": "composite" if figures else "text",
        "representationType": "full",
        "version": str(told["number"]),
        "firstCreated": told["first_published_at"],
        "versionCreated": told["changed_at"],
        "contentCreated": told["first_published_at"],
        "pubStatus": "usable",
        "language": told["language"],
        "slugline": told["slug"],
        "by": names,
        "headlines": [_said("main", told["headline"])],
        "descriptions": [_said("summary", told["standfirst"])] if told["standfirst"] else [],
        "bodies": [
            {
                "role": "main",
                "contentType": "application/xhtml+xml",
                "charCount": len(plain),
                "wordCount": len(plain.split()),
                "value": body,
            },
            _said("plain", plain),
        ],
        "people": _speakers(told, "person", origin),
        "organisations": _speakers(told, "organisation", origin),
        "places": [
            {"name": party, "rel": "about"}
            for party in dict.fromkeys(party for treaty in told["treaties"] for party in treaty["parties"])
        ],
        "subjects": _subjects(told, origin),
        "infoSources": _info_sources(told),
        "associations": [_cited(source, told, origin) for source in told["sources"] if can_be_named(source)],
        "renditions": [{"name": "web", "href": urljoin(origin, told["address"]), "contentType": "text/html"}],
        "altIds": [
            {"role": "internal", "value": told["id"]},
            {"role": "contentHash", "value": f"sha-256:{told['digest']}"},
        ],
        "trustIndicators": [
            {
                "role": _CORRECTIONS_POLICY,
                "href": urljoin(origin, site_page_path(Subject.CORRECTIONS, settings.LANGUAGE_CODE)),
            }
        ],
        "copyrightHolder": settings.NEWSROOM_NAME,
        "usageTerms": told.get("usage_terms"),
    }
    _set_right(item, told, origin)
    return {name: value for name, value in item.items() if value}


def ninjs_gone(problem: dict, origin: str) -> dict:
    """The item that tells that an article is no more, from the problem that the API answers with."""
    retracted = problem["kind"] == Kind.RETRACTION
    what = "RETRACTED" if retracted else "NO LONGER AVAILABLE"
    item = {
        "uri": urljoin(origin, problem["instance"]),
        "standard": _STANDARD,
        "type": "text",
        "representationType": "partial",
        "version": str(problem["number"]),
        "versionCreated": problem["gone_at"],
        "pubStatus": "canceled",
        "headlines": [_said("main", what)],
        "descriptions": [_said("retraction", problem["notice"])] if problem["notice"] else [],
        "edNote": "KILL. Remove every version of this item from display and archives.",
        "altIds": [{"role": "internal", "value": problem["instance"].rstrip("/").rpartition("/")[2]}],
    }
    return {name: value for name, value in item.items() if value}


def _said(role: str, text: str) -> dict:
    return {"role": role, "contentType": _TEXT, "value": text}


def _speakers(told: dict, kind: str, origin: str) -> list[dict]:
    speakers = {
        quote["speaker"]["id"]: quote["speaker"]
        for quote in told["quotes"]
        if quote["speaker"] and quote["speaker"]["kind"] == kind
    }
    return [
        {
            "name": speaker["name"],
            "rel": "mentions",
            "uri": urljoin(origin, reverse("speaker", args=[speaker["slug"]])),
        }
        for speaker in speakers.values()
    ]


def _subjects(told: dict, origin: str) -> list[dict]:
    section = told.get("section")
    named = [("about", "treaty", treaty["title"], treaty["slug"]) for treaty in told["treaties"]]
    named += [("about", "tag", tag["name"], tag["slug"]) for tag in told["tags"]]
    named += [("section", "section", section["name"], section["slug"])] if section else []
    return [
        {"name": name, "rel": rel, "uri": urljoin(origin, reverse(page, args=[slug]))}
        for rel, page, name, slug in named
    ]


def _info_sources(told: dict) -> list[dict]:
    publishers = {
        source["publisher"]["name"]: source["kind"]
        for source in told["sources"]
        if can_be_named(source) and source["publisher"]
    }
    return [{"name": name, "role": kind} for name, kind in publishers.items()]


def _cited(source: dict, told: dict, origin: str) -> dict:
    page = urljoin(origin, reverse("source", args=[source["id"]]))
    original = web_address(source["url"])
    digests = {
        entry["snapshot"]["sha256"]: None
        for statement in told["statements"]
        for entry in statement["evidence"]
        if entry["source"] == source["number"] and entry["snapshot"]
    }
    item = {
        "name": f"source-{source['number']}",
        "rel": "citation",
        "uri": page,
        "type": "text",
        "language": source["language"],
        "title": source["title"],
        "by": source["creators"],
        "usageTerms": source["usage_terms"],
        "pubStatus": "canceled" if source["withdrawn"] else "usable",
        "edNote": source["withdrawn"]["reason"] if source["withdrawn"] else "",
        "renditions": [
            *([{"name": "original", "href": original}] if original else []),
            {"name": "evidence", "href": page, "contentType": "text/html"},
        ],
        "altIds": [{"role": "sha256", "value": digest} for digest in digests],
    }
    return {name: value for name, value in item.items() if value}


def _set_right(item: dict, told: dict, origin: str) -> None:
    """Say in ``item`` what was corrected: ninjs has no property of its own for it."""
    corrected = [entry for entry in told["corrections"] if entry["kind"] in SET_RIGHT and entry["note"]]
    item["descriptions"] += [_said("correction", entry["note"]) for entry in reversed(corrected)]
    item["associations"] += [
        {
            "name": f"correction-{entry['number']}",
            "rel": "correction",
            "uri": urljoin(origin, reverse("api-correction", args=[entry["id"]])),
            "type": "text",
            "versionCreated": entry["at"],
        }
        for entry in corrected
    ]
    if told["number"] > 1:
        before = told["number"] - 1
        item["associations"].append(
            {
                "name": "previous-version",
                "rel": "previousVersion",
                "uri": urljoin(origin, reverse("api-edition", args=[told["id"], before])),
                "type": "text",
                "version": str(before),
            }
        )
    if told["kind"] in SET_RIGHT and told["note"]:
        item["edNote"] = f"{told['kind'].upper()} of version {told['number'] - 1}. {told['note']}"
        if not any(entry["number"] == told["number"] for entry in corrected):
            item["descriptions"].append(_said("correction", told["note"]))
