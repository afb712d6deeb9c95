"""Finished JSON objects that can be taken apart without being read: a tab stands before each member, and in JSON
nowhere else, for within strings it is escaped."""

import json
from collections.abc import Mapping

from newsroom.core.answering import as_json

_MEMBER = b"\t"


def as_members(value: Mapping) -> bytes:
    """``value`` as JSON in UTF-8 on one line, from which :func:`members_of` takes its members."""
    return joined({name: as_json(member) for name, member in value.items()})


def members_of(body: bytes) -> dict[str, bytes]:
    """The members of a JSON object by name, each as JSON; one that :func:`as_members` did not make is read for it."""
    if not body.startswith(b"{" + _MEMBER):
        return {name: as_json(member) for name, member in json.loads(body).items()}
    # No name of ours has a quotation mark or a colon.
    parts = (part.partition(b":") for part in body[2:-1].split(b"," + _MEMBER))
    return {name[1:-1].decode(): member for name, _colon, member in parts}


def joined(members: Mapping[str, bytes]) -> bytes:
    """The object with these members, each JSON already."""
    return (
        b"{" + b",".join(_MEMBER + as_json(name) + b":" + member for name, member in members.items()) + b"}"
    )
