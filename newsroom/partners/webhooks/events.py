"""What is told: which type of event an entry of the change feed is, and the few facts that go with it."""

from datetime import datetime
from functools import partial

from django.urls import reverse

from articles.following import changes
from articles.models import ChangedMoment
from articles.rendering.entries import utc
from articles.rendering.pages import address
from articles.rules.change_kinds import Happened
from articles.rules.kinds import UNLISTED, Kind
from newsroom.core.answering import as_json
from newsroom.partners.copies import held_by
from newsroom.partners.models import Endpoint, Partner

# As standards/06 names them; the kind of the entry, which says more, stands in the data.
_TYPES = {
    Kind.FIRST: "article.published",
    Kind.UPDATE: "article.updated",
    Kind.MINOR: "article.updated",
    Kind.CORRECTION: "article.corrected",
    Kind.CLARIFICATION: "article.corrected",
    Kind.RETRACTION: "article.retracted",
    Kind.UNPUBLICATION: "article.unpublished",
    Kind.TAKE_DOWN: "article.unpublished",
    Kind.REINSTATEMENT: "article.published",
    Happened.MOVED: "article.updated",
    Happened.OPENED: "article.published",
}
PING = "endpoint.ping"
MOVED, CANCELLED = "embargo.moved", "embargo.cancelled"
# A thin payload is read again from the API; of its facts none is longer than this.
LONGEST = 20_000


def type_of(kind: str) -> str:
    """The type of event of an entry of ``kind``; of a record's ``source.withdrawn`` and the like."""
    return _TYPES.get(kind) or ".".join(kind.rsplit("_", 1))


def is_urgent(kind: str) -> bool:
    """Whether it takes something away from readers."""
    return kind in UNLISTED or kind == Happened.SOURCE_WITHDRAWN


def entry_for(partner: Partner, number: int, *, now: datetime) -> dict | None:
    """The entry of the change feed with this number as ``partner`` reads it, None where it may not: neither entitled to
    what it is about, nor having a copy that was set right or taken away."""
    by, held = partner.entitlement.without_embargoed(), partial(held_by, partner)
    told = changes(after=number - 1, limit=1, now=now, by=by, look_ahead=1, held=held)
    return next((entry for entry in told.entries if entry["number"] == number), None)


def body_of(entry: dict, *, version: int, reminder: bool = False) -> str:
    """The payload of an ``entry`` as :func:`articles.following.changes` tells it.

    ``version`` is the number of the edition it is about, or of the one that shows. Nothing of an article's words.
    """
    article, edition = entry["article"], entry["edition"]
    about = article or entry["source"] or entry["amended"]
    # Of a record the feed itself says what happened to it.
    itself = f"{reverse('api-changes')}?after={entry['number'] - 1}&limit=1"
    data = {"id": about["id"], "version": version, "href": article["api"] if article else address(itself)}
    data |= {"change": entry["number"], "kind": entry["kind"]}
    if article:
        data["article"] = article["id"]
    if edition:
        data |= {"edition": edition["number"], "digest": edition["digest"]}
    if correction := entry["correction"]:
        href = address(reverse("api-correction", args=[correction["id"]]))
        data["correction"] = {"id": correction["id"], "href": href}
    if not article:
        data["record"] = {"type": entry["kind"].rsplit("_", 1)[0], "id": about["id"]}
    if reminder:
        data["reminder"] = True
    return _body(type_of(entry["kind"]), entry["at"], data)


def type_of_moment(changed: ChangedMoment) -> str:
    """The type of event of a moment that was changed."""
    return MOVED if changed.until else CANCELLED


def moment_body(changed: ChangedMoment) -> str:
    """The payload of a moment that was changed: nothing of any words, and no number of the feed."""
    article, number = changed.article.public_id, changed.edition.number
    its_own = reverse("api-embargoed-edition", args=[article, number])
    data = {
        "id": article,
        "version": number,
        "href": address(its_own if changed.until else reverse("api-embargoed-changed")),
        "article": article,
        "edition": number,
        "embargoed_until": changed.until and utc(changed.until),
        "was": utc(changed.was),
    }
    return _body(type_of_moment(changed), utc(changed.at), data)


def ping_body(endpoint: Endpoint, *, now: datetime) -> str:
    """The payload of a test event."""
    data = {"id": endpoint.public_id, "version": 1, "href": address(reverse("api-schema"))}
    return _body(PING, utc(now), data)


def _body(kind: str, at: str, data: dict) -> str:
    text = as_json({"type": kind, "timestamp": at, "data": data}).decode()
    assert len(text) < LONGEST, "an event is thin"  # noqa: S101
    return text
