"""What the article's page shows."""

import pytest

from articles.rendering.article import article_html
from tests.articles.rendering.documents import LATER, NOON, Draft, evidence, quote, shown, source
from tests.articles.rendering.html import read


def page(draft: Draft, when=None, **document):
    return read(article_html(draft.document(**document), when or shown()))


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
    top = page(Draft().says("It was signed", evidence(1)), shown(LATER, NOON), number=3, kind="update").one("dl")
    assert [entry.text.strip() for entry in top.all("dd")] == [
        "27 May 2026, 12:00 BST",
        "29 May 2026, 09:30 BST",
        "3",
    ]


def test_each_group_is_printed_at_its_segments_end_before_the_stop():
    draft = Draft().says("It was signed", evidence(1), evidence(2), evidence(3)).says("It is long", evidence(2))
    body = page(draft).one(class_="body")
    assert [p.text for p in body.all("p")] == ["It was signed [1, 2, 3].", "It is long [2]."]
    assert [s["id"] for s in body.all(class_="s")] == ["s-sentenceaa", "s-sentenceab"]


def test_every_number_leads_to_its_source_and_every_source_back_to_each_use():
    draft = Draft().says("One", evidence(1), evidence(2)).says("Two", evidence(2, "contradicts"), evidence(1, "context"))
    whole = page(draft)
    ids = [element["id"] for element in whole.all() if element["id"]]
    assert len(ids) == len(set(ids))
    references = whole.all(role="doc-noteref")
    assert len(references) == 4
    for reference in references:
        entry = whole.one(id=reference["href"].removeprefix("#"))
        assert reference.text in reference["aria-label"]
        assert f"#{reference['id']}" in [back["href"] for back in entry.all(role="doc-backlink")]
    for back in whole.all(role="doc-backlink"):
        assert back["href"].removeprefix("#") in ids
        assert back.text in back["aria-label"]


def test_many_uses_of_one_source_are_told_apart():
    draft = Draft()
    for number in range(30):
        draft.says(f"Sentence {number}", evidence(1))
    letters = [back.text for back in page(draft).all(role="doc-backlink")]
    assert letters[:2] + letters[-5:] == ["a", "b", "z", "aa", "ab", "ac", "ad"]


def test_what_disputes_a_sentence_and_what_is_context_is_said_in_words():
    draft = Draft().says("It works", evidence(1), evidence(2, "contradicts"), evidence(3, "context"))
    assert page(draft).one(class_="body").one("p").text == "It works [1] (disputed by [2]; for context see [3])."


def test_a_source_is_named_with_publisher_kind_date_and_link():
    draft = Draft().says("It was signed", evidence(1))
    draft.content["sources"] = [source(1, kind="treaty_text", creators="The parties", language="pl")]
    entry = page(draft).one(id="src-1")
    title = entry.one("a", class_="title")
    assert (title["href"], title.text, title["lang"]) == ("https://press.example/1", "Title 1", "pl")
    assert entry.one("span", class_="about").text == "The parties. Daily Example, treaty text, 27 May 2026"


def test_the_passage_a_sentence_rests_on_is_printed_once_with_its_place():
    passage = {"prefix": "and ", "exact": "the parties agree", "suffix": "."}
    cited = evidence(1, passage=passage, locator="Article 4")
    entry = page(Draft().says("They agree", cited).says("They do", cited)).one(id="src-1")
    assert [item.text for item in entry.one(class_="passages").all("li")] == ["the parties agree (Article 4)"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "file:///etc/passwd", ""])
def test_a_source_with_another_address_than_the_webs_is_no_link(url):
    draft = Draft().says("It was signed", evidence(1))
    draft.content["sources"] = [source(1, url=url)]
    title = page(draft).one(id="src-1").one(class_="title")
    assert (title.tag, title["href"]) == ("cite", None)


def test_a_source_nobody_has_identified_yet_says_so():
    draft = Draft().says("It was signed", evidence(1))
    draft.content["sources"] = [source(1, title="", url="", publisher=None)]
    whole = page(draft, not_yet_checked=["source:s00000000001"])
    assert whole.one(id="src-1").all("p")[0].text.startswith("Source not yet identified [not yet checked]")
    assert whole.one(role="doc-noteref")["aria-label"] == "Source 1: not yet identified"


def test_who_is_quoted_stands_with_speaker_role_and_where_the_words_come_from():
    draft = Draft().quotes("a good day", occasion="At the signing", said_on="2026-05-27").quotes(
        "a better one", by=2, carries="report"
    )
    speaker = page(draft).one(class_="speakers")
    assert speaker.one("h3").text == "Ada Sample, Minister"
    assert [said.text for said in speaker.all(class_="said")] == ["“a good day”", "“a better one”"]
    first, second = (about.text for about in speaker.all(class_="about"))
    assert first.startswith("At the signing, 27 May 2026. Word for word in [1].")
    assert second.startswith("Reported in [2].")
    assert [link["href"] for link in speaker.all("a") if link["href"].startswith("#s-")] == [
        "#s-sentenceaa",
        "#s-sentenceab",
    ]


