"""Enter in the partners' change feed what has become visible, and purge what is older from every cache."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Max, Min

from articles.models import Article, Change, Edition, Release, StatementCitation
from articles.pinging import ping_after_commit
from articles.publishing.other_versions import versions_to_make_anew
from articles.purging import LISTS, keys_of
from articles.rules.change_kinds import Happened
from articles.rules.entitlements import Entitlement
from newsroom.audit.recording import record
from newsroom.core.deferring import defer
from newsroom.core.merged import rows_of
from newsroom.core.purging import purge_after_commit
from sources.models import Source

# Held to the end of the transaction by whoever numbers changes; taken last, so that it is held shortly: first the
# article's row, without which nobody touches its releases, then this. Who holds it waits for no row any more. The
# number itself means nothing; it must only be no other lock's.
CHANGE_LOCK = 7_307_001


def announce(edition: Edition, *, now: datetime) -> Change:
    """Enter ``edition`` in the change feed; called in the transaction in which it becomes visible, as its last step,
    by whoever holds the article's row. What of the article was due and not announced yet is entered before it.
    """
    _lock_changes()
    before = Edition.objects.filter(article=edition.article_id).exclude(pk=edition.pk)
    return _enter_late(before if edition.number > 1 else Edition.objects.none(), then=edition, now=now)[-1]


def announce_source(source: Source, happened: Happened, *, now: datetime) -> list[Change]:
    """Enter that ``source`` was withdrawn or reinstated, as the last step of that act.

    Once for each id by which editions that show or have shown name it, for others may be merged into it; of an id
    that none names nobody outside knows.
    """
    named = StatementCitation.objects.filter(
        source__in=rows_of(source), statement__edition__in=Edition.objects.released(now)
    )
    known = Source.objects.filter(pk__in=named.values("source")).order_by("pk")
    if not known:
        return []
    _lock_changes()
    return _enter([Change(kind=happened, source=each, at=now) for each in known])


def announce_amended(shared, kind: Happened, *, fields: list[str], note: str, now: datetime) -> Change:
    """Enter that public ``fields`` of a record that articles share were amended, as the last step of that act."""
    _lock_changes()
    about = {kind.removesuffix("_amended"): shared}
    return _enter([Change(kind=kind, fields=fields, note=note, at=now, **about)])[0]


def announce_move(article: Article, *, now: datetime) -> Change:
    """Enter that the public ``article``, whose row is locked, has another address, as the last step of that act."""
    versions_to_make_anew(article)
    _lock_changes()
    return _enter([Change(kind=Happened.MOVED, article=article, at=now)])[0]


def announce_opened(delay: timedelta, *, to: Entitlement, since: datetime, until: datetime) -> int:
    """Enter that the articles of ``to`` have been public for ``delay`` that came to be so from ``since`` to before
    ``until``, as the last step of whoever notes that this stretch was told; returns how many."""
    opened = Edition.objects.became_public(since - delay, until - delay).open_to(to, until)
    moments = opened.order_by().values("article").annotate(at=Min("release__showing__startswith"))
    found = sorted((row["at"], row["article"]) for row in moments)
    if not found:
        return 0
    _lock_changes()
    _enter(
        [
            Change(kind=Happened.OPENED, article_id=article, delay=delay, at=at + delay)
            for at, article in found
        ]
    )
    return len(found)


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
        return len(_enter_late(Edition.objects.filter(article__in=locked), now=now))


def _lock_changes() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHANGE_LOCK])


def _enter_late(editions, *, now: datetime, then: Edition | None = None) -> list[Change]:
    """Enter those of ``editions`` that are due and not announced, in the order of their moments, and behind them
    ``then``, which shows from ``now`` on."""
    due = editions.released(now).filter(release__announced=False).order_by("release__showing", "number")
    late = list(due.select_related("release", "article"))
    shown = [(edition, edition.release.showing.lower) for edition in late] + ([(then, now)] if then else [])
    if not shown:
        return []
    changes = _enter([Change(kind=edition.kind, edition=edition, at=at) for edition, at in shown])
    Release.objects.filter(edition__in=[edition for edition, _at in shown]).update(announced=True)
    articles = {edition.article_id: edition.article for edition, _at in shown}
    for article in articles.values():
        versions_to_make_anew(article)
    for edition, _at in shown:
        defer("articles.tasks.follow_edition", edition=edition.pk)
    for edition in late:
        record("edition.announced", edition.article, by=None, now=now, edition=edition.number)
    ping_after_commit()
    purge_after_commit([key for article in articles.values() for key in keys_of(article)] + [LISTS])
    return changes


def _enter(changes: list[Change]) -> list[Change]:
    """Number ``changes``, at least one, in their order and store them: all that one act enters, for it is told by one
    job."""
    last = Change.objects.aggregate(last=Max("number"))["last"] or 0
    for number, change in enumerate(changes, last + 1):
        change.number = number
    # By name: whom it is sent to is known above.
    defer("newsroom.partners.tasks.make_deliveries")
    return Change.objects.bulk_create(changes)
