"""An edition as JSON: the API's detail, the entry in lists, and the notice that an article is gone."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.urls import reverse

from articles.receipts import Told
from articles.rendering.dates import utc
from articles.rendering.figures import public_picture, shown_figures
from articles.rendering.language_versions import Version
from articles.rendering.pages import address, article_path
from articles.rendering.withdrawals import NONE, Withdrawal, Withdrawals, told_at
from articles.rules.kinds import UNLISTED, Kind
from articles.usage import usage_terms
from newsroom.api.problem_types import PROBLEM_TYPES
from newsroom.api.problems import problem_path
from newsroom.core.cursors import key_at

# For what an item may be used: the last member of a card and of an article.
USAGE_TERMS = "usage_terms"


@dataclass(frozen=True)
class Shown:
    """When an edition shows (aware): ``since`` when this one, ``first`` since when the article has been public.

    ``corrections`` are what its readers are told was changed up to it, oldest first (:mod:`articles.receipts`);
    ``versions`` its public language versions, itself among them, none if there is no other.
    """

    since: datetime
    first: datetime
    corrections: tuple[Told, ...] = ()
    versions: tuple[Version, ...] = ()


def card(document: dict, shown: Shown) -> dict:
    """The entry in lists: what a reader needs to choose, what a partner needs to fetch. Everybody's terms come last,
    as in :func:`detail`: a partner has others in their place."""
    return _entry(document, shown) | {USAGE_TERMS: usage_terms()}


def _entry(document: dict, shown: Shown) -> dict:
    content, edition, article = document["content"], document["edition"], document["article"]
    return {
        "id": article["id"],
        "slug": article["slug"],
        "language": content["language"],
        "address": address(article_path(article["slug"])),
        "api": address(reverse("api-article", args=[article["id"]])),
        "headline": content["headline"]["text"],
        "standfirst": content["standfirst"]["text"],
        "section": content.get("section"),
        "tags": content.get("tags", []),
        "bylines": content["bylines"],
        "kind": edition["kind"],
        "number": edition["number"],
        "first_published_at": utc(shown.first),
        "changed_at": utc(shown.since),
        "archive": document["archive"],
        "not_yet_checked": document["not_yet_checked"],
        "picture": _first_picture(content["blocks"]),
    }


def detail(document: dict, shown: Shown, digest: str, withdrawn: Withdrawals = NONE) -> dict:
    """The API's article: the entry in lists, and everything its readers see, sentence by sentence."""
    content, entry = document["content"], _entry(document, shown)
    unchecked = set(document["not_yet_checked"])
    return entry | {
        "note": document["edition"]["note"],
        "digest": digest,
        "previous_digest": document["edition"]["previous"],
        "headline_rests_on": content["headline"]["rests_on"],
        "standfirst_rests_on": content["standfirst"]["rests_on"],
        "treaties": content["treaties"],
        "blocks": [_block(block) for block in content["blocks"]],
        "statements": [
            statement
            | {
                "address": f"{entry['address']}#s-{statement['key']}",
                "not_yet_checked": statement["key"] in unchecked,
            }
            for statement in content["statements"]
        ],
        "quotes": [{"id": quote_id, **quote} for quote_id, quote in content["quotes"].items()],
        "sources": [
            source
            | {
                "withdrawn": withdrawal_json(
                    withdrawn.get(source["id"]), confidential=source.get("confidential", False)
                ),
                "api": address(reverse("api-source", args=[source["id"]])),
            }
            for source in content["sources"]
        ],
        "corrections": [correction_json(told) for told in shown.corrections],
        USAGE_TERMS: usage_terms(),
    }


def correction_json(told: Told) -> dict:
    """A correction as it is told to machines, on every surface alike: note and receipt of one edition."""
    return {
        "id": told.id,
        "kind": told.kind,
        "number": told.number,
        "at": utc(told.at),
        "note": told.note,
        "approved_by": told.approved_by,
        "texts": told.texts,
        "statements": told.statements,
    }


def _first_picture(blocks: list[dict]) -> dict | None:
    figures = shown_figures(blocks)
    return _addressed(figures[0]["figure"]["image"]) if figures else None


def _block(block: dict) -> dict:
    """A block as it is; of a figure's files also where they are."""
    if "figure" not in block:
        return block
    figure = block["figure"]
    return block | {"figure": figure | {"image": figure["image"] and _addressed(figure["image"])}}


def _addressed(image: dict) -> dict:
    renditions = [
        rendition | {"url": address(public_picture(rendition["digest"], rendition["form"]))}
        for rendition in image["renditions"]
    ]
    return image | {"renditions": renditions}


def withdrawal_json(withdrawal: Withdrawal | None, *, confidential: bool) -> dict[str, str] | None:
    """What the API tells of a withdrawal, or None."""
    if withdrawal is None:
        return None
    at = told_at(withdrawal.at, confidential=confidential)
    return {"at": utc(at), "by": withdrawal.by, "reason": withdrawal.reason}


def gone_problem(document: dict, shown: Shown) -> dict:
    """What the API answers with 410 (RFC 9457), with the notice if there is one, and of a retraction its receipt."""
    edition, article = document["edition"], document["article"]
    own = [told for told in shown.corrections if told.number == edition["number"]]
    told = own[0] if own and edition["kind"] == Kind.RETRACTION else None
    return {
        "type": address(problem_path("article_gone")),
        "title": PROBLEM_TYPES["article_gone"].title,
        "status": 410,
        "detail": "This article was public and is no longer available.",
        "instance": reverse("api-article", args=[article["id"]]),
        "code": "article_gone",
        "kind": edition["kind"],
        "number": edition["number"],
        "notice": "" if edition["kind"] == Kind.TAKE_DOWN else edition["note"],
        "correction": correction_json(told) if told else None,
        "gone_at": utc(shown.since),
    }


def list_key(document: dict, shown: Shown) -> str:
    """Where the entry stands in lists: by the article's first moment, an archive story by its original date."""
    moment = shown.first
    if document["archive"]:
        original = datetime.fromisoformat(document["archive"]["published_on"]).replace(tzinfo=UTC)
        moment = min(moment, original)
    return f"{key_at(moment)} {document['article']['id']}"


def is_gone(document: dict) -> bool:
    return document["edition"]["kind"] in UNLISTED
