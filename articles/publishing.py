"""Make editions: publish now, schedule, release an archive; and announce what has become visible."""

import json
from datetime import UTC, date, datetime, timedelta

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Max

from articles.access import raise_if_may_not
from articles.documents import build_content, build_document
from articles.dossier import Dossier, open_dossier
from articles.drafting import lock
from articles.models import (
    Article,
    Change,
    Edition,
    EditionContent,
    Release,
    Rendering,
    Statement,
    StatementCitation,
    StatementQuote,
)
from articles.readiness import NotReady, assess, draft_blockers, standing
from articles.rendering import render_edition, withdrawals_of
from articles.rules.canonical import canonical_json, digest
from articles.rules.kinds import NEEDS_NOTE, PUBLISHABLE, Kind
from articles.rules.minor import touched
from articles.rules.stages import MOVES
from articles.taking_turns import while_sources_stand
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.core.typed import typed

NOTE_LENGTH = 2000

# Held to the end of the transaction by whoever numbers changes; taken last, so that it is held shortly: first the
# article's row, without which nobody touches its releases, then this. Who holds it waits for no row any more. The
# number itself means nothing; it must only be no other lock's.
CHANGE_LOCK = 7_307_001


@transaction.atomic
def publish(
    article: Article,
    *,
    by,
    now: datetime,
    at: datetime | None = None,
    kind: str | None = None,
    note: str = "",
) -> Edition:
    """Make the approved draft the article's next edition, showing from ``at`` (aware; None: at once).

    ``kind`` is ``first`` for the first edition and ``update`` for later ones unless said otherwise. Raises
    :class:`articles.readiness.NotReady` with the blockers, or DomainError ``not_allowed``, ``moment_passed``,
    ``moment_without_offset``, ``kind_unknown``, ``kind_not_first``, ``note_missing``, ``text_too_long``,
    ``text_unreadable``, ``edition_waiting``, ``nothing_changed``, ``not_minor``. Nothing is changed then.
    """
    while_sources_stand()
    article = lock(article)
    raise_if_may_not(by, "publish")
    if at is not None and at.tzinfo is None:
        raise DomainError("moment_without_offset", "Say the moment's offset from UTC.", "at")
    if at is not None and at <= now:
        raise DomainError("moment_passed", "The moment to publish at has passed.", "at")
    last = article.editions.order_by("number").last()
    # What is on hold never shows: readers know the article, if at all, by the one before.
    told = article.editions.not_withdrawn().order_by("number").last()
    note = typed(note, "note", limit=NOTE_LENGTH)
    kind = _kind(kind, note, told)
    dossier = open_dossier(article)
    content = build_content(dossier)
    assessed = assess(dossier, content, now=now, shows_from=at)
    if unwaived := standing(assessed):
        raise NotReady(unwaived)
    raise_if_may_not(by, "publish", article)
    waived = sorted({blocker.place for blocker in assessed})
    _raise_if_no_such_change(content, told, kind)
    edition = _make_edition(
        dossier, content, last, kind=kind, note=note, by=by, now=now, shows_from=at or now, waived=waived
    )
    act = "article.scheduled" if at else "article.published"
    record(
        act,
        article,
        by=by,
        now=now,
        edition=edition.number,
        kind=str(kind),
        shows_from=(at or now).isoformat(),
    )
    if at is None:
        announce(edition, now=now)
    return edition


@transaction.atomic
def release_as_archive(article: Article, *, published_on: date, by, now: datetime) -> Edition:
    """Release an imported old story under the visible label "published before our evidence rules".

    Nobody has checked it, and it says so on every sentence; ``published_on`` is its original date, before today in
    UTC. Raises :class:`articles.readiness.NotReady` with the absolute blockers of the draft, or DomainError
    ``not_allowed``, ``not_an_import`` (it came with no archive), ``published_already``, ``changed_since_import``,
    ``date_not_past``.
    """
    while_sources_stand()
    article = lock(article)
    raise_if_may_not(by, "release_as_archive", article)
    imported = getattr(article, "imported", None)
    if imported is None or not imported.archive:
        raise DomainError(
            "not_an_import", "Only what was imported with an archive can be released as archive."
        )
    if article.editions.exists():
        raise DomainError("published_already", "This article has an edition already.")
    if article.version != 1:
        raise DomainError("changed_since_import", "The draft is no longer what was imported.", "version")
    if published_on >= now.astimezone(UTC).date():
        raise DomainError("date_not_past", "An archive story is of a day before today.", "published_on")
    dossier = open_dossier(article)
    if absolute := [blocker for blocker in draft_blockers(dossier, shows_from=now) if blocker.absolute]:
        raise NotReady(absolute)
    edition = _make_edition(
        dossier,
        build_content(dossier),
        None,
        kind=Kind.FIRST,
        note="",
        by=by,
        now=now,
        shows_from=now,
        waived=sorted(dossier.by_key),
        archive={"published_on": published_on.isoformat()},
    )
    record("article.released_as_archive", article, by=by, now=now, published_on=published_on.isoformat())
    announce(edition, now=now)
    return edition


def announce(edition: Edition, *, now: datetime) -> Change:
    """Enter ``edition`` in the change feed; called in the transaction in which it becomes visible, as its last step,
    by whoever holds the article's row. What of the article was due and not announced yet is entered before it.
    """
    _lock_changes()
    _announce_late(Edition.objects.filter(article=edition.article_id).exclude(pk=edition.pk), now=now)
    return _enter_change(edition, at=now)


