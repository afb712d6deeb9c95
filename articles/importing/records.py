"""Find or make the shared records a proposal names: sources, publishers, speakers and their roles.

Every look-up is one query and every making one statement, whatever the length of the story; several imports at once
do not make one thing twice.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models.functions import Lower
from django.utils.dateparse import parse_date
from django.utils.text import slugify

from newsroom.core.ids import new_public_id
from sources.addresses import normalise_url
from sources.models import Publisher, Source, Speaker, SpeakerRole


def sources_for(entries: Iterable, *, by, now: datetime, language: str) -> dict[int, Source]:
    """The source of each entry by its number. An address known already is the same source, whatever the story;
    what a person typed there stays, what is blank is filled in. An entry without anything is an unidentified source.
    """
    entries = list(entries)
    publishers = _publishers({entry.publisher for entry in entries if entry.publisher})
    keys = {entry.number: normalise_url(entry.url) if entry.url else None for entry in entries}
    known = {
        source.url_key: source for source in Source.objects.filter(url_key__in=set(keys.values()) - {None})
    }
    made: dict[int, Source] = {}
    for entry in entries:
        publisher = publishers.get((entry.publisher or "").lower())
        if source := known.get(keys[entry.number]):
            _fill(source, entry, publisher)
        else:
            source = Source(
                title=(entry.title or "")[:500],
                url=entry.url or "",
                url_key=keys[entry.number],
                publisher=publisher,
                published_on=_day(entry.published),
                created_by=by,
                created_at=now,
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


def _fill(source: Source, entry, publisher: Publisher | None) -> None:
    blank = {
        name: value
        for name, value in (
            ("title", (entry.title or "")[:500]),
            ("publisher", publisher),
            ("published_on", _day(entry.published)),
        )
        if value and not getattr(source, name)
    }
    if blank:
        for name, value in blank.items():
            setattr(source, name, value)
        source.save(update_fields=list(blank))


def _day(text: str | None):
    try:
        return parse_date((text or "")[:10])
    except ValueError:
        return None


def _publishers(names: set[str]) -> dict[str, Publisher]:
    """Publishers by lower-case name."""
    if not names:
        return {}
    wanted = {name.strip()[:200].lower(): name.strip()[:200] for name in names}

    def stored():
        found = Publisher.objects.annotate(lower=Lower("name")).filter(lower__in=wanted)
        return {publisher.name.lower(): publisher for publisher in found}

    known = stored()
    if missing := [name for lower, name in wanted.items() if lower not in known]:
        Publisher.objects.bulk_create(
            [Publisher(name=name, slug=_slug(name, Publisher)) for name in sorted(missing)],
            ignore_conflicts=True,
        )
        known = stored()
    return known


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
            Speaker(name=name, kind=kind, slug=_slug(name, Speaker, ending=True))
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
    found: dict[tuple[str, str], list[Speaker]] = {}
    for speaker in Speaker.objects.filter(name__in=names) if names else ():
        found.setdefault((speaker.name, speaker.kind), []).append(speaker)
    return {key: speakers[0] for key, speakers in found.items() if len(speakers) == 1 and key in wanted}


def _enter_speakers(names: list[tuple[str, str]]) -> None:
    """Enter people and organisations; where another import is entering the same one, its row wins."""
    Speaker.objects.bulk_create(
        [Speaker(name=name, kind=kind, slug=_slug(name, Speaker)) for name, kind in names],
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


def _slug(name: str, model, *, ending: bool = False) -> str:
    """A short slug; with a random end where asked, or where the plain one is taken."""
    plain = slugify(name)[:60].strip("-") or model._meta.model_name
    if ending or model.objects.filter(slug=plain).exists():
        return f"{plain}-{new_public_id()[:6]}"
    return plain
