"""The edition that stands where an article was."""

import json
from collections.abc import Callable
from datetime import datetime

from articles.documents import empty_content
from articles.holding import arrange
from articles.models import Article, Edition, Removal
from articles.models.removal import CONFIRMED_WITHIN
from articles.noticing import those_who_may
from articles.publishing.announcing import announce
from articles.publishing.editions import Making, make_edition
from articles.receipts import last_told
from articles.rules.after_publication import Shows, Waits, result_of, shows
from articles.rules.kinds import Kind
from articles.taking_turns import behind_what_shows
from newsroom.notices.telling import tell


def state_of(article: Article, *, now: datetime) -> tuple[Shows, Waits]:
    """What the article's address shows at ``now``, and whether an edition waits. Two queries."""
    edition = Edition.objects.current(now).filter(article=article).first()
    waiting = (
        Edition.objects.waiting(now).filter(article=article).values_list("release__embargoed", flat=True)
    )
    waits = Waits.EMBARGOED if any(waiting) else Waits.SCHEDULED if waiting else Waits.NONE
    return (shows(edition.kind, closes_history=edition.closes_history) if edition else Shows.NOTHING), waits


def stand_in(
    article: Article,
    act: str,
    kind: Kind,
    *,
    by,
    now: datetime,
    at: datetime | None = None,
    reason: str,
    note: str = "",
    headline: Callable[[dict], str] = lambda content: "",
    closes_history: bool,
) -> Edition:
    """Let an edition of ``kind`` without text show in the place of ``article``, whose row is locked, from ``at``.

    At once (``at`` None), what waits is put on hold. ``reason`` is for whoever confirms it within
    :data:`articles.models.removal.CONFIRMED_WITHIN` of that moment. ``headline`` is taken from the content it stands in
    for. Raises the refusals of :func:`articles.rules.after_publication.result_of`, and ``edition_waiting`` for a later
    moment.
    """
    now = behind_what_shows(article, now)
    showing, waits = state_of(article, now=now)
    result_of(act, showing, waits)
    if at is None and waits != Waits.NONE:
        waiting = Edition.objects.waiting(now).filter(article=article).values_list("pk", flat=True)
        arrange(article, dict.fromkeys(waiting), why=str(kind), now=now, by=by)
    told = last_told(article)
    before = json.loads(_with_text(article, told).content.document)["content"]
    making = Making(
        kind=kind,
        note=note,
        by=by,
        now=now,
        shows_from=at or now,
        closes_history=closes_history,
        approved_by=by,
    )
    content = empty_content(before, headline=headline(before))
    edition = make_edition(article, content, making, told=told)
    Removal.objects.create(
        edition=edition, reason=reason, by=by, at=now, confirm_by=(at or now) + CONFIRMED_WITHIN
    )
    due = (at or now) + CONFIRMED_WITHIN
    seconds = those_who_may("confirm_removal", article)
    tell(seconds, "article.removal_to_confirm", article, by=by, now=now, when=due.isoformat())
    tell(article.owners() - seconds, "article.removed", article, by=by, now=now)
    if at is None:
        announce(edition, now=now)
    return edition


def _with_text(article: Article, told: Edition) -> Edition:
    """The latest edition that says what the article was: not a notice, and nothing from before a take-down."""
    known = article.editions.not_withdrawn().not_taken_down().with_text().select_related("content")
    return known.order_by("number").last() or told
