"""Fill the demo newsroom: what is there stays as it is, what is missing comes, one transaction a story."""

from datetime import datetime

from django.db import transaction

from articles.demo.journey import Journey
from articles.demo.people import Staff, hire
from articles.demo.plans import Plan, plans
from articles.models import Import
from newsroom.accounts.models import User

# The demo's own name among the archives of imports, by which a story is known to be there.
ARCHIVE = "demo"


def load(*, now: datetime) -> int:
    """Load what is missing; returns how many stories that were. A load that was killed is just started again.

    Raises DomainError ``account_taken``, and whatever an act refuses; the stories before it stay.
    """
    staff = hire(now=now)
    wanted = plans()
    there = set(loaded().values_list("name", flat=True))
    return sum(_load(plan, staff, now=now) for plan in wanted if plan.name not in there)


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
