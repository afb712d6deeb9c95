"""Make and change what sentences rest on: claims, quotes, citations, and what is known of sources and speakers."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from articles.access import raise_if_may_not
from articles.drafting import free_slug
from articles.drifting import note_drift
from articles.models import Citation, Claim, Quote
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.core.merged import standing_for
from newsroom.core.typed import typed
from sources.entering import key_of, source_known_at
from sources.models import Publisher, Source, Speaker, SpeakerRole

# What is said of a claim or quote once it is made; its citations have acts of their own.
REVISED = {
    Claim: frozenset({"label", "kind", "standing", "as_of", "review_by", "dates_told"}),
    Quote: frozenset(
        {
            "words",
            "language",
            "speaker",
            "role",
            "occasion",
            "said_on",
            "original",
            "original_language",
            "translator",
        }
    ),
}

# In characters.
LONGEST_QUOTE = 20_000
LONGEST_PASSAGE = 5_000


@transaction.atomic
def make_claim(*, label: str, by, now: datetime) -> Claim:
    """A new claim, named ``label`` at the desk. Raises DomainError if the label is empty."""
    raise_if_may_not(by, "keep_evidence")
    claim = _clean(Claim(label=typed(label, "label"), created_by=by, created_at=now))
    claim.save(force_insert=True)
    record("claim.entered", claim, by=by, now=now)
    return claim


@transaction.atomic
def make_quote(*, words: str, language: str, by, now: datetime, speaker: Speaker | None = None) -> Quote:
    """A new quote of exactly ``words``; without ``speaker`` it is not known yet who said them, and that blocks."""
    raise_if_may_not(by, "keep_evidence")
    quote = _clean(
        Quote(
            words=typed(words, "words", limit=LONGEST_QUOTE),
            language=language,
            speaker=speaker,
            created_by=by,
            created_at=now,
        )
    )
    quote.save(force_insert=True)
    record("quote.entered", quote, by=by, now=now)
    return quote


@transaction.atomic
def attribute_quote(
    quote: Quote, *, speaker: Speaker | None, by, now: datetime, role: SpeakerRole | None = None
) -> Quote:
    """Say who said it, and in which role; None for ``speaker``: not known after all.

    Raises DomainError ``role_of_another``, ``role_not_held``.
    """
    raise_if_may_not(by, "keep_evidence")
    quote = Quote.objects.select_for_update().get(pk=quote.pk)
    quote.speaker, quote.role = speaker, role
    _clean(quote).save(update_fields=["speaker", "role"])
    record("quote.attributed", quote, by=by, now=now, speaker=speaker.public_id if speaker else None)
    return quote


@transaction.atomic
def revise(of: Claim | Quote, *, by, now: datetime, **fields) -> Claim | Quote:
    """Set ``fields`` (of :data:`REVISED`) of the claim or quote: its words, speaker, kind and whatever else it is.

    No body is rewritten: what was checked, sighted or approved covers what it was, and lapses where that differs; words
    that are printed otherwise block. Where nothing differs nothing is done. Returns it as stored. Raises DomainError
    ``merged_already`` for a claim that another stands for, and the code of what is not valid, with its field as place;
    TypeError for a field that is not one of these.
    """
    raise_if_may_not(by, "keep_evidence")
    if unknown := fields.keys() - REVISED[type(of)]:
        raise TypeError(f"not a field to revise: {', '.join(sorted(unknown))}")
    of = type(of).objects.select_for_update(of=["self"]).get(pk=of.pk)
    if getattr(of, "merged_into_id", None):
        raise DomainError("merged_already", "It was merged into another, which stands for both.")
    for name, value in fields.items():
        if isinstance(value, str):
            longest = {"limit": LONGEST_QUOTE} if name in ("words", "original") else {}
            fields[name] = typed(value, name, **longest)
    changed = sorted(name for name, value in fields.items() if getattr(of, name) != value)
    if not changed:
        return of
    for name in changed:
        setattr(of, name, fields[name])
    _clean(of).save(update_fields=changed)
    record(f"{of._meta.model_name}.changed", of, by=by, now=now, fields=changed)
    return of


@transaction.atomic
def cite(
    of: Claim | Quote,
    source: Source,
    *,
    by,
    now: datetime,
    stance: str = Citation.Stance.SUPPORTS,
    carries: str = "",
    exact: str = "",
    prefix: str = "",
    suffix: str = "",
    locator: str = "",
) -> Citation:
    """Let the claim or quote ``of`` rest on ``source``, after the citations it has. ``by`` chose the passage.

    Raises DomainError ``cited_already`` (same source, stance, passage and place), ``carries_of_claim``.
    """
    raise_if_may_not(by, "keep_evidence")
    of, source = standing_for(of), standing_for(source)
    last = of.citations.aggregate(last=Max("position"))["last"]
    citation = Citation(
        claim=of if isinstance(of, Claim) else None,
        quote=of if isinstance(of, Quote) else None,
        source=source,
        stance=stance,
        carries=carries,
        exact=typed(exact, "exact", limit=LONGEST_PASSAGE),
        prefix=prefix,
        suffix=suffix,
        locator=typed(locator, "locator", limit=200, lines=False),
        position=0 if last is None else last + 1,
        chosen_by=by,
        created_at=now,
    )
    if of.citations.filter(source=source, stance=stance, exact=exact, locator=locator).exists():
        raise DomainError("cited_already", "This source is cited here already.", "source")
    _clean(citation).save(force_insert=True)
    record("citation.entered", of, by=by, now=now, source=source.public_id, stance=str(stance))
    return citation


@transaction.atomic
def withdraw_citation(citation: Citation, *, by, now: datetime) -> None:
    """Take a citation away; what rested on it is unchecked then. History keeps it."""
    raise_if_may_not(by, "keep_evidence")
    record(
        "citation.removed", citation.claim or citation.quote, by=by, now=now, source=citation.source.public_id
    )
    citation.delete()
    note_drift(citation.source, now=now)


@transaction.atomic
def identify_source(
    source: Source, *, by, now: datetime, title: str = "", publisher_name: str = "", url: str = "", **facts
) -> Source:
    """Say what ``source`` is. Empty texts leave what is known; ``facts`` are ``kind``, ``published_on``, ``language``,
    ``creators``, ``archive_shown``.

    Raises DomainError ``printed`` (once an edition has printed it, it is amended), ``source_exists`` (place: the public
    id of the source with this address), ``address_refused``.
    """
    raise_if_may_not(by, "keep_evidence")
    source = Source.objects.select_for_update().get(pk=source.pk)
    if source.is_printed:
        raise DomainError(
            "printed", "Readers have seen it: what they see of it is amended, with a note to them."
        )
    _describe(source, title, publisher_name, url, facts, by=by, now=now)
    source.save()
    record("source.identified", source, by=by, now=now)
    return source


@transaction.atomic
def source_like(
    *, by, now: datetime, title: str = "", publisher_name: str = "", url: str = "", **facts
) -> Source:
    """The source at ``url``, or a new one described as for :func:`identify_source`."""
    raise_if_may_not(by, "keep_evidence")
    if url and (known := source_known_at(url)):
        return known
    source = Source(created_by=by, created_at=now)
    _describe(source, title, publisher_name, url, facts, by=by, now=now)
    source.save(force_insert=True)
    record("source.entered", source, by=by, now=now)
    return source


@transaction.atomic
def enter_speaker(*, name: str, kind: str = Speaker.Kind.PERSON, by, now: datetime) -> Speaker:
    """A new speaker. Two speakers may share a name, so whoever calls has looked whether this one is there."""
    raise_if_may_not(by, "keep_evidence")
    name = typed(name, "speaker", limit=200, lines=False)
    speaker = Speaker(name=name, kind=kind, slug=free_slug(Speaker, name))
    _clean(speaker).save(force_insert=True)
    record("speaker.entered", speaker, by=by, now=now)
    return speaker


def _describe(source: Source, title, publisher_name, url, facts, *, by, now) -> None:
    if url:
        known = Source.objects.filter(url_key=key_of(url)).exclude(pk=source.pk).first()
        if known:
            known = standing_for(known)
            raise DomainError(
                "source_exists",
                "This address is that of “%(source)s”: cite that one.",
                known.public_id,
                source=known,
            )
        source.url = url
    if title:
        source.title = typed(title, "title", limit=500, lines=False)
    if publisher_name:
        source.publisher = _publisher_named(publisher_name, by=by, now=now)
    for name, value in facts.items():
        setattr(source, name, value)
    _clean(source)


def _publisher_named(name: str, *, by, now: datetime) -> Publisher:
    name = typed(name, "publisher", limit=200, lines=False)
    if known := Publisher.objects.filter(name__iexact=name).first():
        return standing_for(known)
    publisher = Publisher(name=name, slug=free_slug(Publisher, name))
    _clean(publisher).save(force_insert=True)
    record("publisher.entered", publisher, by=by, now=now)
    return publisher


def _clean(row):
    """``row`` if it is valid; else DomainError with the code of the first thing wrong, its field as place."""
    try:
        row.full_clean()
    except ValidationError as error:
        field, errors = next(iter(error.error_dict.items()))
        first = errors[0]
        name = row._meta.get_field(field).verbose_name if field != "__all__" else ""
        message = " ".join(first.messages)
        raise DomainError(first.code or "invalid", f"{name}: {message}" if name else message, field) from None
    return row
