"""Work that waits for a moment rather than for a person."""

from itertools import batched

from django.utils import timezone
from procrastinate.contrib.django import app

from articles.corrections import escalate_removals
from articles.publishing import announce_due
from articles.rendering.rebuilding import outdated, rebuild

# Editions made anew in one transaction.
BATCH = 50


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


@app.task
def remake_outdated() -> None:
    """Make finished pages anew that an act could not make at once; safe to run twice and to stop."""
    for batch in batched(outdated(), BATCH):
        rebuild(batch)
