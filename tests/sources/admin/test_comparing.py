"""Two archived texts side by side, word by word."""

import pytest
from django.urls import reverse

from sources.admin.compare_page import rows_of
from sources.passages.offering import difference
from tests.articles.admin.pages import html_of
from tests.making import make_claim, make_snapshot, make_source, make_user

pytestmark = pytest.mark.django_db

LONG = " ".join(f"word{n}" for n in range(400))


@pytest.fixture
def rita():
    return make_user("reporter")


def compare(source, **asked):
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"{reverse('admin:sources_source_compare', args=[source.pk])}?{query}"


def test_what_changed_between_two_captures_is_shown_on_its_side(reporter, rita):
    source = make_source(rita)
    old, new = (
        make_snapshot(source, f"Two states signed. {LONG}"),
        make_snapshot(source, f"Three states signed. {LONG}"),
    )
    html = html_of(reporter, compare(source, old=old.public_id, new=new.public_id))
    assert "<del>Two</del>" in html
    assert "<ins>Three</ins>" in html
    assert "words the same" in html
    assert "word399" not in html


def test_two_sources_are_held_side_by_side_by_their_latest_captures(reporter, rita):
    one, other = make_source(rita, title="Gazette"), make_source(rita, title="Almanac")
    make_snapshot(one, "Two states signed.")
    make_snapshot(other, "Three states signed.")
    html = html_of(reporter, compare(one, **{"with": other.public_id}))
    assert "<del>Two</del>" in html
    assert "Almanac" in html


def test_equal_texts_are_said_to_be_equal(reporter, rita):
    source = make_source(rita)
    old, new = make_snapshot(source, LONG), make_snapshot(source, LONG)
    assert "the same, word by word" in html_of(
        reporter, compare(source, old=old.public_id, new=new.public_id)
    )


def test_markup_in_a_text_is_not_obeyed(reporter, rita):
    source = make_source(rita)
    old, new = make_snapshot(source, "<i>a</i> b"), make_snapshot(source, "<script>x</script> b")
    html = html_of(reporter, compare(source, old=old.public_id, new=new.public_id))
    assert "<script>x" not in html


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"old": "x", "new": "y"},
        {"with": ""},
        {"with": "zzzzzzzzzzzz"},
        {"with": "%00"},
        {"with": "zzzzzzzzzzz%00"},
        {"old": "zzzzzzzzzzz%00", "new": "%00"},
        {"old": "9" * 5000, "new": "9" * 12},
    ],
)
def test_what_is_not_there_cannot_be_compared(reporter, rita, asked):
    source = make_source(rita)
    make_snapshot(source, "Words.")
    assert reporter.get(compare(source, **asked)).status_code == 404


@pytest.mark.parametrize("given", ["%00", "x%00y", "9" * 5000])
def test_no_address_breaks_the_pages_beside_it(reporter, rita, given):
    source = make_source(rita)
    captured = make_snapshot(source, "Words.")
    read = reverse("admin:sources_source_snapshot", args=[source.pk, captured.public_id])
    passage = reverse("admin:articles_citation_passage", args=[make_claim(rita, source).citations.get().pk])
    for address in (
        f"{read}?find={given}&at={given}&start={given}&end={given}",
        f"{reverse('admin:sources_source_changelist')}?q={given}",
        f"{passage}?snapshot={given}&article={given}&place={given}&at={given}",
    ):
        assert reporter.get(address).status_code in (200, 302)


def test_the_capture_of_another_source_is_not_compared_under_this_one(reporter, rita):
    source, other = make_source(rita), make_source(rita)
    ours, theirs = make_snapshot(source, "Words."), make_snapshot(other, "Words.")
    answer = reporter.get(compare(source, old=ours.public_id, new=theirs.public_id))
    assert answer.status_code == 404


def test_rows_lose_nothing_but_what_is_the_same():
    old, new = f"One. {LONG} Two. {LONG} end", f"One. {LONG} Three. {LONG} end"
    rows = rows_of(difference(old, new))
    skipped = sum(row.skipped for row in rows)
    shown = " ".join("".join(text for _op, text in row.left) for row in rows).split()
    assert skipped + len(shown) == len(old.split())
    assert [op for row in rows for op, _text in row.left].count("gone") == 1
