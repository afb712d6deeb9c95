"""The words of archived texts are found from the list of sources, and a hit leads to its place."""

import re
from html import unescape
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from newsroom import desk_finding
from newsroom.core import finding
from sources.models import SnapshotText
from sources.models.snapshot import SEARCHED_LENGTH
from tests.articles.admin.pages import html_of
from tests.making import make_snapshot, make_source, make_user

pytestmark = pytest.mark.django_db

LIST = "/admin/sources/source/"


@pytest.fixture
def rita():
    return make_user("reporter")


def test_a_source_is_found_by_the_words_of_its_archived_text_and_the_hit_leads_there(reporter, rita):
    said, silent = make_source(rita, title="Gazette"), make_source(rita, title="Almanac")
    snapshot = make_snapshot(said, "Dwa państwa podpisały traktat o współpracy w Nancy.")
    make_snapshot(silent, "Nothing of the kind.")
    html = html_of(reporter, f"{LIST}?q=współprac+traktat")
    assert "Gazette" in html
    assert "Almanac" not in html
    assert re.search(r'<mark class="desk-found">(współprac|traktat)</mark>', html)
    place = reverse("admin:sources_source_snapshot", args=[said.pk, snapshot.public_id])
    hit = unescape(re.search(rf'href="({place}[^"]*)"', html)[1])
    assert 'id="found-' in html_of(reporter, hit)


def test_several_captures_of_one_source_are_one_hit(reporter, rita):
    source = make_source(rita)
    for number in range(3):
        make_snapshot(source, f"The treaty, version {number}.")
    assert html_of(reporter, f"{LIST}?q=treaty").count("data-snapshot=") == 1


@pytest.mark.parametrize("typed", ["", " ", "...", "&|!():*", "'", "\\", "a" * 300, "x " * 500, "%", "\x00"])
def test_whatever_is_typed_is_a_search(reporter, rita, typed):
    make_snapshot(make_source(rita), "The treaty.")
    assert reporter.get(LIST, {"q": typed}).status_code in (200, 302)


def test_names_are_chosen_by_name_alone(reporter, rita):
    make_snapshot(make_source(rita, title="Almanac"), "The treaty.")
    url = reverse("admin:autocomplete")
    asked = {"app_label": "articles", "model_name": "citation", "field_name": "source", "term": "treaty"}
    assert reporter.get(url, asked).json()["results"] == []


def test_a_chooser_has_the_newest_alone_and_does_not_look_for_more(reporter, rita, monkeypatch):
    monkeypatch.setattr(desk_finding, "MOST_CHOSEN_FROM", 2)
    monkeypatch.setattr(finding, "NEWEST", 3)
    sources = [make_source(rita, title=f"Almanac {number}") for number in range(5)]
    url = reverse("admin:autocomplete")
    asked = {"app_label": "articles", "model_name": "citation", "field_name": "source", "term": "almanac"}
    with CaptureQueriesContext(connection) as queries:
        offered = reporter.get(url, asked).json()["results"]
    assert {int(one["id"]) for one in offered} == {source.pk for source in sources[-2:]}
    assert not any("sources_source" in query["sql"] and "LIMIT 3001" in query["sql"] for query in queries)
    assert sum(f"Almanac {number}" in html_of(reporter, f"{LIST}?q=almanac") for number in range(5)) == 5


# As many different words as so much text can hold, of letters of four bytes each.
_LETTERS = [chr(0x10428 + n) for n in range(40)]
_WORDS = ["".join(letters) for letters in product(_LETTERS, repeat=3)]
# The parser counts what a hyphen joins twice: as a whole, and part by part.
FULL = {
    "words": " ".join(_WORDS),
    "hyphens": " ".join("-".join(_WORDS[n : n + 120]) for n in range(0, len(_WORDS), 120)),
    "addresses": " ".join(f"a{n:x}.example/{word}" for n, word in enumerate(_WORDS)),
    # Twice over, as it stands and by its stem.
    "plurals": " ".join(f"{n:o}ations" for n in range(30_000)),
}


@pytest.mark.parametrize("name", FULL)
def test_no_text_is_too_full_of_words_to_be_kept(rita, name):
    assert len(FULL[name]) > 2 * SEARCHED_LENGTH
    make_snapshot(make_source(rita), FULL[name])
    assert SnapshotText.objects.count() == 1
