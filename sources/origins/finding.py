"""Find sources whose texts resemble each other, and propose each such pair once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from sources.models import Likeness, Snapshot, SnapshotSketch, SnapshotText, Source
from sources.origins.chains import roots_of
from sources.origins.sketching import SCHEME, SLOTS, shingles_of, sketch_words, words_of

# Share of the shorter text's shingles that must stand in the other. Two copies of one wire, each with every tenth word
# edited and paragraphs of its own cut, still share 0.35; news of one day that quote the same sentence, 0.2 at most.
LEAST_LIKENESS = 1 / 3
# Of one source the likeliest snapshot stands for it. This many are compared word for word, the likeliest of as many
# that have the most bands in common.
MOST_COMPARED, MOST_CANDIDATES = 30, 100
# How many sketches with a certain band are looked at: one that more of them have is on every page of some site.
MOST_OF_A_BAND = 1_000

# Means nothing; it must only be no other lock's (see articles.publishing).
_LOCK = 7_307_003

# The bands are looked up one by one, for an overlap of all at once does not tell how many are common.
#
# From the slots in which two signatures agree follows the share of all shingles that both have (j), and from that and
# the sizes the share of the shorter text's. An estimate from few slots is far out, so what is asked to reach the least
# likeness is the estimate two standard deviations up.
_CANDIDATES = """
WITH met AS (
    SELECT found.snapshot_id, count(*) AS common
    FROM unnest(%(bands)s::bigint[]) AS ours (band), LATERAL (
        SELECT snapshot_id FROM sources_snapshotsketch
        WHERE bands && ARRAY[ours.band] AND scheme = %(scheme)s LIMIT %(of_a_band)s
    ) AS found
    GROUP BY found.snapshot_id
), of_others AS (
    SELECT DISTINCT ON (source.id) met.snapshot_id, met.common
    FROM met
    JOIN sources_snapshot snapshot ON snapshot.id = met.snapshot_id
    JOIN sources_source source ON source.id = snapshot.source_id
    WHERE source.id <> %(source)s AND NOT source.confidential AND NOT EXISTS (
        SELECT FROM sources_likeness known
        WHERE known.left_id = least(source.id, %(source)s) AND known.right_id = greatest(source.id, %(source)s)
    )
    ORDER BY source.id, met.common DESC, met.snapshot_id DESC
), nearest AS (
    SELECT snapshot_id FROM of_others ORDER BY common DESC, snapshot_id DESC LIMIT %(candidates)s
), estimated AS (
    SELECT snapshot_id, slots.same / %(slots)s::float AS j,
           (slots.same + 2 * sqrt(slots.same + 1)) / %(slots)s::float AS most_j,
           (sketch.shingles + %(shingles)s)::float / least(sketch.shingles, %(shingles)s) AS sizes
    FROM nearest JOIN sources_snapshotsketch sketch USING (snapshot_id), LATERAL (
        SELECT count(*) AS same FROM unnest(sketch.signature, %(signature)s::bigint[]) AS pair (theirs, ours)
        WHERE theirs = ours
    ) AS slots
)
SELECT snapshot_id FROM estimated WHERE most_j / (1 + most_j) * sizes >= %(least)s
ORDER BY j / (1 + j) * sizes DESC, snapshot_id LIMIT %(compared)s
"""


@dataclass(frozen=True)
class _Sketched:
    """A snapshot's text as it is compared."""

    shingles: set[str]
    signature: list[int]
    bands: list[int]


def not_yet_looked_at() -> QuerySet[Snapshot]:
    """Snapshots whose text has not been sketched, or by another scheme, and may be: those of confidential sources
    and those that met an obstacle are left alone."""
    done = SnapshotSketch.objects.filter(snapshot=OuterRef("pk"), scheme=SCHEME)
    texts = SnapshotText.objects.filter(snapshot=OuterRef("pk"))
    return Snapshot.objects.filter(Exists(texts), ~Exists(done), obstacle="", source__confidential=False)


@transaction.atomic
def look_for_likeness(snapshot: Snapshot, *, now: datetime) -> list[Likeness]:
    """Sketch the text of ``snapshot``; propose each source whose text is near to it, best first.

    Returns the new proposals. A pair of sources that was proposed or decided before stays as it is. Nothing is
    looked for of a confidential source, nor where the capture met an obstacle. Safe to run twice.
    """
    if snapshot.obstacle or snapshot.source.confidential:
        return []
    text = SnapshotText.objects.filter(pk=snapshot.pk).values_list("text", flat=True).first()
    if text is None:
        return []
    words = words_of(text)
    ours = _Sketched(shingles_of(words), *sketch_words(words))
    # Two that looked at the same time would each miss the other's sketch.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    _keep(snapshot, ours)
    found = sorted(_compare(ours, _candidates(snapshot, ours)), key=lambda pair: (-pair[1], pair[0]))
    return Likeness.objects.bulk_create(
        Likeness(
            left_id=min(snapshot.source_id, other),
            right_id=max(snapshot.source_id, other),
            score=share,
            found_at=now,
        )
        for other, share in found
    )


def proposals_for(source: Source) -> list[Likeness]:
    """What is left to decide about ``source``, best first: pairs that are proposed and do not share an origin yet."""
    pairs = Likeness.objects.filter(Q(left=source) | Q(right=source), state=Likeness.State.PROPOSED)
    return _of_two_origins(pairs.select_related("left__publisher", "right__publisher"))


def _of_two_origins(likenesses: Iterable[Likeness]) -> list[Likeness]:
    likenesses = list(likenesses)
    roots = roots_of(source for pair in likenesses for source in (pair.left, pair.right))
    return [pair for pair in likenesses if roots[pair.left_id] != roots[pair.right_id]]


def _keep(snapshot: Snapshot, ours: _Sketched) -> None:
    made = SnapshotSketch(
        snapshot=snapshot,
        scheme=SCHEME,
        shingles=len(ours.shingles),
        signature=ours.signature,
        bands=ours.bands,
    )
    fields = ["scheme", "shingles", "signature", "bands"]
    SnapshotSketch.objects.bulk_create(
        [made], update_conflicts=True, unique_fields=["snapshot"], update_fields=fields
    )


def _candidates(snapshot: Snapshot, ours: _Sketched) -> list[int]:
    if not ours.bands:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            _CANDIDATES,
            {
                "source": snapshot.source_id,
                "scheme": SCHEME,
                "signature": ours.signature,
                "bands": ours.bands,
                "shingles": len(ours.shingles),
                "slots": SLOTS,
                "least": LEAST_LIKENESS,
                "of_a_band": MOST_OF_A_BAND,
                "candidates": MOST_CANDIDATES,
                "compared": MOST_COMPARED,
            },
        )
        return [pk for (pk,) in cursor.fetchall()]


def _compare(ours: _Sketched, candidates: list[int]) -> Iterable[tuple[int, float]]:
    """Pairs of (row id of a source, its likeness) that reach LEAST_LIKENESS, by the texts themselves."""
    texts = SnapshotText.objects.filter(pk__in=candidates).values_list("snapshot__source_id", "text")
    # One at a time: a text may have two million characters.
    for source, text in texts.iterator(chunk_size=1):
        theirs = shingles_of(words_of(text))
        share = len(ours.shingles & theirs) / min(len(ours.shingles), len(theirs))
        if share >= LEAST_LIKENESS:
            yield source, share
