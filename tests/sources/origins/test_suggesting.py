"""Which of two that look alike is suggested as the copy, and why; nothing is stored."""

from datetime import date, timedelta

import pytest

from sources.models import Likeness, Source
from sources.origins import suggestions_for
from tests.making import NOW, make_publisher, make_source, make_user
from tests.sources.origins.captures import capture

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return make_user("reporter")


def pair(one, other):
    return Likeness.objects.create(
        left=min(one, other, key=lambda source: source.pk),
        right=max(one, other, key=lambda source: source.pk),
        score=0.9,
        found_at=NOW,
    )


def suggested(one, other):
    alike = pair(one, other)
    return suggestions_for([alike])[alike.pk]


@pytest.mark.parametrize("agency", ["Reuters", "PAP", "AP", "The Associated Press", "Polska Agencja Prasowa"])
def test_what_an_agency_put_out_is_the_origin_even_if_it_was_captured_later(by, agency):
    paper = make_source(by, published_on=date(2026, 5, 1))
    wire = make_source(by, published_on=date(2026, 5, 2), publisher=make_publisher(agency))
    found = suggested(paper, wire)
    assert (found.source, found.of, found.how) == (paper, wire, "wire_copy")
    assert found.reasons == [f"“{wire}” is the text of an agency."]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("PORT SAMPLE (Reuters) - A treaty was signed.", "Reuters"),
        ("PORT SAMPLE (AP) — A treaty was signed.", "AP"),
        ("Podpisano traktat. Źródło: PAP", "PAP"),
        ("A treaty was signed.\n" + "More of it. " * 200 + "\nWith files from AFP", "AFP"),
    ],
    ids=["Reuters", "AP", "PAP", "AFP"],
)
def test_a_text_that_names_an_agency_is_suggested_as_a_wire_copy(by, text, name):
    earlier, later = (
        make_source(by, published_on=date(2026, 5, 1)),
        make_source(by, published_on=date(2026, 5, 2)),
    )
    capture(later, text)
    found = suggested(earlier, later)
    assert (found.source, found.of, found.how) == (later, earlier, "wire_copy")
    assert found.reasons == [f"“{earlier}” is the earlier of the two.", f"“{later}” names {name}."]


@pytest.mark.parametrize("text", ["The recap of the gap was apt.", "Apart from that: PAPER and SNAP."])
def test_other_words_with_the_letters_of_an_agency_name_none(by, text):
    later = make_source(by, published_on=date(2026, 5, 2))
    capture(later, text)
    assert suggested(make_source(by, published_on=date(2026, 5, 1)), later).how == ""


def test_a_statement_is_the_origin_of_an_article(by):
    article = make_source(by, published_on=date(2026, 5, 1))
    release = make_source(by, kind=Source.Kind.STATEMENT, published_on=date(2026, 5, 1))
    capture(article, "As the ministry said in a press release, the treaty is signed.")
    found = suggested(article, release)
    assert (found.source, found.of, found.how) == (article, release, "press_release")
    assert found.reasons == [
        f"“{release}” is a statement or press release.",
        f"“{article}” speaks of a press release.",
    ]


def test_without_days_of_publication_the_first_capture_counts(by):
    one, other = make_source(by), make_source(by, published_on=date(2026, 5, 1))
    capture(one, "A treaty.", at=NOW + timedelta(hours=1))
    capture(other, "A wall.", at=NOW - timedelta(days=9), obstacle="login_wall")
    capture(other, "A treaty.", at=NOW + timedelta(hours=2))
    capture(other, "A treaty.", at=NOW + timedelta(hours=3))
    found = suggested(one, other)
    assert (found.source, found.of, found.how) == (other, one, "")


def test_the_same_day_is_no_order(by):
    one, other = (make_source(by, published_on=date(2026, 5, 1)) for _ in range(2))
    found = suggested(one, other)
    assert (found.source, found.of, found.how, found.reasons) == (other, one, "", [])


def test_on_the_same_day_the_moment_that_each_page_tells_is_the_order(by):
    day = date(2026, 5, 1)
    later, earlier = (make_source(by, published_on=day) for _ in range(2))
    capture(later, "A treaty.", found={"published": "2026-05-01T11:00:00+02:00"})
    capture(
        earlier, "A treaty.", at=NOW + timedelta(hours=1), found={"published": "2026-05-01T10:30:00+02:00"}
    )
    found = suggested(later, earlier)
    assert (found.source, found.of) == (later, earlier)
    assert found.reasons == [f"“{earlier}” is the earlier of the two."]


def test_many_suggestions_are_two_questions_and_store_nothing(by, django_assert_num_queries):
    sources = [make_source(by) for _ in range(4)]
    for source in sources:
        capture(source, "A treaty.")
    pairs = [pair(sources[0], other) for other in sources[1:]]
    with django_assert_num_queries(2):
        found = suggestions_for(pairs)
    assert set(found) == {alike.pk for alike in pairs}
    assert not Source.objects.exclude(derives_from=None).exists()
