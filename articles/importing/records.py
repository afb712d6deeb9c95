"""Find or make the shared records a proposal names: sources, publishers, speakers and their roles.

Every look-up is one query and every making one statement, whatever the length of the story; several imports at once
do not make one thing twice.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models.functions import Lower
from django.utils.dateparse import parse_date

from articles.drafting import free_slug
from articles.models import StatementCitation
from newsroom.audit.recording import record
from newsroom.core.merged import standing_for
from sources.addresses import normalise_url
from sources.models import Publisher, Source, Speaker, SpeakerRole


def sources_for(entries: Iterable, *, by, now: datetime, language: str) -> dict[int, Source]:
    """The source of each entry by its number. An address known already is the same source, whatever the story;
    what a person typed there stays, what is blank is filled in unless an edition cites it. An entry without anything
    is an unidentified source.
    """
    entries = list(entries)
    publishers = _publishers({entry.publisher for entry in entries if entry.publisher})
    keys = {entry.number: normalise_url(entry.url) if entry.url else None for entry in entries}
    known = {
        source.url_key: standing_for(source)
        for source in Source.objects.filter(url_key__in=set(keys.values()) - {None}).select_related(
            "merged_into"
        )
    }
    facts = {entry.number: _facts(entry, publishers) for entry in entries}
    _fill_blanks([(known[k], facts[n]) for n, k in keys.items() if k in known], by=by, now=now)
    made: dict[int, Source] = {}
    for entry in entries:
        source = known.get(keys[entry.number])
        if source is None:
            source = Source(
                url=entry.url or "",
                url_key=keys[entry.number],
                created_by=by,
                created_at=now,
                **facts[entry.number],
            )
            if source.url_key:
                known[source.url_key] = source
        made[entry.number] = source
    new = {id(source): source for source in made.values() if source.pk is None}
    Source.objects.bulk_create([s for s in new.values() if not s.url_key])
    if addressed := sorted((s for s in new.values() if s.url_key), key=lambda s: s.url_key):
        # Another import may be making the same: the row that is there wins. Sorted, so that two never deadlock.
        Source.objects.bulk_create(addressed, ignore_conflicts=True)
        stored = {s.url_key: s for s in Source.objects.filter(url_key__in=[s.url_key for s in addressed])}
        made = {number: stored.get(source.url_key, source) for number, source in made.items()}
    return made


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
                for name, value in blank.items():
                    setattr(row, name, value)
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


def speakers_for(quotes: Iterable) -> dict[int, tuple[Speaker, SpeakerRole | None]]:
    """Speaker and role of each attributed quote, by its index.

    A person or organisation of that name is the one known already, if there is exactly one. A document ("the
    treaty") is this story's own: that of another story is another.
    """
    quotes = {n: quote for n, quote in enumerate(quotes) if quote.speaker}
    wanted = {(quote.speaker[:200], quote.speaker_kind) for quote in quotes.values()}
    speakers = _known_speakers(wanted)
    if missing := sorted(wanted - speakers.keys()):
        _enter_speakers([(name, kind) for name, kind in missing if kind != Speaker.Kind.DOCUMENT])
        speakers |= _known_speakers(wanted)
        rest = [
            Speaker(name=name, kind=kind, slug=free_slug(Speaker, name, ending=True))
            for name, kind in missing
            if (name, kind) not in speakers
        ]
        Speaker.objects.bulk_create(rest)
        speakers |= {(speaker.name, speaker.kind): speaker for speaker in rest}
    titles = {
        (speakers[quote.speaker[:200], quote.speaker_kind].pk, quote.role[:200])
        for quote in quotes.values()
        if quote.role
    }
    roles = _roles(titles)
    return {
        n: (speaker, roles.get((speaker.pk, (quote.role or "")[:200])))
        for n, quote in quotes.items()
        for speaker in [speakers[quote.speaker[:200], quote.speaker_kind]]
    }


def _known_speakers(wanted: set[tuple[str, str]]) -> dict[tuple[str, str], Speaker]:
    names = {name for name, kind in wanted if kind != Speaker.Kind.DOCUMENT}
    found: dict[tuple[str, str], dict[int, Speaker]] = {}
    for speaker in Speaker.objects.filter(name__in=names).select_related("merged_into") if names else ():
        known = standing_for(speaker)
        found.setdefault((speaker.name, speaker.kind), {})[known.pk] = known
    return {
        key: next(iter(speakers.values()))
        for key, speakers in found.items()
        if len(speakers) == 1 and key in wanted
    }


def _enter_speakers(names: list[tuple[str, str]]) -> None:
    """Enter people and organisations; where another import is entering the same one, its row wins."""
    Speaker.objects.bulk_create(
        [Speaker(name=name, kind=kind, slug=free_slug(Speaker, name)) for name, kind in names],
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
