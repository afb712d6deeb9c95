"""The secrets by which receivers know that it was us: made here, shown once, kept encrypted."""

import base64
import secrets

from cryptography.fernet import InvalidToken
from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from newsroom.core.errors import DomainError
from newsroom.core.sealing import cipher
from newsroom.partners.models import Endpoint

MARK, BYTES = "whsec_", 32


def new_secret() -> str:
    """A random secret as receivers enter it (Standard Webhooks)."""
    return MARK + base64.b64encode(secrets.token_bytes(BYTES)).decode()


@sensitive_variables()
def seal(secret: str) -> bytes:
    """``secret`` encrypted. Raises DomainError ``identity_keys_missing``."""
    return cipher().encrypt(secret.encode())


@sensitive_variables()
def unseal(sealed: bytes) -> bytes:
    """The bytes that sign. Raises DomainError ``secret_unreadable`` where no key opens it."""
    try:
        return base64.b64decode(cipher().decrypt(bytes(sealed)).decode().removeprefix(MARK))
    except InvalidToken:
        raise DomainError("secret_unreadable", "No key of ours opens this secret.") from None


@transaction.atomic
def seal_anew() -> tuple[int, list[str]]:
    """Encrypt every secret under the first key of the settings, so that the other keys may go.

    Returns how many endpoints there are now under it, and the public ids of those no key opens: left as they are.
    """
    done, unreadable = 0, []
    for endpoint in Endpoint.objects.select_for_update().filter(removed_at=None).order_by("pk").iterator():
        try:
            endpoint.sealed = cipher().rotate(bytes(endpoint.sealed))
            if endpoint.sealed_before is not None:
                endpoint.sealed_before = cipher().rotate(bytes(endpoint.sealed_before))
        except InvalidToken:
            unreadable.append(endpoint.public_id)
        else:
            endpoint.save(update_fields=["sealed", "sealed_before"])
            done += 1
    return done, unreadable
