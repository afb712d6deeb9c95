"""Choose a speaker by typing a name, a source by typing its address."""

from articles import evidence
from newsroom.core.errors import DomainError
from newsroom.core.merged import standing_for
from newsroom.desk_choosing import chosen, offered
from sources.admin.first_capture import ask_for_capture
from sources.models import Source, Speaker


def speaker_named(text: str, kind: str, *, new: bool, by, now) -> Speaker | None:
    """The speaker that ``text`` names, entered if ``new``; None for an empty text.

    Raises DomainError ``speaker_unknown``, ``speaker_ambiguous``.
    """
    name = text.strip()
    if not name or (speaker := chosen(Speaker, name, "speaker")):
        return speaker if name else None
    named = Speaker.objects.filter(name__iexact=name).select_related("merged_into")[:5]
    namesakes = list({standing_for(speaker).pk: standing_for(speaker) for speaker in named}.values())
    if new:
        return evidence.enter_speaker(name=name, kind=kind, by=by, now=now)
    if len(namesakes) == 1:
        return namesakes[0]
    if namesakes:
        listed = "; ".join(offered(speaker) for speaker in namesakes)
        raise DomainError("speaker_ambiguous", "Which one? %(listed)s", "speaker", listed=listed)
    raise DomainError("speaker_unknown", "No speaker has this name. Tick “new” to enter one.", "speaker")


def source_named(text: str, field: str, *, by, now, **description) -> Source:
    """The source that ``text`` names by its public id or its address. One of which nothing is archived yet is captured
    in the background.

    ``description`` is as for :func:`articles.evidence.source_like`. Raises DomainError ``record_unknown`` and what
    that raises.
    """
    source = chosen(Source, text, field) or evidence.source_like(url=text, by=by, now=now, **description)
    ask_for_capture(source, by=by, now=now, first=True)
    return source
