"""Work that waits for a moment rather than for a person."""

from itertools import batched

from django.core.mail import send_mail
from django.utils import timezone
from procrastinate.contrib.django import app

from articles.corrections import escalate_removals
from articles.corrections.confirming import answerable
from articles.models import Edition, Removal
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


@app.task(retry=5)
def tell_of_unconfirmed_removal(removal: int) -> None:
    """Write to those who answer for it. Run twice it writes twice."""
    gone = Removal.objects.select_related("edition__article", "edition__release").get(pk=removal)
    still = Edition.objects.current(timezone.now()).filter(pk=gone.edition_id).exists()
    if still and gone.confirmed_at is None and (people := answerable()):
        since = gone.edition.release.showing.lower
        slug, what = gone.edition.article.slug, gone.edition.get_kind_display()
        send_mail(
            f"Not confirmed: {slug} ({what})",
            f"The article {slug} was taken from readers at {since:%Y-%m-%d %H:%M} UTC and is to be confirmed by a"
            " second person. It stays away. Open it in the desk under “Published”.",
            None,
            people,
        )


@app.task
def remake_outdated() -> None:
    """Make finished pages anew that an act could not make at once; safe to run twice and to stop."""
    for batch in batched(outdated(), BATCH):
        rebuild(batch)
