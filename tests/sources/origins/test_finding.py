"""Copies are found among everything captured and proposed once; other people's stories are not."""

import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from sources.capture.signals import captured
from sources.models import Likeness, Snapshot, SnapshotSketch, Source
from sources.origins import (
    confirm_origin,
    finding,
    look_for_likeness,
    proposals_for,
    reject_likeness,
    roots_of,
    sketching,
)
from sources.origins.finding import not_yet_looked_at
from sources.tasks import look_for_origins
from tests.making import NOW, make_source, make_user
from tests.sources.origins.captures import capture, captured_source
from tests.sources.origins.texts import OTHERS, RELEASE, WIRE, edited
from tests.sources.origins.waiting import until_one_waits

pytestmark = pytest.mark.django_db

HEADLINES = [
    "Nordland and Suderland sign",
    "A treaty after ten years",
    "Neighbours share the strait",
    "Two states, one sea",
    "Pact on harbours is signed",
    "Strait: the deal stands",
    "Handshake in Port Sample",
    "What was signed on Wednesday",
]


@pytest.fixture
def by():
    return make_user("reporter")


def pairs():
    return set(Likeness.objects.values_list("left", "right"))


def eight_copies(by):
    return [
        captured_source(by, edited(WIRE, seed=seed, headline=headline, every=20))
        for seed, headline in enumerate(HEADLINES)
    ]


def test_eight_copies_of_one_wire_among_nine_sources_are_two_origins(by):
    copies, ninth = eight_copies(by), captured_source(by, OTHERS[0])
    snapshots = [*copies[:4], ninth, *copies[4:]]
    for snapshot in snapshots:
        look_for_likeness(snapshot, now=NOW)

    sources = [snapshot.source for snapshot in snapshots]
    assert len(pairs()) == 8 * 7 / 2
    assert not Likeness.objects.filter(left=ninth.source).exists()
    assert not Likeness.objects.filter(right=ninth.source).exists()
    assert len(set(roots_of(sources).values())) == 9

    first = copies[0].source
    for pair in proposals_for(first):
        confirm_origin(pair.right, pair.left, how="wire_copy", by=by, now=NOW)
    sources = Source.objects.filter(pk__in=[source.pk for source in sources])
    assert set(roots_of(sources).values()) == {first.pk, ninth.source.pk}
    assert [proposals_for(source) for source in sources] == [[]] * 9


def test_other_stories_of_the_same_day_are_not_proposed(by):
    for text in ["\n".join(WIRE), RELEASE, *OTHERS]:
        assert look_for_likeness(captured_source(by, text), now=NOW) == []


def test_a_copy_is_found_among_pages_that_have_only_their_footer_in_common(by, monkeypatch):
    monkeypatch.setattr(finding, "MOST_CANDIDATES", 1)
    pages = [" ".join(f"word{page}x{number}" for number in range(300)) for page in range(8)]
    captures = [
        captured_source(by, f"{text}\n{RELEASE}") for text in (*pages[:4], "\n".join(WIRE), *pages[4:])
    ]
    for snapshot in captures:
        assert look_for_likeness(snapshot, now=NOW) == []
    copy = captured_source(by, f"{edited(WIRE, seed=1, headline='A pact')}\n{RELEASE}")
    (found,) = look_for_likeness(copy, now=NOW)
    assert (found.left, found.right) == (captures[4].source, copy.source)


def test_many_captures_of_one_source_do_not_hide_another(by, monkeypatch):
    monkeypatch.setattr(finding, "MOST_CANDIDATES", 2)
    often, once, new = (make_source(by) for _ in range(3))
    for source in [often] * 5 + [once] + [new] * 5:
        look_for_likeness(capture(source, "\n".join(WIRE)), now=NOW)
    assert pairs() == {(often.pk, once.pk), (often.pk, new.pk), (once.pk, new.pk)}


def test_what_is_proposed_says_how_much_is_common_and_when_it_was_found(by):
    old = captured_source(by, "\n".join(WIRE))
    new = captured_source(by, "\n".join(WIRE[:6]))
    assert look_for_likeness(old, now=NOW) == []
    (found,) = look_for_likeness(new, now=NOW)
    assert (found.left, found.right) == (old.source, new.source)
    assert (found.state, found.score, found.found_at) == ("proposed", 1.0, NOW)


def test_a_release_inside_a_long_article_is_found_from_either_side(by):
    page = " ".join(f"word{number}" for number in range(3000))
    article = f"{page}\n{RELEASE}\n{page}"
    for texts in ([RELEASE, article], [f"{RELEASE} Bis", f"{article} bis"]):
        first, second = (captured_source(by, text) for text in texts)
        look_for_likeness(first, now=NOW)
        assert (first.source.pk, second.source.pk) not in pairs()
        look_for_likeness(second, now=NOW)
        assert (first.source.pk, second.source.pk) in pairs()


def test_captures_of_one_source_are_not_held_against_each_other(by):
    source = make_source(by)
    for _ in range(3):
        assert look_for_likeness(capture(source, "\n".join(WIRE)), now=NOW) == []


def test_a_pair_is_proposed_once_however_often_both_are_captured(by):
    one, other = make_source(by), make_source(by)
    for source in (one, other, one, other):
        look_for_likeness(capture(source, "\n".join(WIRE)), now=NOW)
    assert pairs() == {(one.pk, other.pk)}


def test_looking_twice_changes_nothing(by):
    look_for_likeness(captured_source(by, RELEASE), now=NOW)
    copy = captured_source(by, RELEASE)
    assert len(look_for_likeness(copy, now=NOW)) == 1
    assert look_for_likeness(copy, now=NOW) == []
    assert SnapshotSketch.objects.count() == 2


