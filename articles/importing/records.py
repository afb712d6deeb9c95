"""Find or make the shared records that proposals name: sources, publishers, speakers and their roles.

Every look-up is one query and every making one statement, however many the stories and whatever their length; several
imports at once do not make one thing twice.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models.functions import Lower
from django.utils.dateparse import parse_date

from articles.models import StatementCitation
from newsroom.audit.recording import record
from newsroom.core.merged import standing_for
from newsroom.core.slugs import free_slug, free_slugs
from sources.addresses import normalise_url
from sources.models import Publisher, Source, Speaker, SpeakerRole


def sources_for(entries: Iterable, *, by, now: datetime) -> dict[int, Source]:
    """The source of each entry by its number. An address known already is the same source, whatever the story;
    what a person typed there stays, what is blank is filled in unless an edition cites it. An entry without anything
    is an unidentified source. What has an address is captured when its turn comes (:mod:`sources.recapturing`), however
    many an import brings.
    """
    return sources_of_each([list(entries)], by=by, now=now)[0]


def sources_of_each(stories: Sequence[Sequence], *, by, now: datetime) -> list[dict[int, Source]]:
    """As :func:`sources_for`, for the entries of each of ``stories``."""
    entries = [entry for story in stories for entry in story]
    publishers = _publishers({entry.publisher for entry in entries if entry.publisher})
    keys = [normalise_url(entry.url) if entry.url else None for entry in entries]
    known = _known_sources({*keys} - {None})
    facts = [_facts(entry, publishers) for entry in entries]
    told = zip(keys, facts, strict=True)
    _fill_blanks([(known[key], each) for key, each in told if key in known], by=by, now=now)
    made: list[Source] = []
    for entry, key, each in zip(entries, keys, facts, strict=True):
        source = known.get(key)
        if source is None:
            source = Source(url=entry.url or "", url_key=key, created_by=by, created_at=now, **each)
            source.capture_due_at = now if key else None
            if key:
                known[key] = source
        elif source.pk is None:
            # Several of the stories cite it: what the first says nothing of, the next one tells.
            _set(source, _blank(source, each))
        made.append(source)
    new = {id(source): source for source in made if source.pk is None}
    Source.objects.bulk_create([s for s in new.values() if not s.url_key])
    if addressed := sorted((s for s in new.values() if s.url_key), key=lambda s: s.url_key):
        # Another import may be making the same: the row that is there wins. Sorted, so that two never deadlock.
        Source.objects.bulk_create(addressed, ignore_conflicts=True)
        stored = {s.url_key: s for s in Source.objects.filter(url_key__in=[s.url_key for s in addressed])}
        made = [stored.get(source.url_key, source) for source in made]
    found = iter(made)
    return [{entry.number: next(found) for entry in story} for story in stories]


def _known_sources(keys: set[str]) -> dict[str, Source]:
    """What stands for the sources of these addresses."""
    found = Source.objects.filter(url_key__in=keys).select_related("merged_into") if keys else ()
    return {source.url_key: standing_for(source) for source in found}


def _set(source: Source, facts: dict) -> None:
    for name, value in facts.items():
        setattr(source, name, value)


def _facts(entry, publishers: dict[str, Publisher]) -> dict:
    return {
        "title": (entry.title or "")[:500],
        "publisher": publishers.get(_key(entry.publisher or "")),
        "published_on": _day(entry.published),
    }


def _fill_blanks(told: list[tuple[Source, dict]], *, by, now: datetime) -> None:
    """Fill what is blank of each source with what an entry tells. What an edition cites is left as readers saw it."""
    gaps = [source.pk for source, facts in told if _blank(source, facts)]
    if not gaps:
        return
    # In one order, so that two imports never deadlock; no stronger, so that nobody who cites one has to wait.
    locked = Source.objects.select_for_update(no_key=True).filter(pk__in=gaps).order_by("pk")
    stored = {source.pk: source for source in locked}
    for cited in (
        StatementCitation.objects.filter(source__in=gaps).values_list("source", flat=True).distinct()
    ):
        del stored[cited]
    for source, facts in told:
        if source.pk in stored and (blank := _blank(stored[source.pk], facts)):
            for row in (stored[source.pk], source):
                _set(row, blank)
            stored[source.pk].save(update_fields=list(blank))
            record("source.identified", stored[source.pk], by=by, now=now, fields=sorted(blank))


def _blank(source: Source, facts: dict) -> dict:
    held = {"title": source.title, "publisher": source.publisher_id, "published_on": source.published_on}
    return {name: value for name, value in facts.items() if value and not held[name]}


def _day(text: str | None):
    try:
        return parse_date((text or "")[:10])
    except ValueError:
        return None


def _publishers(names: set[str]) -> dict[str, Publisher]:
    """Publishers by lower-case name."""
    if not names:
        return {}
    wanted = {_key(name): name.strip()[:200] for name in sorted(names)}

    def stored():
        found = Publisher.objects.annotate(lower=Lower("name")).filter(lower__in=wanted)
        return {p.name.lower(): standing_for(p) for p in found.select_related("merged_into")}

    known = stored()
    # Names that are told apart may make one slug ("BBC-News", "BBC News"): who got none gets one with an ending.
    for ending in (False, True):
        if missing := [name for lower, name in sorted(wanted.items()) if lower not in known]:
            Publisher.objects.bulk_create(
                [Publisher(name=name, slug=free_slug(Publisher, name, ending=ending)) for name in missing],
                ignore_conflicts=True,
            )
            known = stored()
    return known


def _key(name: str) -> str:
    return name.strip()[:200].lower()


def speakers_of_each(stories: Sequence[Iterable]) -> list[dict[int, tuple[Speaker, SpeakerRole | None]]]:
    """Speaker and role of each attributed quote of each of ``stories``, by its index there.

    A person or organisation of that name is the one known already, if there is exactly one. A document ("the
    treaty") is one story's own: that of another story is another.
    """
    attributed = [
        {n: (_who(quote, story), quote) for n, quote in enumerate(quotes) if quote.speaker}
        for story, quotes in enumerate(stories)
    ]
    speakers = _speakers({who for quotes in attributed for who, _quote in quotes.values()})
    titles = {
        (speakers[who].pk, quote.role[:200])
        for quotes in attributed
        for who, quote in quotes.values()
        if quote.role
    }
    roles = _roles(titles)
    return [
        {
            n: (speakers[who], roles.get((speakers[who].pk, (quote.role or "")[:200])))
            for n, (who, quote) in quotes.items()
        }
        for quotes in attributed
    ]


def _who(quote, story: int) -> tuple[str, str, int]:
    """Whom a quote means: name, kind, and of a document the story."""
    return (
        quote.speaker[:200],
        quote.speaker_kind,
        story if quote.speaker_kind == Speaker.Kind.DOCUMENT else 0,
    )


def _speakers(wanted: set[tuple[str, str, int]]) -> dict[tuple[str, str, int], Speaker]:
    speakers = _known_speakers(wanted)
    if missing := sorted(wanted - speakers.keys()):
        _enter_speakers([(name, kind) for name, kind, _story in missing if kind != Speaker.Kind.DOCUMENT])
        speakers |= _known_speakers(wanted)
        rest = {
            who: Speaker(name=who[0], kind=who[1], slug=free_slug(Speaker, who[0], ending=True))
            for who in missing
            if who not in speakers
        }
        Speaker.objects.bulk_create(rest.values())
        speakers |= rest
    return speakers


def _known_speakers(wanted: set[tuple[str, str, int]]) -> dict[tuple[str, str, int], Speaker]:
    names = {name for name, kind, _story in wanted if kind != Speaker.Kind.DOCUMENT}
    found: dict[tuple[str, str, int], dict[int, Speaker]] = {}
    for speaker in Speaker.objects.filter(name__in=names).select_related("merged_into") if names else ():
        known = standing_for(speaker)
        found.setdefault((speaker.name, speaker.kind, 0), {})[known.pk] = known
    return {
        key: next(iter(speakers.values()))
        for key, speakers in found.items()
        if len(speakers) == 1 and key in wanted
    }


def _enter_speakers(names: list[tuple[str, str]]) -> None:
    """Enter people and organisations; where another import is entering the same one, its row wins."""
    slugs = free_slugs(Speaker, [name for name, _kind in names])
    Speaker.objects.bulk_create(
        [Speaker(name=name, kind=kind, slug=slug) for (name, kind), slug in zip(names, slugs, strict=True)],
        ignore_conflicts=True,
    )


def _roles(wanted: set[tuple[int, str]]) -> dict[tuple[int, str], SpeakerRole]:
    if not wanted:
        return {}
    speakers = sorted({pk for pk, _ in wanted})

    def stored():
        found = SpeakerRole.objects.filter(speaker__in=speakers).order_by("-pk")
        return {(role.speaker_id, role.title): role for role in found}

    roles = stored()
    if wanted <= roles.keys():
        return roles
    # Two imports that give somebody the same role give it once: the later one waits here and finds it.
    list(Speaker.objects.select_for_update().filter(pk__in=speakers).order_by("pk").values_list("pk"))
    roles = stored()
    missing = [SpeakerRole(speaker_id=pk, title=title) for pk, title in sorted(wanted - roles.keys())]
    SpeakerRole.objects.bulk_create(missing)
    return roles | {(role.speaker_id, role.title): role for role in missing}
