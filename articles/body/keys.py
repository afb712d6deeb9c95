"""Segment keys: the address of a segment on a page (`#s-<key>`) and its identity across editions."""

import base64
import re
import secrets

KEY_FORM = re.compile(r"[a-z2-7]{10}")


def new_key() -> str:
    """Return a fresh random key: 10 characters of a-z and 2-7, which is 50 bits."""
    return base64.b32encode(secrets.token_bytes(7))[:10].decode("ascii").lower()


def is_key(text: str) -> bool:
    """Say whether `text` has the form of a key."""
    return KEY_FORM.fullmatch(text) is not None
