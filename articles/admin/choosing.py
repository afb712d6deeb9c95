"""Choose a record by typing: no script is needed, lists only help.

A record that exists is written as the lists offer it, with its public id in square brackets at the end.
"""

import re

from django import forms

from articles import evidence
from newsroom.core.errors import DomainError
from sources.models import Speaker

_ID = re.compile(r"\[([0-9a-z]{12})\]\s*$")


def offered(record) -> str:
    """How a list offers ``record``, and how :func:`chosen` reads it back."""
    return f"{record} [{record.public_id}]"


def chosen(model, text: str, field: str):
    """The record that ``text`` names by its public id, or None if it names none.

    Raises DomainError ``record_unknown`` for an id that no record has.
    """
    found = _ID.search(text)
    if not found:
        return None
    try:
        return model.objects.get(public_id=found[1])
    except model.DoesNotExist:
        raise DomainError(
            "record_unknown", f"There is no {model._meta.verbose_name} {found[1]}.", field
        ) from None


def line(label, *, lists="", required=True, help_text="", length=2000):
    attrs = {"list": lists, "autocomplete": "off"} if lists else {}
    return forms.CharField(
        label=label,
        required=required,
        max_length=length,
        help_text=help_text,
        widget=forms.TextInput(attrs=attrs),
    )


def speaker_named(text: str, kind: str, *, new: bool, by, now) -> Speaker | None:
    """The speaker that ``text`` names, entered if ``new``; None for an empty text.

    Raises DomainError ``speaker_unknown``, ``speaker_ambiguous``.
    """
    name = text.strip()
    if not name or (speaker := chosen(Speaker, name, "speaker")):
        return speaker if name else None
    namesakes = list(Speaker.objects.filter(name__iexact=name)[:5])
    if new:
        return evidence.enter_speaker(name=name, kind=kind, by=by, now=now)
    if len(namesakes) == 1:
        return namesakes[0]
    if namesakes:
        listed = "; ".join(offered(speaker) for speaker in namesakes)
        raise DomainError("speaker_ambiguous", f"Which one? {listed}", "speaker")
    raise DomainError("speaker_unknown", "No speaker has this name. Tick “new” to enter one.", "speaker")


def record_of(model, public_id: str):
    """The record with ``public_id``; raises DomainError ``record_unknown``."""
    record = model.objects.filter(public_id=public_id).first()
    if record is None:
        raise DomainError("record_unknown", f"There is no such {model._meta.verbose_name}.")
    return record
