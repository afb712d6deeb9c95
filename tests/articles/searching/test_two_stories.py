"""What words, subjects and days find in two stories with everything in them."""

from copy import deepcopy
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.searching import Search, Where, offers, search, words_of
from sources.models import Speaker
from tests.articles.public.stories import long_story, polish_story
from tests.articles.searching.looking import LATER, found, marked, slugs

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def _stories(kept):
    return kept(lambda: (long_story(), polish_story()))


@pytest.fixture
def stories(_stories):
    """The English and the Polish one."""
    return deepcopy(_stories)


def test_words_are_found_whatever_their_case_accents_and_endings(stories):
    english, polish = (story.article.slug for story in stories)
    assert slugs("TREATIES signing") == slugs("treaty signed") == [english]
    assert slugs("traktatami") == slugs("Traktat") == [polish]
    assert slugs("bezpieczenstwie") == slugs("BEZPIECZEŃSTWO") == [polish]
    assert slugs("cyberataki") == [polish]
    assert sorted(slugs("zolc")) == sorted([polish, english])
    assert slugs("historyczny") == [polish]
    assert slugs("Tusk", language="pl") == [polish]
    # A beginning is enough in Polish; an English word has its stem.
    assert slugs("cybera") == [polish]
    assert slugs("the") == []


def test_phrases_exclusions_and_alternatives_do_what_they_say(stories):
    english, polish = (story.article.slug for story in stories)
    assert slugs('"joint development of weapons"') == [english]
    assert slugs('"weapons development joint"') == []
    assert slugs("weapons -hospitals") == []
    assert slugs("weapons -fishing") == [english]
    assert sorted(slugs("weapons or traktat")) == [polish, english]


def test_a_hit_leads_to_its_sentences_with_the_words_marked(stories):
    story, _polish = stories
    [hit] = found("joint weapons").hits
    assert hit.card["slug"] == story.article.slug
    [best] = [sentence for sentence in hit.sentences if "development" in sentence.wording.text]
    assert best.key == story.desk.key_of(story.article, "The treaty provides")
    assert marked(best.wording) == ["joint", "weapons"]
    assert marked(found("britain").hits[0].headline) == ["Britain"]
    text = "".join(text for text, _ in best.wording.pieces())
    assert text == best.wording.text == "The treaty provides for joint development of weapons"


def test_where_words_stand_can_be_asked(stories):
    assert slugs("aggression") == slugs("aggression", where=Where.QUOTE) == ["uk-poland-treaty"]
    assert slugs("aggression", where=Where.CLAIM) == slugs("aggression", where=Where.ARTICLE) == []
    assert slugs("cyberattacks", where=Where.ARTICLE) == ["uk-poland-treaty"]
    [hit] = found("treaty", where=Where.ARTICLE).hits
    assert hit.sentences == []
    assert all(
        "Starmer" in one.wording.text for one in found("minister", where=Where.QUOTE).hits[0].sentences
    )


def test_subjects_days_and_language_narrow_it_down_and_are_counted(stories):
    story, _polish = stories
    everything = found("treaty or traktat")
    facets = {
        kind: {name: count for _value, name, count in counted} for kind, counted in everything.facets.items()
    }
    assert facets["language"] == {"en": 1, "pl": 1}
    assert facets["year"] == {"2026": 2}
    assert facets["party"] == {"Poland": 1, "United Kingdom": 1}
    assert facets["speaker"] == {"Donald Tusk": 2, "Keir Starmer": 1}
    assert facets["publisher"]["Sample Press Agency"] == 1
    values = {
        (kind, name): value for kind, counted in everything.facets.items() for value, name, _count in counted
    }
    for kind, name in (
        ("party", "Poland"),
        ("speaker", "Keir Starmer"),
        ("publisher", "Sample Press Agency"),
    ):
        assert slugs("", about=((kind, values[kind, name]),)) == [story.article.slug], kind
    treaty = story.article.treaties.get()
    both = (("treaty", treaty.public_id), ("party", "poland"))
    assert slugs("weapons", about=both) == [story.article.slug]
    assert slugs("traktat", about=both) == []
    assert slugs("weapons", since=date(2026, 6, 1), until=date(2026, 6, 1)) == [story.article.slug]
    assert slugs("weapons", until=date(2026, 5, 31)) == slugs("weapons", since=date(2026, 6, 2)) == []


def test_of_merged_records_each_finds_what_all_of_them_find(stories):
    first, second = stories
    tusk, other = Speaker.objects.filter(name="Donald Tusk").order_by("pk")
    other.merged_into = tusk
    other.save()
    for speaker in (tusk, other):
        assert sorted(slugs("", about=(("speaker", speaker.public_id),))) == [
            second.article.slug,
            first.article.slug,
        ]


def test_whatever_is_asked_takes_two_queries_and_one_for_each_record_that_can_be_merged(stories):
    both = (("speaker", "a" * 12), ("publisher", "b" * 12))
    for text, about in (("treaty", ()), ("zzz", ()), ("treaty -zzz", ()), ("treaty", both), ("zzz", both)):
        words = words_of(text, "q")
        with CaptureQueriesContext(connection) as queries:
            if not search(Search(words, about=about), now=LATER, limit=10).hits:
                offers(words, now=LATER)
        assert len(queries) <= 2 + len(about), text
