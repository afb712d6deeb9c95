"""Public ids: random, so that they tell nothing about number, order or date (design, rule 10)."""

import re
import secrets

from django.db import models

# Crockford's base 32 in lower case: no i, l, o or u, so an id survives being read aloud.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 12
# What looks like one.
PUBLIC_ID = re.compile(rf"[0-9a-z]{{{LENGTH}}}")


def new_public_id() -> str:
    """A random id of 12 characters (60 bits)."""
    return "".join(ALPHABET[byte & 31] for byte in secrets.token_bytes(LENGTH))


class PublicIdField(models.CharField):
    """The id by which a record is addressed outside the database; never the row's own key."""

    def __init__(self, **kwargs):
        super().__init__(
            **{"max_length": LENGTH, "unique": True, "default": new_public_id, "editable": False, **kwargs}
        )

    def deconstruct(self):
        # Said always: Django leaves a False out, and the constructor would take that for the default above.
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "unique": self.unique}
