"""Publish a draft: now, at a moment, or under embargo."""

import json
from datetime import datetime

from django.db import transaction

from articles.access import raise_if_may_not
from articles.assigning import move_on
from articles.documents import build_content
from articles.dossier import open_dossier
from articles.draft_locks import lock
from articles.models import Article, Edition
from articles.noticing import WAITED_FOR
from articles.publishing.announcing import announce
from articles.publishing.editions import Making, make_edition
from articles.readiness import NotReady, assess, standing
from articles.readiness.records import Records
from articles.receipts import last_told
from articles.rules.after_publication import Waits, result_of, shows
from articles.rules.kinds import NEEDS_NOTE, PUBLISHABLE, UNLISTED, Kind
from articles.rules.minor import touched
from articles.rules.stages import MOVES
from articles.signing_off import signed_off
from articles.taking_turns import behind_what_shows, while_sources_stand
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.core.typed import typed
from newsroom.notices.telling import no_longer, tell

NOTE_LENGTH = 2000


@transaction.atomic
def publish(
    article: Article,
    *,
    by,
    now: datetime,
    at: datetime | None = None,
    embargoed: bool = False,
    kind: str | None = None,
    note: str = "",
) -> Edition:
    """Make the approved draft the article's next edition, showing from ``at`` (aware; None: at once).

    ``embargoed`` lets entitled partners read it while it waits. ``kind`` is ``first`` for the first edition and
    ``update`` for later ones unless said otherwise; what was retracted, unpublished or taken down comes back by a
    ``reinstatement`` alone. Raises :class:`articles.readiness.NotReady` with the blockers, or DomainError
    ``not_allowed``, ``archived``, ``moment_passed``, ``moment_without_offset``, ``embargo_without_moment``,
    ``kind_unknown``, ``kind_not_first``, ``kind_not_reinstatement``, ``note_missing``, ``text_too_long``,
    ``text_unreadable``, ``edition_waiting``, ``nothing_changed``, ``not_minor``. Nothing is changed then.
    """
    while_sources_stand()
    article = lock(article)
    raise_if_may_not(by, "publish")
    now = behind_what_shows(article, now)
    raise_if_no_moment(at, now=now)
    if embargoed and at is None:
        raise DomainError("embargo_without_moment", "Say until when the embargo is.", "at")
    if article.archived_at:
        raise DomainError("archived", "This article was put away: take it out of the archive first.")
    told = last_told(article)
    note = typed(note, "note", limit=NOTE_LENGTH)
    kind = _kind(kind, note, told)
    dossier = open_dossier(article)
    content = build_content(dossier)
    records = Records(dossier)
    assessed = assess(dossier, content, now=now, shows_from=at, records=records)
    if unwaived := standing(assessed):
        raise NotReady(unwaived)
    raise_if_may_not(by, "publish", article)
    _raise_if_no_such_change(content, told, kind)
    approval = records.approvals[-1] if records.approvals else None
    making = Making(
        kind=kind,
        note=note,
        by=by,
        now=now,
        shows_from=at or now,
        embargoed=embargoed,
        waived=tuple(sorted({blocker.place for blocker in assessed})),
        approved_by=approval.by if approval and told else None,
        signed=signed_off(dossier, records, assessed, approval=approval, by=by, now=now),
    )
    edition = make_edition(article, content, making, told=told, dossier=dossier)
    article.stage = MOVES["publish"][1]
    article.under_way = article.is_flash = False
    article.save(update_fields=["stage", "under_way", "is_flash"])
    move_on(article, "publish", by=by, now=now)
    act = "article.scheduled" if at else "article.published"
    facts = {"edition": edition.number, "kind": str(kind), "shows_from": (at or now).isoformat()}
    record(act, article, by=by, now=now, **facts, **({"embargoed": True} if embargoed else {}))
    no_longer(WAITED_FOR, article, now=now)
    when = facts["shows_from"]
    tell(records.owners, act, article, by=by, now=now, edition=edition.number, when=when)
    if at is None:
        announce(edition, now=now)
    return edition


def raise_if_no_moment(at: datetime | None, *, now: datetime) -> None:
    """Raises DomainError ``moment_without_offset`` or ``moment_passed`` where an edition cannot wait for ``at``."""
    if at is not None and at.tzinfo is None:
        raise DomainError("moment_without_offset", "Say the moment's offset from UTC.", "at")
    if at is not None and at <= now:
        raise DomainError("moment_passed", "The moment to publish at has passed.", "at")


def _kind(kind: str | None, note: str, told: Edition | None) -> Kind:
    gone = told is not None and told.kind in UNLISTED
    if kind is None:
        kind = Kind.FIRST if told is None else Kind.REINSTATEMENT if gone else Kind.UPDATE
    if kind not in PUBLISHABLE:
        raise DomainError(
            "kind_unknown",
            "One of %(kinds)s can be published.",
            "kind",
            kinds=", ".join(sorted(PUBLISHABLE)),
        )
    # Of what readers will know when it shows; whether another waits is asked of its moment.
    result_of(kind, shows(told.kind if told else None), Waits.NONE)
    if kind in NEEDS_NOTE and not note:
        raise DomainError("note_missing", "Say to readers what was wrong and what is right.", "note")
    return Kind(kind)


def _raise_if_no_such_change(content: dict, told: Edition | None, kind: Kind) -> None:
    """Something has changed since the last edition, and for a minor edit nothing that readers rely on."""
    if told is None:
        return
    before = json.loads(told.content.document)["content"]
    if before == content:
        raise DomainError("nothing_changed", "The draft is what its last edition says already.")
    if kind == Kind.MINOR and (what := touched(before, content)):
        raise DomainError("not_minor", "A minor edit may not change this: %(what)s.", "kind", what=what)