def test_rejection_sticks(by):
    one, other = captured_source(by, RELEASE), captured_source(by, RELEASE)
    look_for_likeness(one, now=NOW)
    (pair,) = look_for_likeness(other, now=NOW)
    reject_likeness(pair, by=by, now=NOW)
    assert look_for_likeness(capture(one.source, f"{RELEASE} Corrected."), now=NOW) == []
    pair.refresh_from_db()
    assert pair.state == "rejected"
    assert proposals_for(one.source) == []


def test_a_wall_or_an_error_page_is_no_copy_of_anything(by):
    look_for_likeness(captured_source(by, RELEASE), now=NOW)
    wall = capture(make_source(by), RELEASE, obstacle="consent_wall")
    assert look_for_likeness(wall, now=NOW) == []
    assert not SnapshotSketch.objects.filter(snapshot=wall).exists()
    assert wall not in not_yet_looked_at()


def test_a_confidential_source_is_never_compared(by):
    secret = {"confidential": True, "public_label": "an official", "title": "", "url": ""}
    leak = captured_source(by, RELEASE, **secret)
    assert look_for_likeness(leak, now=NOW) == []
    assert not SnapshotSketch.objects.exists()
    assert leak not in not_yet_looked_at()

    # Whatever road a sketch of it came by, others are not held against it.
    signature, bands = sketching.sketch(RELEASE)
    SnapshotSketch.objects.create(
        snapshot=leak, scheme=sketching.SCHEME, shingles=100, signature=signature, bands=bands
    )
    assert look_for_likeness(captured_source(by, RELEASE), now=NOW) == []


def test_texts_of_a_few_words_are_looked_at_once_and_never_alike(by):
    for _ in range(2):
        assert look_for_likeness(captured_source(by, "Nothing to see here."), now=NOW) == []
    assert not not_yet_looked_at().exists()


def test_a_snapshot_whose_text_is_gone_is_passed_over(by):
    snapshot = captured_source(by, RELEASE)
    bare = Snapshot.objects.create(
        source=make_source(by),
        way="fetched",
        media_type="text/html",
        sha256="0" * 64,
        size=1,
        warc_sha256="0" * 64,
        warc_size=1,
        extractor="test 1",
        captured_at=NOW,
    )
    assert look_for_likeness(bare, now=NOW) == []
    assert list(not_yet_looked_at()) == [snapshot]


def test_a_look_asks_as_often_among_many_as_among_few(by):
    def asked():
        snapshot = captured_source(by, RELEASE + " More.")
        with CaptureQueriesContext(connection) as queries:
            look_for_likeness(snapshot, now=NOW)
        return len(queries)

    look_for_likeness(captured_source(by, RELEASE), now=NOW)
    few = asked()
    for snapshot in eight_copies(by):
        look_for_likeness(snapshot, now=NOW)
    assert asked() == few


def test_a_capture_puts_the_search_behind_everything_else(by):
    snapshot = captured_source(by, RELEASE)
    captured.send(Snapshot, source=snapshot.source, snapshot=snapshot, now=NOW)
    (job,) = ProcrastinateJob.objects.filter(task_name=look_for_origins.name)
    assert (job.args, job.priority) == ({"snapshot": snapshot.pk}, -10)

    look_for_likeness(captured_source(by, RELEASE), now=NOW)
    look_for_origins.func(**job.args)
    assert len(pairs()) == 1


def test_a_capture_that_met_a_wall_or_is_confidential_asks_for_no_search(by):
    wall = capture(make_source(by), RELEASE, obstacle="login_wall")
    secret = captured_source(by, RELEASE, confidential=True, public_label="an official", title="", url="")
    for snapshot in (wall, secret):
        captured.send(Snapshot, source=snapshot.source, snapshot=snapshot, now=NOW)
    assert not ProcrastinateJob.objects.filter(task_name=look_for_origins.name).exists()


def test_the_command_looks_at_what_is_missing_and_goes_on_where_it_stopped(by, monkeypatch):
    copies = eight_copies(by)
    look_for_likeness(copies[3], now=NOW)
    said = StringIO()
    call_command("look_for_origins", stdout=said, stderr=StringIO())
    assert said.getvalue() == "7 snapshots looked at, 28 pairs of sources proposed.\n"
    assert not not_yet_looked_at().exists()

    # What another scheme made is made anew.
    SnapshotSketch.objects.filter(snapshot=copies[0]).update(scheme=sketching.SCHEME + 1)
    assert list(not_yet_looked_at()) == [copies[0]]
    call_command("look_for_origins", stdout=StringIO(), stderr=StringIO())
    assert SnapshotSketch.objects.get(snapshot=copies[0]).scheme == sketching.SCHEME


def test_sketches_of_another_scheme_are_not_compared(by):
    old = captured_source(by, RELEASE)
    look_for_likeness(old, now=NOW)
    SnapshotSketch.objects.update(scheme=sketching.SCHEME + 1)
    assert look_for_likeness(captured_source(by, RELEASE, at=NOW + timedelta(1)), now=NOW) == []


@pytest.mark.django_db(transaction=True)
def test_two_looked_at_the_same_time_do_not_miss_each_other():
    by = make_user("reporter")
    one, other = captured_source(by, RELEASE), captured_source(by, RELEASE)

    def second():
        try:
            look_for_likeness(other, now=NOW)
        finally:
            connection.close()

    person = threading.Thread(target=second)
    with transaction.atomic():
        look_for_likeness(one, now=NOW)
        person.start()
        until_one_waits(person)
    person.join()
    assert pairs() == {(one.source.pk, other.source.pk)}
