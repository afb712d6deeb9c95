"""Fill the demo newsroom: what is there stays as it is, what is missing comes, one transaction a story."""

from datetime import datetime

from django.db import transaction

from articles.arranging import arrange
from articles.demo.journey import Journey
from articles.demo.people import Staff, hire
from articles.demo.plans import Plan, pages, plans
from articles.models import Arrangement, Edition, Import, SitePage
from articles.scoring import count_month, month_of
from articles.site_pages import approve_page, write_page
from newsroom.accounts.models import User

# The demo's own name among the archives of imports, by which a story is known to be there.
ARCHIVE = "demo"
PINNED = 2


def load(*, now: datetime) -> int:
    """Load what is missing; returns how many stories that were. A load that was killed is just started again.

    Raises DomainError ``account_taken``, and whatever an act refuses; the stories before it stay.
    """
    staff = hire(now=now)
    wanted = plans()
    there = set(loaded().values_list("name", flat=True))
    _load_pages(staff, now=now)
    made = sum(_load(plan, staff, now=now) for plan in wanted if plan.name not in there)
    _arrange_home(staff, now=now)
    if made:
        # What a worker counts at night: the scorecard of the months in which its stories came out.
        for before in (1, 0):
            count_month(month_of(now, before), now=now)
    return made


def loaded():
    """The imports of the demo's stories."""
    return Import.objects.filter(archive=ARCHIVE)


@transaction.atomic
def _load(plan: Plan, staff: Staff, *, now: datetime) -> bool:
    # Two loads at once take turns, story by story.
    User.objects.select_for_update().get(pk=staff.reporter.pk)
    if loaded().filter(name=plan.name).exists():
        return False
    Journey(plan, staff, archive=ARCHIVE, now=now).run()
    return True


def _arrange_home(staff: Staff, *, now: datetime) -> None:
    """Pin the newest stories in English, where nobody has arranged the home page yet."""
    if not Arrangement.objects.of(None).exists():
        newest = Edition.objects.listed(now).filter(article__language="en").newest_shown()
        articles = [edition.article for edition in newest.select_related("article")[:PINNED]]
        arrange(None, articles=articles, leads=True, after=0, by=staff.editor, now=now)


@transaction.atomic
def _load_pages(staff: Staff, *, now: datetime) -> None:
    """What the newsroom says of itself, where it says nothing yet."""
    written = set(SitePage.objects.values_list("subject", "language"))
    for (subject, language), (title, body) in pages().items():
        if (subject, language) not in written:
            page = write_page(subject, language, title=title, body=body, after=0, by=staff.editor, now=now)
            approve_page(page, by=staff.duty, now=now)
