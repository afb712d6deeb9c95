"""Amend what readers see of a record that articles share: a source, publisher, speaker, bylined person, treaty or
section.

Editions keep what they printed; the record's own page, and whatever is published next, show the new fields. Once an
edition has printed the record this act is the only way (design, "How a story travels").
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model

from articles.access import raise_if_may_not
from articles.models import Edition, Section, Treaty
from articles.publishing.announcing import announce_amended
from articles.purging import LISTS, keys_of_source
from articles.rules.change_kinds import Happened
from articles.rules.subjects import About
from newsroom.accounts.models import Person
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.core.merged import rows_of
from newsroom.core.purging import purge_after_commit
from newsroom.core.typed import typed
from sources.models import Publisher, Source, Speaker

KINDS: dict[type[Model], Happened] = {
    Source: Happened.SOURCE_AMENDED,
    Publisher: Happened.PUBLISHER_AMENDED,
    Speaker: Happened.SPEAKER_AMENDED,
    Person: Happened.PERSON_AMENDED,
    Treaty: Happened.TREATY_AMENDED,
    Section: Happened.SECTION_AMENDED,
}
NOTE_LENGTH = 500


def amendable(model: type[Model]) -> list[str]:
    """The fields this act changes: all that readers see but the address, which stays."""
    return [name for name in model.PRINTED if name != "slug"]


@transaction.atomic
def amend(shared, *, by, now: datetime, note: str, **fields):
    """Set ``fields`` (of :func:`amendable`) of the record ``shared``; ``note`` tells readers and partners why.

    Returns the record as stored. Raises DomainError ``not_allowed``, ``note_missing``, ``nothing_changed``,
    ``invalid`` (place: the field), TypeError for a field that is not one of these.
    """
    model = type(shared)
    raise_if_may_not(by, "change_printed")
    if unknown := set(fields) - set(amendable(model)):
        raise TypeError(f"not a public field of a {model.__name__}: {', '.join(sorted(unknown))}")
    if not (note := typed(note, "note", limit=NOTE_LENGTH, lines=False)):
        raise DomainError("note_missing", "Say to readers what changes and why.", "note")
    shared = model.objects.select_for_update().get(pk=shared.pk)
    changed = sorted(name for name, value in fields.items() if getattr(shared, name) != value)
    if not changed:
        raise DomainError("nothing_changed", "Nothing of it is different.")
    for name in changed:
        setattr(shared, name, fields[name])
    _clean(shared)
    shared.save()
    kind = KINDS[model]
    record(kind.replace("_", "."), shared, by=by, now=now, fields=changed, note=note)
    purge_after_commit(keys_of_source(shared) if model is Source else [LISTS])
    if _is_known(shared, now):
        announce_amended(shared, kind, fields=changed, note=note, now=now)
    return shared


def _clean(shared) -> None:
    try:
        shared.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise DomainError("invalid", " ".join(messages), field) from None


def _is_known(shared, now: datetime) -> bool:
    """Whether an edition that shows or has shown refers to it: nobody outside knows of it otherwise."""
    released = Edition.objects.released(now)
    match shared:
        case Source():
            return released.filter(statements__citations__source__in=rows_of(shared)).exists()
        case Publisher():
            return released.filter(statements__citations__source__publisher=shared).exists()
        case Speaker():
            return released.filter(statements__quotes__quote__speaker=shared).exists()
        case Person():
            return released.filter(article__byline__person=shared).exists()
        case Treaty():
            return released.ever_about(About.TREATY, shared.slug, now=now).exists()
        case Section():
            return released.ever_about(About.SECTION, shared.slug, now=now).exists()
