"""Who works in the demo newsroom, and the treaties it covers."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction

from articles.demo.plans import known_treaties
from articles.drafting import free_slug
from articles.models import Treaty
from newsroom.accounts.models import Person, User
from newsroom.accounts.roles import Role
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError

# No secret: it is printed, and the command that makes these accounts is refused in production.
PASSWORD = "sample-newsroom"  # noqa: S105

# Username, first name, role. One role each, so that whoever tries the desk meets its refusals.
ACCOUNTS = (
    ("reporter", "Ada", Role.REPORTER),
    ("checker", "Cyril", Role.FACT_CHECKER),
    ("editor", "Edith", Role.EDITOR),
    ("duty", "Duncan", Role.DUTY_EDITOR),
    ("admin", "Agnes", Role.ADMINISTRATOR),
)
SURNAME = "Sample"


@dataclass(frozen=True)
class Staff:
    """The accounts of the demo, acting through the shell."""

    reporter: User
    checker: User
    editor: User
    duty: User
    admin: User


@transaction.atomic
def hire(*, now: datetime) -> Staff:
    """The accounts, made where they are missing; those that are there are left as they are.

    Raises DomainError ``account_taken`` if an account of such a name has not the role it needs.
    """
    # Two loads at once take turns from here on.
    Group.objects.select_for_update().get_or_create(name=Role.REPORTER)
    usernames = [username for username, _, _ in ACCOUNTS]
    known = {user.username: user for user in User.objects.filter(username__in=usernames)}
    # One hash for all of them: it is one password, and a hash takes long by design.
    password = make_password(PASSWORD) if len(known) < len(ACCOUNTS) else ""
    for username, first_name, role in ACCOUNTS:
        if username not in known:
            user = User(
                username=username, first_name=first_name, last_name=SURNAME, is_staff=True, password=password
            )
            user.save(force_insert=True)
            user.groups.add(Group.objects.get_or_create(name=role)[0])
            record("user.entered", user, by=None, now=now, roles=[str(role)])
            known[username] = user
        elif role not in known[username].roles:
            raise DomainError(
                "account_taken", f"There is an account {username!r} that is not the demo's.", username
            )
        known[username].acting_through = "shell"
    return Staff(**known)


def person_named(name: str, staff: Staff, *, now: datetime) -> Person:
    """Whoever stands in bylines as ``name``; the reporter's account is hers if it is her name."""
    if person := Person.objects.filter(name=name).first():
        return person
    user = staff.reporter if name == staff.reporter.get_full_name() else None
    person = Person.objects.create(name=name, slug=free_slug(Person, name), user=user)
    record("person.entered", person, by=staff.admin, now=now)
    return person


def treaty_called(slug: str, staff: Staff, *, now: datetime) -> Treaty:
    """The treaty with this slug, entered if it is not there."""
    if treaty := Treaty.objects.filter(slug=slug).first():
        return treaty
    treaty = Treaty(slug=slug, **known_treaties()[slug])
    treaty.full_clean()
    treaty.save(force_insert=True)
    record("treaty.entered", treaty, by=staff.reporter, now=now)
    return treaty
