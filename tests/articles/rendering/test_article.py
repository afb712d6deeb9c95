"""What the article's page shows."""

import json
from itertools import pairwise

import pytest

from articles.rendering.article import article_html
from tests.articles.rendering.documents import LATER, NOON, Draft, evidence, shown, source
from tests.articles.rendering.html import page, read


def test_headline_standfirst_byline_and_dates_stand_at_the_head():
    people = [{"id": "b" * 12, "slug": name.lower(), "name": name} for name in ("Ada", "Ben", "Cyd")]
    top = page(Draft(bylines=people).says("It was signed", evidence(1))).one("header", class_="top")
    assert top.one("h1").text == "A treaty is signed"
    assert top.one(class_="standfirst").text == "Two states sign"
    assert top.one(class_="byline").text == "By Ada, Ben and Cyd"
    published = top.one("time")
    assert (published["datetime"], published.text) == ("2026-05-27T12:00:00+01:00", "27 May 2026, 12:00 BST")
    assert "Last changed" not in top.text


def test_a_later_edition_says_when_it_was_changed_and_its_number():
    top = page(Draft().says("It was signed", evidence(1)), shown(LATER, NOON), number=3, kind="update").one(
        "dl"
    )
    assert [entry.text.strip() for entry in top.all("dd")] == [
        "27 May 2026, 12:00 BST",
        "29 May 2026, 09:30 BST",
        "3 · History",
        "1 minute",
    ]


def test_what_went_out_unchecked_says_so_at_the_sentence_and_at_the_head():
    draft = Draft().says("Officials expect more").says("It was signed", evidence(1))
    whole = page(draft, not_yet_checked=["sentenceaa", "standfirst"])
    assert [p.text for p in whole.one(class_="body").all("p")] == [
        "Officials expect more [not yet checked].",
        "It was signed [1].",
    ]
    assert "[not yet checked]" in whole.one(class_="standfirst").text
    assert whole.one(class_="aside").text.startswith(
        "2 parts of this article went out before they were checked."
    )


def test_what_is_not_there_is_not_counted_as_unchecked():
    draft = Draft(bylines=[], standfirst={"text": "", "rests_on": []}).says("It was signed", evidence(1))
    whole = page(draft, not_yet_checked=["byline", "standfirst", ""])
    assert whole.all(class_="aside") + whole.all(class_="unchecked") == []


def test_an_archive_story_says_once_that_it_is_older_than_the_rules_and_from_when():
    whole = page(
        Draft().says("It was signed"), archive={"published_on": "2019-05-03"}, not_yet_checked=["sentenceaa"]
    )
    assert whole.one(id="archive-h").text == "Published before our evidence rules"
    assert whole.one("dl", class_="dateline").all("time")[0].text == "3 May 2019"
    assert "3 May 2019" in whole.one(class_="notice").text
    assert whole.all(class_="unchecked") == []


def test_a_correction_stands_near_the_top_with_its_date_in_words():
    whole = page(
        Draft().says("It was signed", evidence(1)),
        shown(LATER, NOON),
        number=2,
        kind="correction",
        note="It was signed.\n\nIt is not in force.",
    )
    note = whole.one(role="doc-errata")
    assert note.one("h2").text == "Correction"
    assert note.one("time")["datetime"] == "2026-05-29T09:30:00+01:00"
    assert [p.text for p in note.all("p")][1:] == ["It was signed.", "It is not in force."]
    ids = [element["id"] for element in whole.all()]
    assert ids.index("note") < ids.index("s-sentenceaa")


@pytest.mark.parametrize(
    ("kind", "heading"),
    [("clarification", "Clarification"), ("update", "What is new"), ("minor", "Note to readers")],
)
def test_another_note_is_headed_by_what_it_is(kind, heading):
    whole = page(
        Draft().says("It was signed"), shown(LATER, NOON), number=2, kind=kind, note="More is known."
    )
    assert whole.one(id="note-h").text == heading


def test_the_treaty_stands_beside_the_text():
    treaty = {
        "id": "t00000000001",
        "slug": "t",
        "title": "Treaty of Example",
        "parties": ["Here", "There"],
        "signed_on": "2026-05-27",
        "signed_at": "London",
    }
    box = page(Draft(treaties=[treaty]).says("It was signed")).one(class_="treaty")
    assert "Treaty of Example" in box.text
    assert [entry.text for entry in box.all("dd")] == ["Here – There", "27 May 2026, London"]


