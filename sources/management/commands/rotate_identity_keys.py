"""Encrypt the identities of confidential sources anew under the first key."""

from django.core.management.base import CommandError

from newsroom.core.acting_by_shell import ActingCommand
from sources.confidentiality import seal_anew


class Command(ActingCommand):
    help = (
        "Encrypt every identity of a confidential source anew under the first key of NEWSROOM_IDENTITY_KEYS. "
        "Once it ends without an error, the other keys may be taken away."
    )

    def handle(self, **options):
        sealed, unreadable = seal_anew()
        self.stdout.write(f"{sealed} encrypted under the first key.")
        if unreadable:
            raise CommandError(
                f"identity_unreadable: no key opens {len(unreadable)}, left as they are, of the sources "
                f"{', '.join(unreadable)}. Keep the old keys."
            )
