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
        try:
            user = get_user_model().objects.get(username=username, is_active=True)
        except get_user_model().DoesNotExist:
            raise CommandError(f"unknown_user: there is no active user called {username!r}") from None
        user.acting_through = "shell"
        return user
