"""What a page says of itself fills in what nobody has said, and nothing else."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from newsroom.audit.models import AuditEvent
from sources.capture.describing import fill_in, moments_told
from sources.models import Publisher, Source
from tests.making import NOW, Desk, make_publisher, make_snapshot, make_source, make_user

pytestmark = pytest.mark.django_db

FOUND = {
    "title": "A treaty is signed",
    "publisher": "The Sample",
    "authors": "Ada Roe; Jan Sobel",
    "published": "2026-05-27T14:02:11+01:00",
    "language": "en",
}
EMPTY = {"title": "", "url": "https://press.example/treaty"}


@pytest.fixture
def reporter():
    return make_user("reporter")


def filled(by, found, **fields) -> Source:
    source = make_source(by, **EMPTY | fields)
    names = fill_in(source, found, by=by, now=NOW)
    source.save(update_fields=names)
    source.full_clean()
    return Source.objects.get(pk=source.pk)


def test_everything_that_is_empty_is_filled_in(reporter):
    source = filled(reporter, FOUND)
    assert (source.title, source.publisher.name) == ("A treaty is signed", "The Sample")
    assert (source.creators, source.published_on, source.language) == (
        "Ada Roe; Jan Sobel",
        date(2026, 5, 27),
        "en",
    )


def test_nothing_that_a_person_typed_is_replaced(reporter):
    publisher = make_publisher("Ours")
    typed = {
        "title": "Typed",
        "publisher": publisher,
        "creators": "Typed",
        "published_on": date(2020, 1, 1),
        "language": "pl",
    }
    source = filled(reporter, FOUND, **typed)
    assert {field: getattr(source, field) for field in typed} == typed
    assert not Publisher.objects.filter(name="The Sample").exists()


@pytest.mark.parametrize("name", ["The Sample", "THE SAMPLE", " the  sample\n"])
def test_a_publisher_that_is_known_is_not_made_again(reporter, name):
    publisher = make_publisher("The Sample")
    assert filled(reporter, {"publisher": name}).publisher == publisher


@pytest.mark.parametrize(("name", "slug"), [("Dziennik Łódzki", "dziennik-lodzki"), ("Żółw", "zolw")])
def test_a_new_publisher_gets_a_slug_of_its_own_and_is_noted(reporter, name, slug):
    assert filled(reporter, {"publisher": name}).publisher.slug == slug
    assert AuditEvent.objects.get(act="publisher.entered").by == reporter
    Publisher.objects.update(name="Another")
    again = filled(reporter, {"publisher": name}, url="https://press.example/2").publisher
    assert again.slug.startswith(f"{slug}-")


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2026-05-27", date(2026, 5, 27)),
        ("2026-05-27T23:59:59-11:00", date(2026, 5, 27)),
        ("2026-06-02", date(2026, 6, 2)),
        ("2026-06-03", None),
        ("9999-12-31", None),
        ("0001-01-01", None),
        ("2026-02-30", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_day_is_taken_if_it_has_come(reporter, published, day):
    assert filled(reporter, {"published": published}).published_on == day


def test_the_moment_of_the_day_is_told_as_precisely_as_the_page_tells_it(reporter):
    day = date(2026, 5, 27)
    told = {
        "2026-05-27T14:02:11+01:00": datetime(2026, 5, 27, 13, 2, 11, tzinfo=UTC),
        "2026-05-27T23:30:00-11:00": datetime(2026, 5, 28, 10, 30, tzinfo=UTC),
        # Another day than the one that stands there, a day alone, midnight, no offset, no moment at all.
        "2026-05-26T14:02:11+01:00": None,
        "2026-05-27": None,
        "2026-05-27T00:00:00+02:00": None,
        "2026-05-27T14:02:11": None,
        "Tomorrow": None,
    }
    sources = {}
    for published in told:
        source = make_source(reporter, published_on=day)
        make_snapshot(source, "A treaty.", found={"published": published})
        sources[source.pk] = published
    wall = make_source(reporter, published_on=day)
    make_snapshot(wall, "Log in", found={"published": "2026-05-27T14:02:11Z"}, obstacle="login_wall")
    known = Source.objects.all()
    assert moments_told(known) == {pk: told[said] for pk, said in sources.items() if told[said]}
    # Whoever types another day says more than the page.
    Source.objects.update(published_on=date(2026, 5, 20))
    assert moments_told(Source.objects.all()) == {}


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("PL", "pl"),
        ("en_GB", "en-GB"),
        ("pl-PL", "pl-PL"),
        ("English", ""),
        ("x", ""),
        ("en-x-made-up", ""),
        (None, ""),
    ],
)
def test_a_language_is_taken_if_it_is_one(reporter, said, language):
    assert filled(reporter, {"language": said}).language == language


@pytest.mark.parametrize(
    "title", ["A\u202etreaty", "A\x00treaty", "A\ud800treaty", ["A treaty"], None, " \n"]
)
def test_what_could_not_be_typed_at_the_desk_is_left_out(reporter, title):
    assert filled(reporter, {"title": title}).title == ""


def test_a_title_without_end_is_cut(reporter):
    title = filled(reporter, {"title": "Treaty " * 1000}).title
    assert (len(title), title[-1]) == (500, "…")


class Anything(TestCase):
    @given(st.dictionaries(st.sampled_from(sorted(FOUND)), st.text() | st.none() | st.integers()))
    def test_whatever_a_page_says_the_source_stays_valid(self, found):
        filled(make_user("reporter"), found, url="")


def test_what_an_edition_has_printed_is_left_to_an_editor():
    desk = Desk()
    desk.publish()
    source = Source.objects.get(pk=desk.first.pk)
    assert fill_in(source, FOUND, by=None, now=NOW) == []
    assert (source.language, source.publisher) == ("", None)
