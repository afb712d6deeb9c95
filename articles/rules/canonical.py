"""Canonical JSON and its digest.

The form is that of RFC 8785 for the values documents are made of: objects with ASCII names, arrays, strings,
integers, booleans and null. A test compares it with a reference implementation.
"""

import hashlib
import json


def canonical_json(value) -> str:
    """``value`` as canonical JSON text. Raises TypeError or ValueError for values outside the form above."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(text: str) -> str:
    """SHA-256 of the UTF-8 bytes of ``text``, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def digest_of(value) -> str:
    """The digest of ``value``'s canonical JSON."""
    return digest(canonical_json(value))
