"""The keys under which lies what no copy of the database may tell: identities of confidential sources, and the secrets
of second factors and webhooks. They are kept apart from it, and exchanged in one go (rotate_identity_keys)."""

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

from newsroom.core.errors import DomainError


def cipher() -> MultiFernet:
    """Encrypts with the first of the keys and opens with any. Raises DomainError ``identity_keys_missing``."""
    if not settings.NEWSROOM_IDENTITY_KEYS:
        raise DomainError("identity_keys_missing", "There is no key to encrypt with.")
    return MultiFernet([Fernet(key) for key in settings.NEWSROOM_IDENTITY_KEYS])
