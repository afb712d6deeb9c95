"""The search by words: in both languages, whatever is typed, and with bounded work."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Claim
from newsroom.core import finding
from newsroom.core.excerpts import excerpt, first_place
from newsroom.core.finding import asked, newest
from tests.making import NOW, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def rita():
    return make_user("reporter")


def claims(by, *labels) -> list[Claim]:
    return [Claim.objects.create(label=label, created_by=by, created_at=NOW) for label in labels]


def found(text: str, **bounds) -> list[str]:
    sought = asked(text)
    ids = newest(Claim.objects.all(), sought, most=50, **bounds).ids if sought else []
    return [Claim.objects.get(pk=pk).label for pk in ids]


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("łódź", "Traktat z Łodzi podpisano w ŁÓDŹ"),
        ("ŁÓDŹ", "Rozmowy: Łódź."),
        ("lodz", "Rozmowy: Łódź."),
        ("Łódź", "Delegations met in Lodz"),
        ("traktat", "Traktatu nie podpisano"),
        ("współprac traktat", "Traktat o współpracy"),
        ("WSPOLPRACY", "Traktat o współpracy"),
        ("negotiations", "A negotiation was held"),
        ("negotiation", "Negotiations were held"),
        ("signing", "The treaty was signed"),
        ("wigry", "Talks at Wigry–Nancy"),
        ("nancy treaty", "The treaty of Nancy"),
        ("example.com", "See https://www.example.com/a-paper?x=1"),
        ("paper", "See https://www.example.com/a-paper?x=1"),
        ("3,000", "Some 3,000 people"),
        ("O'Neil", "Mr O'Neil agreed"),
        ("O’Neil", "Mr O'Neil agreed"),
        ("<b>bold", "A <b>bold</b> claim"),
        ("the", "The of and"),
        ('"treaty of', "A treaty of peace"),
        ("treaty & | ! ( :*", "A treaty of peace"),
        ("tr\x00eaty", "tr eaty"),
    ],
)
def test_what_people_type_finds_what_stands_there(rita, typed, stands):
    claims(rita, stands, "Something else")
    assert found(typed) == [stands]


@pytest.mark.parametrize("typed", ["łodzianin", "treaties nancy", "oty", "12"])
def test_other_words_find_nothing(rita, typed):
    claims(rita, "Łódź", "A treaty of peace, 123 pages")
    assert found(typed) == []


@pytest.mark.parametrize(
    "typed", ["", " ", "🎉", "...", "&|!():*", "'", '"', "\\", "%", "\x00", "_", "\ud800", "<->", "½", "٣"]
)
def test_what_has_no_word_asks_for_nothing(rita, typed):
    claims(rita, "The treaty")
    assert found(typed) == []


@pytest.mark.parametrize(
    "typed", ["x" * 10_000, "the " * 3_000, "1e5abc 0x1f a.b@c.d", "中文 ไทย", "ß İ ǆ ﬁ"]
)
def test_whatever_is_typed_is_an_answer(rita, typed):
    claims(rita, "The treaty")
    assert found(typed) in ([], ["The treaty"])


def test_the_newest_come_first_and_one_goes_on_behind_the_last(rita):
    _first, second, _third = claims(rita, "treaty 1", "treaty 2", "treaty 3")
    assert found("treaty") == ["treaty 3", "treaty 2", "treaty 1"]
    assert found("treaty", before=second.pk) == ["treaty 1"]


@pytest.fixture
def little(monkeypatch):
    """Bounds so small that every way of looking is gone."""
    monkeypatch.setattr(finding, "NEWEST", 3)
    monkeypatch.setattr(finding, "NEWER", 6)
    monkeypatch.setattr(finding, "MOST_MATCHES", 4)


def test_old_rows_are_found_by_the_index(rita, little):
    claims(rita, "a rare treaty", *["something"] * 8)
    assert found("rare") == ["a rare treaty"]


def test_of_too_many_old_ones_the_newest_of_those_looked_at_are_told_and_that_there_may_be_more(rita, little):
    claims(rita, *[f"treaty {n}" for n in range(8)], *["something"] * 4)
    told = newest(Claim.objects.all(), asked("treaty"), most=4)
    assert not told.whole
    assert len(told.ids) == 4
    assert Claim.objects.get(pk=told.ids[0]).label == "treaty 7"


def test_a_word_that_stands_everywhere_costs_no_look_at_the_index(rita, little):
    claims(rita, *[f"treaty {n}" for n in range(9)])
    with CaptureQueriesContext(connection) as captured:
        newest(Claim.objects.all(), asked("treaty"), most=3)
    assert len(captured) == 3
    assert not any("enable_seqscan" in query["sql"] for query in captured)


def test_any_other_word_is_looked_up_in_the_index_and_nowhere_else(rita, little):
    claims(rita, "rare", *["something"] * 8)
    sought = asked("rare")
    with finding._by_the_index():
        plan = Claim.objects.filter(sought.in_rows_of(Claim)).order_by().explain()
    assert "claim_searched" in plan
    assert "Seq Scan" not in plan
    # And what was said for that one look holds no longer than it.
    with connection.cursor() as cursor:
        cursor.execute("SHOW enable_seqscan")
        assert cursor.fetchone() == ("on",)


def test_a_search_that_takes_too_long_is_given_up_and_says_so(rita, little, monkeypatch):
    claims(rita, "rare", *["something"] * 8)
    monkeypatch.setattr(finding, "MILLISECONDS", 1)
    slow = Claim.objects.extra(where=["pg_sleep(0.05) IS NOT NULL"])
    told = newest(slow, asked("rare"), most=3)
    assert (told.ids, told.whole) == ([], False)
    assert Claim.objects.count() == 9


@pytest.mark.parametrize(
    ("words", "text", "marked"),
    [
        ("lodz", "Rozmowy w Łódź.", "Łódź"),
        ("negotiations", "A negotiation was held", "negotiation"),
        ("treaty of nancy", "A treaty. The treaty of Nancy.", "treaty of Nancy"),
        ("nuclear", "A treaty", ""),
        ("?!", "A treaty", ""),
    ],
)
def test_an_excerpt_marks_the_words_as_they_stand(words, text, marked):
    assert excerpt(words, text).found == marked


def test_the_place_of_a_search_is_where_the_words_stand_together_or_else_the_rarest():
    text = "A treaty. A treaty. They met in Nancy. The treaty of Nancy."
    assert first_place("treaty of nancy", text) == (43, 58)
    assert first_place("nancy treaty", text) == (32, 37)
    assert first_place("nuclear", text) is None
    assert first_place("?!", text) is None
