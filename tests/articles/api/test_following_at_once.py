"""Many act at once, within one millisecond, and commit in any order; whoever polls meanwhile misses nothing and gets
nothing twice, whatever they follow and may read."""

import random
import threading

import pytest
from django.db import connection, transaction

from articles import following
from articles.models import Change, Section
from articles.publishing.announcing import announce_amended, announce_move
from articles.rules.change_kinds import Happened
from articles.rules.entitlements import Entitlement, Product
from articles.rules.wanted import wanted
from newsroom.audit.recording import record
from tests.making import NOW, Desk

WRITERS, ACTS = 4, 10

FOLLOWERS = {
    "everything": {},
    "moves": {"wanted": wanted(kinds=["moved"])},
    "defence": {"wanted": wanted(section="defence")},
    "one article": {"wanted": wanted(section="sport", kinds=["moved"])},
    "entitled to sport": {"by": Entitlement((Product(sections=("sport",)),))},
}


@pytest.mark.django_db(transaction=True)
def test_pollers_in_the_middle_of_many_writers_get_every_entry_once_and_in_order():
    desks = {slug: Desk() for slug in ("defence", "sport")}
    sections = {slug: Section.objects.create(slug=slug, name=slug.title()) for slug in desks}
    for slug, desk in desks.items():
        desk.save(section=sections[slug])
        desk.publish()
    seen = {name: [] for name in FOLLOWERS}
    broken, over, together = [], threading.Event(), threading.Barrier(WRITERS + len(FOLLOWERS), timeout=60)

    def guarded(work):
        def inner(*arguments):
            try:
                together.wait()
                work(*arguments)
            except Exception as error:
                broken.append(repr(error))
                over.set()
            finally:
                connection.close()

        return inner

    @guarded
    def write(seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311
        for _ in range(ACTS):
            slug = chance.choice(sorted(desks))
            with transaction.atomic():
                # Begun in one order, with rows of its own written, and numbered and committed in another.
                record("section.amended", sections[slug], by=None, now=NOW)
                threading.Event().wait(chance.random() / 200)
                if chance.random() < 0.5:
                    kind = Happened.SECTION_AMENDED
                    announce_amended(sections[slug], kind, fields=["name"], note="", now=NOW)
                else:
                    announce_move(desks[slug].article, now=NOW)

    @guarded
    def poll(name: str) -> None:
        last, done = 0, False
        while not done:
            # Asked before: what was there when all was over is read once more.
            ended = over.is_set()
            found = following.changes(after=last, limit=3, now=NOW, look_ahead=5, **FOLLOWERS[name])
            assert found.last >= last
            seen[name] += [entry["number"] for entry in found.entries]
            last, done = found.last, ended and found.complete

    writers = [threading.Thread(target=write, args=[seed]) for seed in range(WRITERS)]
    pollers = [threading.Thread(target=poll, args=[name]) for name in FOLLOWERS]
    for thread in (*writers, *pollers):
        thread.start()
    for thread in writers:
        thread.join()
    over.set()
    for thread in pollers:
        thread.join()
    assert broken == []

    total = 2 + WRITERS * ACTS
    assert seen["everything"] == list(range(1, total + 1))
    assert Change.objects.count() == total
    for name, asked in FOLLOWERS.items():
        expected = following.changes(after=0, limit=1_000, now=NOW, **asked)
        assert seen[name] == [entry["number"] for entry in expected.entries], name
        assert expected.complete
        assert expected.last == total
    assert 0 < len(seen["one article"]) < len(seen["moves"]) < total