def announce_due(*, now: datetime) -> int:
    """Enter every edition whose moment has come and that nobody announced; returns how many. Safe to run twice.

    An article that somebody else is changing is left for the next time.
    """
    with transaction.atomic():
        due = Edition.objects.released(now).filter(release__announced=False)
        articles = Article.objects.filter(pk__in=due.values("article")).select_for_update(
            skip_locked=True, no_key=True
        )
        if not (locked := list(articles.values_list("pk", flat=True))):
            return 0
        _lock_changes()
        # Asked anew: only now nobody else can be announcing these, or an earlier edition of theirs.
        return _announce_late(Edition.objects.filter(article__in=locked), now=now)


def _lock_changes() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHANGE_LOCK])


def _announce_late(editions, *, now: datetime) -> int:
    """Enter those of ``editions`` that are due and not announced, in the order of their moments; returns how many."""
    due = editions.released(now).filter(release__announced=False).order_by("release__showing", "number")
    late = list(due.select_related("release", "article"))
    for edition in late:
        _enter_change(edition, at=edition.release.showing.lower)
        record("edition.announced", edition.article, by=None, now=now, edition=edition.number)
    return len(late)


def _enter_change(edition: Edition, *, at: datetime) -> Change:
    number = (Change.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    change = Change.objects.create(number=number, edition=edition, kind=edition.kind, at=at)
    Release.objects.filter(edition=edition).update(announced=True)
    return change


def _kind(kind: str | None, note: str, last: Edition | None) -> Kind:
    if kind is None:
        kind = Kind.UPDATE if last else Kind.FIRST
    if kind not in PUBLISHABLE:
        raise DomainError(
            "kind_unknown", f"One of {', '.join(sorted(PUBLISHABLE))} can be published.", "kind"
        )
    if (kind == Kind.FIRST) != (last is None):
        raise DomainError("kind_not_first", "The first edition, and only that, is of kind first.", "kind")
    if kind in NEEDS_NOTE and not note:
        raise DomainError("note_missing", "Say to readers what was wrong and what is right.", "note")
    return Kind(kind)


def _raise_if_no_such_change(content: dict, last: Edition | None, kind: Kind) -> None:
    """Something has changed since the last edition, and for a minor edit nothing that readers rely on."""
    if last is None:
        return
    before = json.loads(last.content.document)["content"]
    if before == content:
        raise DomainError("nothing_changed", "The draft is what its last edition says already.")
    if kind == Kind.MINOR and (what := touched(before, content)):
        raise DomainError("not_minor", f"A minor edit may not change this: {what}.", "kind")


def _make_edition(
    dossier: Dossier,
    content: dict,
    last: Edition | None,
    *,
    kind,
    note,
    by,
    now,
    shows_from,
    waived,
    archive=None,
) -> Edition:
    article = dossier.article
    _raise_if_out_of_order(article, shows_from)
    document = build_document(
        content, article=article, last=last, kind=kind, note=note, not_yet_checked=waived, archive=archive
    )
    text = canonical_json(document)
    edition = Edition.objects.create(
        article=article,
        number=document["edition"]["number"],
        kind=kind,
        digest=digest(text),
        previous_digest=document["edition"]["previous"],
        published_by=by,
        created_at=now,
    )
    EditionContent.objects.create(edition=edition, document=text)
    _index(edition, dossier, content)
    # The edition that shows now shows until then; an edition that waits stays where it is (its own lower bound).
    for release in article.releases.filter(showing__upper_inf=True):
        release.showing = DateTimeTZRange(release.showing.lower, shows_from)
        release.save(update_fields=["showing"])
    Release.objects.create(article=article, edition=edition, showing=DateTimeTZRange(shows_from, None))
    # From the stored text, as a rebuild does it: the order of a document's entries is part of the bytes.
    withdrawn = withdrawals_of(dossier.sources())
    Rendering.objects.bulk_create(render_edition(edition, json.loads(text), withdrawn))
    article.stage = MOVES["publish"][1]
    article.save(update_fields=["stage"])
    return edition


def _raise_if_out_of_order(article: Article, shows_from: datetime) -> None:
    """While an edition waits, none may show earlier: it would be built on what readers have not seen."""
    if Edition.objects.filter(article=article).waiting(shows_from - timedelta(microseconds=1)).exists():
        raise DomainError(
            "edition_waiting", "An edition is waiting to show later: withdraw it or publish on top.", "at"
        )


def _index(edition: Edition, dossier: Dossier, content: dict) -> None:
    """The statements of the edition, with their quotes and sources."""
    statements = Statement.objects.bulk_create(
        Statement(edition=edition, key=seen.key, position=position, wording=seen.wording, claim=seen.claim)
        for position, seen in enumerate(dossier.segments)
    )
    pairs = list(zip(statements, dossier.segments, strict=True))
    StatementQuote.objects.bulk_create(
        StatementQuote(statement=statement, quote=quote, printed=content["quotes"][quote.public_id])
        for statement, seen in pairs
        for quote in seen.quotes
    )
    sources = {number: source for source, number in dossier.numbers.items()}
    StatementCitation.objects.bulk_create(
        StatementCitation(
            statement=statement, source_id=sources[number], stance=stance, number=number, evidence=evidence
        )
        for statement, printed in zip(statements, content["statements"], strict=True)
        for (number, stance), evidence in _by_source(printed["evidence"]).items()
    )


def _by_source(evidence: list[dict]) -> dict[tuple[int, str], list[dict]]:
    """A document's evidence entries by the source's number and the stance, without these two."""
    grouped: dict[tuple[int, str], list[dict]] = {}
    for entry in evidence:
        rest = {name: value for name, value in entry.items() if name not in ("source", "stance")}
        grouped.setdefault((entry["source"], entry["stance"]), []).append(rest)
    return grouped
