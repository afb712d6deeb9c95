"""What a page says of itself is found, in the forms in which pages say it."""

import pytest

from sources.capture.reading.html import read_page
from tests.sources.capture.documents import ADDRESS, ARTICLE, page


def test_a_page_that_says_nothing_of_itself_has_nothing_made_up():
    found = read_page(page("<p>Only words</p>"))["found"]
    assert found == dict.fromkeys(("title", "publisher", "authors", "published", "language"), "")


LINKED = '<script type="application/ld+json">%s</script>'


SAID = {
    "linked data": (
        LINKED % '{"@graph":[{"@type":"WebPage","datePublished":"2020-01-01"},'
        '{"@type":"NewsArticle","datePublished":'
        '"2026-05-27T12:02:11Z","inLanguage":"pl-PL","publisher":{"name":"Gazeta"},'
        '"author":[{"name":"Jan Sobel"},{"name":"Ada Roe"}]}]}',
        {
            "published": "2026-05-27T12:02:11+00:00",
            "language": "pl",
            "publisher": "Gazeta",
            "authors": "Jan Sobel; Ada Roe",
        },
    ),
    "a date alone": (
        '<meta property="article:published_time" content="2026-05-27">',
        {"published": "2026-05-27"},
    ),
    "a moment without offset": (
        '<meta property="article:published_time" content="2026-05-27 14:02">',
        {"published": "2026-05-27T14:02:00"},
    ),
    "a date in another form": ('<meta name="date" content="27 May 2026">', {"published": "2026-05-27"}),
    "no date that is one": (
        '<meta property="article:published_time" content="yesterday">',
        {"published": ""},
    ),
    "a locale": ('<meta property="OG:Locale" content="pl_PL">', {"language": "pl"}),
    "no language that is one": ('<meta property="og:locale" content="klingon">', {"language": ""}),
    "broken linked data": (LINKED % '{"@type":', {"published": "", "publisher": ""}),
    "deep linked data": (LINKED % ("[" * 90_000), {"published": "", "publisher": ""}),
    "linked data of another kind": (
        LINKED % '{"@type":5,"datePublished":[1],"publisher":["x"]}',
        {"published": "", "publisher": ""},
    ),
    "an endless title": (f"<title>{'word ' * 1000}</title>", {"title": ("word " * 100).strip()}),
    "its own address": ("", {"publisher": ""}),
}


@pytest.mark.parametrize(("head", "said"), SAID.values(), ids=SAID)
def test_what_a_page_says_of_itself_is_found_and_nothing_made_up(head, said):
    found = read_page(page(ARTICLE, head), url=ADDRESS)["found"]
    assert {name: found[name] for name in said} == said
