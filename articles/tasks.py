"""Work that waits for a moment rather than for a person."""

from datetime import date
from itertools import batched

from django.apps import apps
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from articles.challenging import contact
from articles.corrections import escalate_removals
from articles.pinging import hub, ping
from articles.publishing import announce_due
from articles.rendering.rebuilding import outdated, rebuild
from articles.rendering.social_pictures import draw_ahead
from articles.scoring import MONTHS, count_month, month_of
from articles.searching import learn_words
from articles.standings import count_standing as count
from articles.standings import missed, queue_counts, touched_by

# Drafts whose counting is queued in one go.
MISSED = 500
# Editions made anew in one transaction.
BATCH = 50
# Tried anew after 10, 70, 130 … seconds, for a working day.
PATIENTLY = RetryStrategy(max_attempts=30, wait=10, linear_wait=60)


# Six fields: every two seconds. An edition shows by its release alone; this only tells partners, within 5 seconds.
@app.periodic(cron="* * * * * */2")
@app.task(queueing_lock="announce_due_editions")
def announce_due_editions(timestamp: int) -> None:
    """Enter in the change feed what has become visible; safe to run twice."""
    announce_due(now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="escalate_removals")
def escalate_unconfirmed_removals(timestamp: int) -> None:
    """Tell of removals that nobody confirmed in time; safe to run twice."""
    escalate_removals(now=timezone.now())


@app.task(retry=PATIENTLY)
def write_to_challenger(challenge: int) -> None:
    """Tell who doubted a sentence what became of it, if they asked for a letter; safe to run twice."""
    contact.write(challenge)


@app.periodic(cron="23 4 * * *")
@app.task(queueing_lock="forget_challengers")
def forget_challengers(timestamp: int) -> None:
    """Erase addresses that waited too long; safe to run twice."""
    contact.forget_old(now=timezone.now())


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="count_scores")
def count_scores(timestamp: int) -> None:
    """Count this month's evidence, at three also the year's before it; safe to run twice."""
    now = timezone.now()
    for before in range(MONTHS if now.hour == 3 else 1):
        count_month(month_of(now, before), now=now)


@app.task(queueing_lock="count_one_month")
def count_one_month(month: str) -> None:
    """Count the month that begins on this day (ISO); safe to run twice."""
    count_month(date.fromisoformat(month), now=timezone.now())


@app.task
def remake_outdated() -> None:
    """Make finished pages anew that an act could not make at once; safe to run twice and to stop."""
    for batch in batched(outdated(), BATCH):
        rebuild(batch)


@app.task(priority=-5)
def follow_edition(edition: int) -> None:
    """What can wait until the edition with this row key shows: its words are offered to whoever misspells one, and the
    picture beside links to it is drawn. Safe to run twice."""
    learn_words(edition)
    draw_ahead(edition)


@app.task(retry=PATIENTLY)
def ping_hub() -> None:
    """Tell the hub of the feeds that there is something new; safe to run twice."""
    if hub():
        ping()


# After everything a person waits for.
@app.task(priority=-5)
def count_standing(article: int) -> None:
    """Count how the draft with this row id stands; safe to run twice."""
    count(article, now=timezone.now())


@app.task(priority=-5)
def count_standings_of(kind: str, pk: int) -> None:
    """Queue the counting of every draft that rests on the record ``pk`` of ``kind`` (``app.model``)."""
    about = apps.get_model(kind).objects.filter(pk=pk).first()
    if about is not None:
        for batch in batched(touched_by(about).order_by("pk").values_list("pk", flat=True), MISSED):
            queue_counts(list(batch))


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="count_missed_standings")
def count_missed_standings(timestamp: int) -> None:
    """Queue the drafts that nobody counted, a few hundred at a time."""
    queue_counts(missed(MISSED))
