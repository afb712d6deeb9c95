"""Choose a record by typing: no script is needed, lists only help.

A record that exists is written as the lists offer it, with its public id in square brackets at the end.
"""

import re

from newsroom.core.errors import DomainError
from newsroom.core.ids import PUBLIC_ID
from newsroom.core.merged import standing_for

_ID = re.compile(rf"\[({PUBLIC_ID.pattern})\]\s*$")


def offered(record) -> str:
    """How a list offers ``record``, and how :func:`chosen` reads it back."""
    return f"{record} [{record.public_id}]"


def names_record(text: str) -> bool:
    """Whether ``text`` names a record by its public id, be there one or not."""
    return bool(_ID.search(text))


def chosen(model, text: str, field: str):
    """The record that ``text`` names by its public id, or None if it names none.

    Raises DomainError ``record_unknown`` for an id that no record has.
    """
    found = _ID.search(text)
    if not found:
        return None
    try:
        return standing_for(model.objects.get(public_id=found[1]))
    except model.DoesNotExist:
        raise DomainError(
            "record_unknown",
            "There is no %(kind)s %(found)s.",
            field,
            kind=model._meta.verbose_name,
            found=found[1],
        ) from None


def record_of(model, public_id: str):
    """The record with ``public_id``; raises DomainError ``record_unknown``."""
    record = model.objects.filter(public_id=public_id).first()
    if record is None:
        raise DomainError("record_unknown", "There is no such %(kind)s.", kind=model._meta.verbose_name)
    return standing_for(record)
