"""Encrypt the identities of confidential sources, and the secrets of second factors and webhooks, anew under the first
key."""

from django.core.management.base import CommandError

from newsroom.accounts.second_factor import encrypt_anew
from newsroom.core.acting_by_shell import ActingCommand
from newsroom.partners.webhooks import secrets
from sources.confidentiality import seal_anew


class Command(ActingCommand):
    help = (
        "Encrypt every identity of a confidential source, and every secret of a second factor or webhook, anew under "
        "the first key of NEWSROOM_IDENTITY_KEYS. "
        "Once it ends without an error, the other keys may be taken away."
    )

    def handle(self, **options):
        sealed, unreadable = seal_anew()
        self.stdout.write(f"{sealed} encrypted under the first key.")
        factors, lost = encrypt_anew()
        if factors:
            self.stdout.write(f"{factors} secrets of second factors encrypted under the first key.")
        webhooks, closed = secrets.seal_anew()
        if webhooks:
            self.stdout.write(f"{webhooks} secrets of webhooks encrypted under the first key.")
        if unreadable:
            raise CommandError(
                f"identity_unreadable: no key opens {len(unreadable)}, left as they are, of the sources "
                f"{', '.join(unreadable)}. Keep the old keys."
            )
        if lost:
            raise CommandError(
                f"factor_unreadable: no key opens the second factors of {', '.join(lost)}, left as they are. Keep the "
                "old keys, or take these away."
            )
        if closed:
            raise CommandError(
                f"secret_unreadable: no key opens the secrets of the webhooks {', '.join(closed)}, left as they are. "
                "Keep the old keys, or give these new secrets."
            )
