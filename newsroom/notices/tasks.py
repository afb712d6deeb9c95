"""Letters wait for the queue, which tries again what a mail server refused."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from newsroom.core.deferring import defer
from newsroom.notices import posting

# Tried anew after 10, 70, 130 … seconds, for a working day.
PATIENTLY = RetryStrategy(max_attempts=30, wait=10, linear_wait=60)


@app.task(retry=PATIENTLY)
def send_notice(notice: int) -> None:
    """Send one notice; safe to run twice."""
    posting.send_at_once(notice, now=timezone.now())


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="send_due_digests")
def send_due_digests(timestamp: int) -> None:
    """Queue a letter to each whose digest is due; safe to run twice, also where the first letters still wait."""
    for user in posting.digests_due(now=timezone.now()):
        defer("newsroom.notices.tasks.send_digest", user=user)


@app.task(retry=PATIENTLY)
def send_digest(user: int) -> None:
    """Send one person's digest; safe to run twice."""
    posting.send_digest(user, now=timezone.now())
