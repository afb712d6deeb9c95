"""Work that waits for a moment rather than for a person."""

from itertools import batched

from django.core.mail import send_mail
from django.utils import timezone
from procrastinate.contrib.django import app

from articles.corrections import escalate_take_downs
from articles.corrections.taking_down import answerable
from articles.models import TakeDown
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
@app.task(queueing_lock="escalate_take_downs")
def escalate_unconfirmed_take_downs(timestamp: int) -> None:
    """Tell of take-downs that nobody confirmed in time; safe to run twice."""
    escalate_take_downs(now=timezone.now())


@app.task(retry=5)
def tell_of_unconfirmed_take_down(order: int) -> None:
    """Write to those who answer for it. Run twice it writes twice."""
    down = TakeDown.objects.select_related("edition__article").get(pk=order)
    if down.confirmed_at is None and (people := answerable()):
        slug = down.edition.article.slug
        send_mail(
            f"Nobody has confirmed a take-down: {slug}",
            f"The article {slug} was taken down at {down.at:%Y-%m-%d %H:%M} UTC and is to be confirmed by a second"
            " person. It stays down. Open it in the desk under “Published”.",
            None,
            people,
        )


@app.task
def remake_outdated() -> None:
    """Make finished pages anew that an act could not make at once; safe to run twice and to stop."""
    for batch in batched(outdated(), BATCH):
        rebuild(batch)
