"""Whatever words a page prints, they stay words: they open no element, add no attribute and lead nowhere else."""

import json

from articles.receipts import Told
from articles.rendering.article import article_html, gone_html
from articles.rendering.entries import Shown
from articles.rendering.withdrawals import Withdrawal
from articles.rules.receipts import changes
from tests.articles.rendering.documents import LATER, NOON, Draft, an_id, evidence, source
from tests.articles.rendering.html import Element, read
from tests.articles.rendering.test_figures import picture

HARMLESS = "Words"
HOSTILE = (
    """'"><img src=x onerror=alert(1)></script></title><script>alert(1)</script>""",
    """x" onmouseover="alert(1)' onclick='alert(1)""",
    "]]>--><!--\u2028\u2029&quot;&#34;\\u003c{{ site.name }}{% now 'Y' %}%(first)s",
)
ADDRESSES = ("javascript:alert(1)", "data:text/html,<script>alert(1)</script>", " JavaScript:alert(1)")
SNAPSHOT = {"id": "aaaaaaaaaaaa", "sha256": "ab" * 32, "captured_at": "2026-05-28T10:00:00Z"}


def draft_of(words: str, address: str) -> Draft:
    """A story with ``words`` in every field that somebody can type, and ``address`` where addresses stand."""
    passage = {"exact": words, "prefix": words, "suffix": words}
    facts = {"title": words, "creators": words, "label": "", "url": address}
    publisher = {"id": an_id("p", 1), "slug": "daily", "name": words}
    speaker = {"id": an_id("k", 1), "slug": "ada", "name": words, "kind": "person"}
    treaty = {"id": an_id("t", 1), "slug": "treaty", "title": words, "parties": [words, words]}
    made = Draft(
        headline={"text": words, "rests_on": []},
        standfirst={"text": words, "rests_on": []},
        section={"id": an_id("e", 1), "slug": "home", "name": words},
        tags=[{"slug": "a-tag", "name": words}],
        bylines=[{"id": an_id("b", n), "slug": f"person-{n}", "name": words} for n in (1, 2)],
        treaties=[treaty | {"signed_on": "2026-05-27", "signed_at": words}],
        sources=[
            source(1, publisher=publisher, **facts),
            source(2, publisher=publisher, **facts | {"url": f"https://press.example/{words}"}),
            source(3, confidential=True, **facts | {"label": words, "url": ""}),
        ],
    )
    links = [
        {"mark": "a", "start": n, "end": n + 1, "href": href}
        for n, href in enumerate((address, f"https://press.example/{words}"))
    ]
    cited = {"passage": passage, "locator": words, "snapshot": SNAPSHOT, "start": 1}
    made.says(words, evidence(1, **cited), evidence(2, **cited), evidence(3), marks=links)
    made.says(words, evidence(2, "contradicts", **cited), evidence(1, "context"), exemption=words)
    made.quotes(
        words,
        speaker=speaker,
        role=words,
        occasion=words,
        original=words,
        original_language="fr",
        translator=words,
    )
    made.content["blocks"] += [
        picture(words, alt=words, credit=words, usage_terms=words),
        {"kind": "h2", "text": words, "marks": []},
    ]
    return made


def page_of(words: str, address: str) -> Element:
    """The article's page after a correction with ``words`` in its note and receipt, one source withdrawn."""
    before, after = Draft().says("It was signed", evidence(1)), draft_of(words, address)
    told = Told(
        "c00000000001", "correction", 2, LATER, words, words, **changes(before.content, after.content)
    )
    gone = {after.content["sources"][0]["id"]: Withdrawal(LATER, "us", words)}
    document = after.document(number=2, kind="correction", note=words)
    return read(article_html(document, Shown(LATER, NOON, (told,)), gone))


def skeleton(element: Element) -> list:
    """Elements with the names of their attributes: all of a page but its words."""
    inside = [skeleton(part) for part in element.parts if isinstance(part, Element)]
    return [element.tag, sorted(element.attributes), *inside]


def test_no_words_of_a_draft_change_what_a_page_is_made_of():
    plain = skeleton(page_of(HARMLESS, "none"))
    for words, address in zip(HOSTILE, ADDRESSES, strict=True):
        whole = page_of(words, address)
        assert skeleton(whole) == plain
        assert {a["href"].split(":")[0] for a in whole.all("a") if ":" in (a["href"] or "")} <= {"https"}
        (data,) = whole.all("script", type="application/ld+json")
        assert not set("<>&\u2028\u2029") & set(data.text)
        assert json.loads(data.text)["@graph"][0]["headline"] == words


def test_nor_what_the_page_of_a_retracted_article_is_made_of():
    def gone(words):
        document = draft_of(words, "none").document(number=2, kind="retraction", note=words)
        return skeleton(read(gone_html(document, Shown(LATER, NOON))))

    assert all(gone(words) == gone(HARMLESS) for words in HOSTILE)
