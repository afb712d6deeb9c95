"""Readers that others wrote take from our pages, feeds and sitemaps what we mean by them."""

import json
from datetime import UTC, datetime

import extruct
import feedparser
import pytest
import trafilatura
from trafilatura.sitemaps import SitemapObject

from tests.articles.public.stories import UNCHECKED
from tests.making import NOW

# Says that the test database is to be made: the fixture of the session cannot.
pytestmark = pytest.mark.django_db

SITE = "https://news.example"
HEADLINE = "Britain and Poland sign a treaty on defence and security"
POLISH = "Polska i Wielka Brytania podpisały traktat"
AUTHORS = ["Rita Reporter", "Ewa Żółć-Example"]
CHANGED = datetime(2026, 6, 2, 8, 0, tzinfo=UTC)


def slug_in(url: str) -> str:
    return url.partition("/articles/")[2].strip("/")


@pytest.fixture(scope="module")
def article(whole_site):
    return whole_site["long article"]


def test_trafilatura_reads_headline_authors_date_and_every_sentence_of_the_text(article, whole_site):
    read = trafilatura.bare_extraction(article.body, url=SITE + article.path, with_metadata=True)
    assert read.title == HEADLINE
    assert read.author.split("; ") == AUTHORS
    # Which site it takes it for is left out: of several publishers it takes the longest name.
    assert read.date == "2026-06-01"
    for words in (
        "signed a treaty on security and defence in London",
        UNCHECKED,
        "Land forces are to exercise",
    ):
        assert words in read.text, words
    for words in ("Skip to", "All articles", "Corrections policy"):
        assert words not in read.text, words
    polish = whole_site["Polish article"]
    told = trafilatura.bare_extraction(polish.body, url=SITE + polish.path, with_metadata=True)
    assert (told.title, told.author) == (POLISH, "Ewa Żółć-Example; Jan Przykład")


def test_extruct_reads_the_structured_data_and_what_is_said_to_other_sites(article):
    read = extruct.extract(article.text, base_url=SITE + article.path, syntaxes=["json-ld", "opengraph"])
    (block,) = read["json-ld"]
    by_type = {node["@type"]: node for node in block["@graph"]}
    news = by_type["NewsArticle"]
    assert news["headline"] == HEADLINE
    assert [author["name"] for author in news["author"]] == AUTHORS
    assert datetime.fromisoformat(news["datePublished"]) == NOW
    assert datetime.fromisoformat(news["dateModified"]) == CHANGED
    assert len(news["citation"]) > 3
    assert {"Quotation", "Claim", "NewsMediaOrganization"} <= by_type.keys()
    told = dict(read["opengraph"][0]["properties"])
    assert (told["og:title"], told["og:type"], told["og:url"]) == (HEADLINE, "article", article.path)
    assert told["og:image"].endswith(".png")


@pytest.mark.parametrize("form", ["atom.xml", "rss.xml"])
def test_feedparser_reads_every_entry_with_authors_dates_and_text(whole_site, form):
    feed = feedparser.parse(whole_site[f"feed {form}"].body)
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.feed.title == "Newsroom"
    entries = {entry.title: entry for entry in feed.entries}
    assert {HEADLINE, POLISH, "Larkspur: a treaty is signed"} <= entries.keys()
    entry = entries[HEADLINE]
    assert entry.link.endswith("/articles/uk-poland-treaty/")
    assert [author.name for author in entry.authors] == AUTHORS
    assert datetime(*entry.published_parsed[:6], tzinfo=UTC) == NOW
    assert UNCHECKED in entry.content[0].value
    assert entry.id.startswith("tag:")


def test_a_sitemap_parser_finds_every_file_and_in_them_every_listed_article(whole_site):
    def links(name: str) -> SitemapObject:
        answer = whole_site[name]
        found = SitemapObject(SITE, "news.example", [])
        found.content = answer.text
        found.current_url = SITE + answer.path
        found.process()
        return found

    index = links("sitemap-index")
    assert any(url.endswith("/sitemaps/1.xml") for url in index.sitemap_urls)
    told = json.loads(whole_site["feed feed.json"].body)["items"]
    listed = {slug_in(item["url"]) for item in told if "date_published" in item}
    articles = {slug_in(url) for url in links("sitemap").urls}
    news = {slug_in(url) for url in links("sitemap-news").urls}
    assert {"uk-poland-treaty", "traktat-polsko-brytyjski", "the-treaty-in-question"} == articles == news
    assert articles <= listed
