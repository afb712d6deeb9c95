"""The page on which readers search."""

import xml.etree.ElementTree as ET
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Edition
from articles.searching import learn_words
from tests.articles.public.followed import Followed
from tests.articles.public.stories import long_story, polish_story
from tests.articles.rendering.html import read
from tests.making import NOW, Desk

pytestmark = pytest.mark.django_db


def main(answer):
    return read(answer.text).one("main")


def links(answer) -> list[str]:
    return [link["href"] for link in main(answer).all("a")]


def test_hits_stand_by_article_with_their_sentences_marked_and_linked(client, clock):
    story = long_story()
    clock.move_to(NOW + timedelta(days=2))
    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/search/", {"q": "joint weapons"})
    assert len(queries) <= 3
    key = story.desk.key_of(story.article, "The treaty provides")
    assert f"{story.path}#s-{key}" in links(answer)
    assert "for <mark>joint</mark> development of <mark>weapons</mark>" in answer.text
    assert "1 article" in answer.text
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Surrogate-Key"] == "lists"
    assert answer["Cache-Control"] == "public, max-age=60, s-maxage=2"
    again = client.get("/search/", {"q": "joint weapons"}, headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304
    assert not answer.cookies


def test_it_is_narrowed_down_by_links_and_each_subject_can_be_left_out_again(client, clock):
    story = long_story()
    polish_story()
    clock.move_to(NOW + timedelta(days=2))
    answer = client.get("/search/", {"q": "treaty or traktat"})
    [party] = [link for link in links(answer) if "party=poland" in link]
    assert parse_qs(urlsplit(party).query) == {"q": ["treaty or traktat"], "party": ["poland"]}
    narrowed = client.get(party)
    assert story.path in links(narrowed)
    assert "traktat-polsko-brytyjski" not in narrowed.text
    assert "/search/?q=treaty+or+traktat" in links(narrowed)
    assert 'name="party" value="poland"' in narrowed.text
    # A form that was sent with empty fields asks no more than one without them.
    empty = {"q": "treaty", "language": "", "kind": "", "from": "", "to": ""}
    assert links(client.get("/search/", empty)) == links(client.get("/search/", {"q": "treaty"}))


def test_words_of_others_are_shown_as_words(client):
    desk = Desk()
    desk.save(headline="Talks & treaties <i>signed</i>")
    desk.publish()
    answer = client.get("/search/", {"q": 'treaties <script>alert(1)</script>"'})
    assert "<script>alert" not in answer.text
    answer = client.get("/search/", {"q": "treaties talks"})
    assert "<mark>Talks</mark> &amp; <mark>treaties</mark> &lt;i&gt;signed&lt;/i&gt;" in answer.text


def test_the_page_speaks_polish_to_whoever_searches_in_polish(client):
    polish_story()
    answer = client.get("/search/", {"q": "traktaty", "language": "pl"})
    assert '<html lang="pl">' in answer.text
    assert "1 artykuł" in answer.text
    assert "<mark>traktat</mark>" in answer.text
    assert "Nic nie znaleziono" in client.get("/search/", {"q": "zzz", "language": "pl"}).text
    refused = client.get("/search/", {"q": "-zzz", "language": "pl"})
    assert (refused.status_code, "Podaj też słowo" in refused.text) == (400, True)


def test_what_a_misspelt_word_may_have_meant_is_offered(client):
    Followed()
    learn_words(Edition.objects.get().pk)
    answer = client.get("/search/", {"q": "tretay", "kind": "claim"})
    assert "/search/?q=treaty" in links(answer)


def test_further_pages_go_on_where_one_ended(client):
    paths = {
        Followed(slug=f"story-{number}", now=NOW - timedelta(days=number)).article.get_absolute_url()
        for number in range(11)
    }
    first = client.get("/search/", {"q": "treaty"})
    [following] = [link for link in links(first) if "before=" in link]
    second = client.get(following)
    on_first, on_second = ({link for link in links(page) if link in paths} for page in (first, second))
    assert on_first | on_second == paths
    assert (len(on_first), len(on_second)) == (10, 1)
    assert not [link for link in links(second) if "before=" in link]


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("q=" + "x" * 201, "q"),
        ("q=%00", "q"),
        ("q=%FF%FE%00", "q"),
        ("q=-a", "q"),
        ("q=a&q=b", "q"),
        ("q=" + "a+" * 11, "q"),
        ("q=a&kind=article'--", "kind"),
        ("q=a&language=../x", "language"),
        ("q=a&from=2026-02-30", "from"),
        ("q=a&from=%D9%A2026-01-01", "from"),
        ("q=a&to=20260101", "to"),
        ("q=a&from=2026-02-01&to=2026-01-01", "to"),
        ("q=a&treaty=%27", "treaty"),
        ("q=a&party=Poland", "party"),
        ("q=a&speaker=" + "a" * 13, "speaker"),
        ("q=a&publisher=A", "publisher"),
        ("q=a&before=bm8", "before"),
        ("q=a&page=2", "page"),
        ("q=a&%3Cb%3E=2", "&lt;b&gt;"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_parameter_named(client, query, place):
    answer = client.get(f"/search/?{query}")
    assert answer.status_code == 400
    assert f"<code>{place}</code>" in answer.text
    assert answer["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "text", ["'", "a'b", "\\", "a:*", "!!a", "a<->b", "%s %(x)s", "a" * 200, "€ 5", "日本", "\u202f1"]
)
def test_whatever_is_typed_is_answered(client, text):
    Followed()
    assert client.get("/search/", {"q": text}).status_code in {200, 400}


def test_every_page_leads_to_the_search_and_browsers_learn_of_it(client):
    home = read(client.get("/").text)
    assert home.one("header").one("form")["action"] == "/search/"
    description = client.get("/opensearch.xml", headers={"host": "testserver"})
    names = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
    [page, itself] = ET.fromstring(description.content).findall("o:Url", names)  # noqa: S314 (our own)
    assert page.get("template") == "http://testserver/search/?q={searchTerms}"
    assert itself.get("template") == "http://testserver/opensearch.xml"


def test_its_interface_is_in_the_language_that_is_asked_for_whatever_articles_are_sought(client, clock):
    story, polish = long_story(), polish_story()
    clock.move_to(NOW + timedelta(days=2))
    answer = client.get("/search/", {"q": "treaty or traktat", "lang": "pl"})
    assert read(answer.text).one("html")["lang"] == "pl"
    # Of both languages, and so is whatever leads on from here.
    assert {story.path, polish.path} <= set(links(answer))
    assert 'name="lang" value="pl"' in answer.text
    assert all("lang=pl" in link for link in links(answer) if link.startswith("/search/"))
    switch = read(answer.text).one(class_="also-in").one("a")
    assert switch["href"] == "/search/?q=treaty+or+traktat&lang=en"
    # The articles' language is the interface's where nobody says otherwise.
    for asked, spoken in (({"language": "pl"}, "pl"), ({"language": "pl", "lang": "en"}, "en")):
        page = read(client.get("/search/", {"q": "traktat", **asked}).text)
        assert page.one("html")["lang"] == spoken
    unknown = client.get("/search/", {"q": "traktat", "lang": "xx"})
    assert unknown.status_code == 400
    assert "<code>lang</code>" in unknown.text
    refused = client.get("/search/", {"q": "-traktat", "lang": "pl"})
    assert 'name="lang" value="pl"' in refused.text
    assert read(refused.text).one("html")["lang"] == "pl"


def test_a_page_in_polish_leads_to_a_search_in_polish_for_everything(client):
    hidden = read(client.get("/?lang=pl").text).one("form").one("input", type="hidden")
    assert (hidden["name"], hidden["value"]) == ("lang", "pl")