def test_neighbouring_list_items_and_quoted_paragraphs_stay_together():
    draft = Draft()
    for kind in ("ul", "ul", "ol", "blockquote", "blockquote", "h2", "h3"):
        draft.says(kind, kind=kind)
    body = page(draft).one(class_="body")
    assert [
        (part.tag, len(part.all("li") + part.all("p"))) for part in body.parts if not isinstance(part, str)
    ] == [
        ("ul", 2),
        ("ol", 1),
        ("blockquote", 2),
        ("h2", 0),
        ("h3", 0),
    ]


def test_whatever_a_text_holds_is_text():
    evil = "<script>alert('x')</script>&amp;\"'"
    draft = Draft(
        headline={"text": evil, "rests_on": []},
        standfirst={"text": evil, "rests_on": []},
        bylines=[{"id": "b" * 12, "slug": "x", "name": evil}],
    )
    draft.says(evil, evidence(1, locator=evil, passage={"prefix": evil, "exact": evil, "suffix": evil}))
    draft.quotes(evil, occasion=evil, role=evil, original=evil, original_language="pl", translator=evil)
    draft.content["sources"] = [source(1, title=evil, creators=evil, kind=evil)]
    html = article_html(draft.document(number=2, kind="correction", note=evil), shown(LATER, NOON))
    whole = read(html)
    (data,) = whole.all("script", type="application/ld+json")
    assert not set("<>&") & set(data.text)
    assert json.loads(data.text)["@graph"][0]["headline"] == evil
    assert whole.one("h1").text == evil
    assert whole.one(class_="byline").text == f"By {evil}"
    assert evil in whole.one(role="doc-errata").text
    assert whole.one(id="src-1").one(class_="title").text == evil
    assert whole.one(class_="said").text == f"“{evil}”"
    assert evil in whole.all(role="doc-noteref")[0]["aria-label"]


def test_a_page_has_neither_script_nor_style_of_its_own():
    whole = page(Draft().quotes("a good day"))
    own, data = whole.all("script")
    assert (own["src"].rpartition("/")[2], own.text, data["type"]) == (
        "reading.js",
        "",
        "application/ld+json",
    )
    assert whole.all("style") == []
    names = {name for element in whole.all() for name in element.attributes}
    assert [name for name in names if name == "style" or name.startswith("on")] == []


def test_a_page_tells_others_what_it_is():
    whole = page(Draft().says("It was signed"), shown(LATER, NOON), number=2, kind="update")
    about = {meta["property"] or meta["name"]: meta["content"] for meta in whole.all("meta")}
    assert about["og:title"] == "A treaty is signed"
    assert about["description"] == about["og:description"] == "Two states sign"
    assert about["article:published_time"] == "2026-05-27T12:00:00+01:00"
    assert about["article:modified_time"] == "2026-05-29T09:30:00+01:00"
    assert whole.one("link", rel="canonical")["href"] == about["og:url"] == "/articles/a-treaty/"
    forms = {link["type"]: link["href"] for link in whole.all("link", rel="alternate")}
    assert forms["application/json"] == "/api/v1/articles/abcdef012345/"
    assert forms["application/vnd.citationstyles.csl+json"] == "/articles/a-treaty/sources.csl.json"
    assert whole.one("title").text == "A treaty is signed – Newsroom"


def test_the_full_address_is_named_where_the_site_knows_its_own(settings):
    settings.NEWSROOM_ORIGIN = "https://news.example"
    whole = page(Draft().says("It was signed"))
    assert whole.one("link", rel="canonical")["href"] == "https://news.example/articles/a-treaty/"


def test_skip_links_lead_somewhere():
    whole = page(Draft().says("It was signed", evidence(1)))
    for link in whole.all("a", class_="skip"):
        assert whole.one(id=link["href"].removeprefix("#"))


def test_headings_descend_without_a_gap():
    draft = Draft().says("Part", kind="h2").says("Part of part", kind="h3").quotes("a good day")
    levels = [int(e.tag[1]) for e in page(draft).all() if e.tag in ("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_text_without_sources_or_quotes_has_no_empty_parts():
    whole = page(Draft().says("We think so", exemption="analysis"))
    assert whole.all(role="doc-endnotes") + whole.all(class_="beside") == []
    assert [link["href"] for link in whole.all("a", class_="skip")] == ["#main"]
