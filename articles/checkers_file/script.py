"""Put a checker's file together: from an edition's document and sign-offs, or from a draft as it stands."""

import json
from datetime import datetime

from articles.access import raise_if_may_not
from articles.documents import build_content, build_document
from articles.dossier import open_dossier
from articles.models import Article, Edition
from articles.readiness import assess
from articles.readiness.records import Records
from articles.rules.kinds import UNLISTED, Kind
from articles.signing_off import signed_off
from newsroom.core.errors import DomainError


def of_edition(article: Article, number: int, *, by) -> dict:
    """The checker's file of the edition ``number``, as JSON values: the same whatever was recorded since.

    Raises DomainError ``not_allowed``, ``out_of_scope``, ``edition_unknown``, ``edition_sealed``,
    ``edition_without_text``.
    """
    raise_if_may_not(by, "take_checkers_file")
    # What was sealed can be asked for: the answer says so.
    raise_if_may_not(by, "see", article)
    editions = article.editions.select_related("content", "sign_off")
    edition = editions.filter(number=number).first()
    if edition is None:
        raise DomainError(
            "edition_unknown",
            "%(slug)s has no edition %(number)d.",
            "edition",
            slug=article.slug,
            number=number,
        )
    if edition.kind in UNLISTED:
        raise DomainError(
            "edition_without_text", "This edition is a notice: it says nothing to check.", "edition"
        )
    content = getattr(edition, "content", None)
    if content is None:
        raise DomainError("edition_sealed", "The texts of this edition were erased for good.", "edition")
    signed = getattr(edition, "sign_off", None)
    told = json.loads(signed.content) if signed else None
    return _script(json.loads(content.document), told, edition=edition)


def of_draft(article: Article, *, by, now: datetime) -> dict:
    """The checker's file of the draft as it stands ``now``. Raises DomainError ``not_allowed``, ``sealed``."""
    raise_if_may_not(by, "take_checkers_file", article)
    dossier = open_dossier(article)
    content, records = build_content(dossier), Records(dossier)
    assessed = assess(dossier, content, now=now, records=records)
    last = article.editions.order_by("number").last()
    document = build_document(
        content,
        article=article,
        last=last,
        kind=Kind.UPDATE if last else Kind.FIRST,
        note="",
        not_yet_checked=sorted({b.place for b in assessed if b.waiver}),
    )
    lapsed = {blocker.code for blocker in assessed} & {"not_approved", "approval_lapsed", "own_approval"}
    approval = None if lapsed else records.approvals[-1]
    told = signed_off(dossier, records, assessed, approval=approval, now=now)
    return _script(document, told, at=now)


def _script(
    document: dict, signed: dict | None, *, edition: Edition | None = None, at: datetime | None = None
):
    content = document["content"]
    signed_statements = signed["statements"] if signed else {}
    keys = {statement["key"]: n for n, statement in enumerate(content["statements"], start=1)}
    made = edition.created_at if edition else at
    return {
        "language": content["language"],
        "article": document["article"],
        "edition": document["edition"]["number"] if edition else None,
        "kind": document["edition"]["kind"],
        "digest": edition.digest if edition else "",
        "note": document["edition"]["note"],
        "made": [made.year, made.month, made.day],
        "at": made,
        "archive": bool(document["archive"]),
        "kept": signed is not None,
        "headline": content["headline"]["text"],
        "standfirst": content["standfirst"]["text"],
        "bylines": [person["name"] for person in content["bylines"]],
        "texts": [
            {
                "place": name,
                "text": content[name]["text"],
                "rests_on": [keys[key] for key in content[name]["rests_on"] if key in keys],
                "exemptions": signed["texts"][name] if signed else [],
            }
            for name in ("headline", "standfirst")
        ],
        "published": signed["published"] if signed else None,
        "approval": signed["approval"] if signed else None,
        "waivers": [
            waiver | {"sentence": keys.get(waiver["place"])}
            for waiver in (signed["waivers"] if signed else [])
        ],
        "sentences": [
            _sentence(n, statement, content, document, signed_statements.get(statement["key"], {}))
            for n, statement in enumerate(content["statements"], start=1)
        ],
        "sources": [_source(source, content, signed) for source in content["sources"]],
    }


def _sentence(number: int, statement: dict, content: dict, document: dict, signed: dict) -> dict:
    return {
        "number": number,
        "key": statement["key"],
        "place": f"{statement['paragraph']}.{statement['sentence']}",
        "wording": statement["wording"],
        "group": statement["group"],
        "origins": statement["origins"],
        "exemption": statement["exemption"],
        "not_yet_checked": statement["key"] in document["not_yet_checked"],
        "claim": signed.get("claim", ""),
        "quotes": [content["quotes"][quote] for quote in statement["quotes"]],
        "evidence": statement["evidence"],
        **{name: signed.get(name, []) for name in ("checks", "exemptions", "vouchers", "sightings")},
    }


def _source(source: dict, content: dict, signed: dict | None) -> dict:
    """A source as it was printed, with the archived copies that stood for it."""
    if signed:
        copies = signed["copies"].get(str(source["number"]), [])
    else:
        cited = (
            e["snapshot"]
            for s in content["statements"]
            for e in s["evidence"]
            if e["source"] == source["number"]
        )
        copies = list({copy["id"]: copy for copy in cited if copy}.values())
    return source | {"copies": copies}
