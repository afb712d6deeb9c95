"""Archived texts are read once, kept within bounds, and shared by threads."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from sources.models import Snapshot
from sources.passages import texts
from sources.passages.normalising import Normalised
from sources.passages.texts import texts_of
from tests.making import make_snapshot, make_source, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(monkeypatch):
    """Nothing kept from another test, and room for three short texts."""
    room = 3 * Normalised("“One.”").size
    monkeypatch.setattr(texts, "_kept", texts._Kept(room))
    return texts._kept


@pytest.fixture
def source():
    return make_source(make_user("reporter"))


def test_texts_come_by_the_row_of_their_snapshot_in_one_query(source, django_assert_num_queries):
    one, two = make_snapshot(source, "“One.”"), make_snapshot(source, "“Two.”")
    with django_assert_num_queries(1):
        found = texts_of([one, two])
    assert {pk: text.text for pk, text in found.items()} == {one.pk: "'One.'", two.pk: "'Two.'"}
    with django_assert_num_queries(0):
        assert texts_of([two, one]) == found
    with django_assert_num_queries(0):
        assert texts_of([]) == {}


def test_a_snapshot_of_the_same_bytes_shares_the_text(source, django_assert_num_queries):
    one, again = (make_snapshot(source, "“One.”", sha256="a" * 64) for _ in range(2))
    found = texts_of([one, again])
    assert found[one.pk] is found[again.pk]
    later = make_snapshot(source, "“One.”", sha256="a" * 64)
    with django_assert_num_queries(0):
        assert texts_of([later])[later.pk] is found[one.pk]


def test_another_extractor_reads_another_text(source):
    one = make_snapshot(source, "One.", sha256="a" * 64, extractor="first/1")
    other = make_snapshot(source, "Other.", sha256="a" * 64, extractor="first/2")
    assert {text.text for text in texts_of([one, other]).values()} == {"One.", "Other."}


def test_a_snapshot_without_a_text_has_none(source):
    one, sealed = make_snapshot(source, "One."), Snapshot(pk=0, sha256="b" * 64, extractor="plain/1")
    assert list(texts_of([one, sealed])) == [one.pk]


def test_what_was_asked_for_last_stays_and_the_rest_makes_room(source, kept, django_assert_num_queries):
    snapshots = [make_snapshot(source, f"“{name}.”") for name in ("One", "Two", "Six", "Ten")]
    texts_of(snapshots[:3])
    texts_of(snapshots[:1])
    texts_of(snapshots[3:])
    with django_assert_num_queries(0):
        texts_of([snapshots[0], snapshots[2], snapshots[3]])
    with django_assert_num_queries(1):
        texts_of([snapshots[1]])
    assert kept._taken == sum(text.size for text in kept._texts.values()) <= kept._room


def test_a_text_longer_than_all_room_is_read_and_not_kept(source, kept):
    long = make_snapshot(source, "One. " * 1_000)
    assert texts_of([long])[long.pk].original.startswith("One.")
    assert not kept._texts


def test_threads_share_what_is_kept_and_never_lose_count():
    kept = texts._Kept(20 * Normalised("0000").size)

    def work(seed: int) -> None:
        for number in range(300):
            key = (str((seed * 7 + number) % 40), "plain")
            assert (found := kept.get(key)) is None or found.text != "x"
            kept.put(key, Normalised(f"{number:04}"))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert kept._taken == sum(text.size for text in kept._texts.values())
    assert 0 < kept._taken <= kept._room
