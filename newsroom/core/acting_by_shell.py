"""What the commands that act for a person share: who acts, and how a refusal is told."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from newsroom.core.errors import DomainError


class ActingCommand(BaseCommand):
    """A command whose acts are recorded as "by shell, for" the person of ``--by``.

    A DomainError becomes one line on standard error, ``code: message (place)``, and exit code 1.
    """

    def execute(self, *args, **options):
        try:
            return super().execute(*args, **options)
        except DomainError as error:
            place = f" ({error.place})" if error.place else ""
            raise CommandError(f"{error.code}: {error.message}{place}") from error

    def person(self, username: str):
        """The active user called ``username``, acting through the shell; raises CommandError if there is none."""
        # A name no account can have is not asked of the database, which would refuse some of its characters.
        named = get_user_model().objects.filter(username=username, is_active=True)
        user = named.first() if username.isprintable() else None
        if user is None:
            raise CommandError(f"unknown_user: there is no active user called {username!r}")
        user.acting_through = "shell"
        return user
