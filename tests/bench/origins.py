"""How long it takes to find the copies among many snapshots, all of them new."""

import os
import random
import time
from io import StringIO

from django.core.management import call_command
from django.utils import timezone

from sources.models import Likeness, Snapshot, SnapshotText, Source
from tests.bench.printing import line
from tests.making import make_user

SNAPSHOTS = int(os.environ.get("BENCH_SNAPSHOTS", "2000"))
BATCH = 1000
# Words of a text, and how many sources there are of each text that was copied.
LENGTH, COPIES = 400, 8

# What stories about one subject have in common.
STOCK = [
    "the treaty on the common use of harbours and the safety of the strait".split(),
    "we share a sea and from today we will share the watch over it".split(),
    "the parliaments of both states still have to agree before the summer recess".split(),
]


def measure() -> None:
    """Print how long SNAPSHOTS snapshots took, and what that makes for ten thousand.

    One in five texts is one of eight copies of a wire; the others have stock phrases in common. The time for one grows
    with the copies it has, hardly with the snapshots there are.
    """
    _fill(SNAPSHOTS)
    before = Likeness.objects.count()
    started = time.perf_counter()
    call_command("look_for_origins", stdout=StringIO(), stderr=StringIO())
    seconds = time.perf_counter() - started
    found = Likeness.objects.count() - before
    minutes = seconds / SNAPSHOTS * 10_000 / 60
    remark = f"{SNAPSHOTS} snapshots, {found} pairs; {minutes:.1f} minutes for 10,000, aim: minutes"
    line("origins over all snapshots, s", seconds, remark)


def _fill(count: int) -> None:
    chance, by, now = random.Random(1), make_user("reporter"), timezone.now()  # noqa: S311 (no secret)
    vocabulary = [f"word{number}" for number in range(8_000)]
    weights = [1 / (number + 3) for number in range(8_000)]
    wires: list[list[str]] = []
    for first in range(0, count, BATCH):
        size = min(BATCH, count - first)
        sources = Source.objects.bulk_create(
            Source(title=f"Source {first + number}", created_by=by, created_at=now) for number in range(size)
        )
        snapshots = Snapshot.objects.bulk_create(
            Snapshot(
                source=source,
                way="fetched",
                media_type="text/html",
                sha256="0" * 64,
                size=1,
                warc_sha256="0" * 64,
                warc_size=1,
                extractor="bench 1",
                captured_at=now,
            )
            for source in sources
        )
        texts = []
        for number in range(size):
            words = chance.choices(vocabulary, weights, k=LENGTH)
            for phrase in STOCK:
                at = chance.randrange(LENGTH)
                words[at:at] = phrase
            if number % 5 == 0:
                if number % (5 * COPIES) == 0:
                    wires.append(words)
                words = [chance.choice(vocabulary) if chance.random() < 0.04 else word for word in wires[-1]]
            texts.append(" ".join(words))
        SnapshotText.objects.bulk_create(
            SnapshotText(snapshot=snapshot, text=text)
            for snapshot, text in zip(snapshots, texts, strict=True)
        )