def test_a_translated_quote_shows_the_original_in_its_language():
    draft = Draft().quotes("a good day", original="dobry dzień", original_language="pl", translator="our desk")
    original = page(draft).one(class_="original")
    assert original.one("span", lang="pl").text == "„dobry dzień”"
    assert "Translated by our desk." in original.text


def test_words_in_another_language_are_marked_in_the_text_and_below():
    whole = page(Draft().quotes("dobry dzień", language="pl"))
    assert whole.one("span", class_="words")["lang"] == "pl"
    assert whole.one(class_="said")["lang"] == "pl"


def test_the_typed_quotation_marks_stay_as_they_are():
    assert page(Draft().quotes("a good day")).one(class_="body").one("p").text == "Ada Sample called it “a good day” [1]."


def test_a_quote_of_nobody_known_says_so():
    draft = Draft().quotes("a good day", speaker=None, role="")
    assert page(draft).one(class_="speakers").one("h3").text == "Speaker not yet known"


def test_an_exempted_sentence_says_why_it_needs_no_source():
    assert page(Draft().says("We think so", exemption="analysis")).one(class_="body").one("p").text == (
        "We think so [our own analysis]."
    )


def test_what_went_out_unchecked_says_so_at_the_sentence_and_at_the_head():
    draft = Draft().says("Officials expect more").says("It was signed", evidence(1))
    whole = page(draft, not_yet_checked=["sentenceaa", "standfirst"])
    assert [p.text for p in whole.one(class_="body").all("p")] == [
        "Officials expect more [not yet checked].",
        "It was signed [1].",
    ]
    assert "[not yet checked]" in whole.one(class_="standfirst").text
    assert whole.one(class_="aside").text.startswith("2 parts of this article went out before they were checked.")


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
    whole = page(Draft().says("It was signed"), shown(LATER, NOON), number=2, kind=kind, note="More is known.")
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
    assert [(part.tag, len(part.all("li") + part.all("p"))) for part in body.parts if not isinstance(part, str)] == [
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
    assert whole.all("script") == []
    assert whole.one("h1").text == evil
    assert whole.one(class_="byline").text == f"By {evil}"
    assert evil in whole.one(role="doc-errata").text
    assert whole.one(id="src-1").one(class_="title").text == evil
    assert whole.one(class_="said").text == f"“{evil}”"
    assert evil in whole.all(role="doc-noteref")[0]["aria-label"]


def test_a_page_has_neither_script_nor_style_of_its_own():
    whole = page(Draft().quotes("a good day"))
    assert whole.all("script") + whole.all("style") == []
    assert [element for element in whole.all() if element["style"] or any(n.startswith("on") for n in element.attributes)] == []


def test_a_page_tells_others_what_it_is():
    whole = page(Draft().says("It was signed"), shown(LATER, NOON), number=2, kind="update")
    about = {meta["property"] or meta["name"]: meta["content"] for meta in whole.all("meta")}
    assert about["og:title"] == "A treaty is signed"
    assert about["description"] == about["og:description"] == "Two states sign"
    assert about["article:published_time"] == "2026-05-27T12:00:00+01:00"
    assert about["article:modified_time"] == "2026-05-29T09:30:00+01:00"
    assert whole.one("link", rel="canonical")["href"] == about["og:url"] == "/articles/a-treaty/"
    assert whole.one("link", rel="alternate")["href"] == "/api/v1/articles/abcdef012345/"
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
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_a_text_without_sources_or_quotes_has_no_empty_parts():
    whole = page(Draft().says("We think so", exemption="analysis"))
    assert whole.all(role="doc-endnotes") + whole.all(class_="beside") == []
    assert [link["href"] for link in whole.all("a", class_="skip")] == ["#main"]


def test_a_quote_that_stands_in_two_places_leads_to_both():
    draft = Draft().quotes("a good day")
    (quote_id,) = draft.content["quotes"]
    draft.says("Again “a good day”", evidence(1, quote=quote_id), claim=None, quotes=[quote_id])
    links = [link for link in page(draft).one(class_="speakers").all("a") if link["href"].startswith("#s-")]
    assert [link.text for link in links] == ["In the text a", "In the text b"]


def test_two_roles_of_one_speaker_are_told_apart():
    draft = Draft().quotes("a good day").quotes("a better one", **{"role": "former Minister"})
    heads = [head.text for head in page(draft).one(class_="speakers").all("h3")]
    assert heads == ["Ada Sample, Minister", "Ada Sample, former Minister"]
    assert quote("x")["role"] == "Minister"
