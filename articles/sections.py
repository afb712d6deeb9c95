"""Change what readers know a section by."""

from datetime import datetime

from django.db import transaction

from articles.access import raise_if_may_not
from articles.models import Section
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.core.typed import typed

NOTE_LENGTH = 2000


@transaction.atomic
def rename_section(section: Section, *, name: str, note: str, by, now: datetime) -> Section:
    """Call ``section`` by another ``name`` from now on. Editions keep what they printed; its address stays.

    Raises DomainError ``not_allowed``, ``name_missing``, ``note_missing``, ``nothing_changed``, ``text_too_long``.
    """
    raise_if_may_not(by, "rename_section")
    name, note = typed(name, "name", limit=100, lines=False), typed(note, "note", limit=NOTE_LENGTH)
    if not name:
        raise DomainError("name_missing", "Say what it is called.", "name")
    if not note:
        raise DomainError("note_missing", "Say why.", "note")
    section = Section.objects.select_for_update().get(pk=section.pk)
    if name == section.name:
        raise DomainError("nothing_changed", "It is called this already.", "name")
    was, section.name = section.name, name
    section.save(update_fields=["name"])
    record("section.renamed", section, by=by, now=now, was=was, name=name, note=note)
    return section
