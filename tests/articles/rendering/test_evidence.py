"""The evidence on the article's page: groups in the text, sources below, who is quoted."""

import pytest

from tests.articles.rendering.documents import Draft, evidence, source
from tests.articles.rendering.html import page


def test_each_group_is_printed_at_its_segments_end_before_the_stop():
    draft = (
        Draft().says("It was signed", evidence(1), evidence(2), evidence(3)).says("It is long", evidence(2))
    )
    body = page(draft).one(class_="body")
    assert [p.text for p in body.all("p")] == ["It was signed [1, 2, 3].", "It is long [2]."]
    assert [s["id"] for s in body.all(class_="s")] == ["s-sentenceaa", "s-sentenceab"]


def test_every_number_leads_to_its_source_and_every_source_back_to_each_use():
    draft = (
        Draft()
        .says("One", evidence(1), evidence(2))
        .says("Two", evidence(2, "contradicts"), evidence(1, "context"))
    )
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
    assert (
        page(draft).one(class_="body").one("p").text == "It works [1] (disputed by [2]; for context see [3])."
    )


def test_a_source_is_named_with_publisher_kind_date_and_link():
    draft = Draft().says("It was signed", evidence(1))
    draft.content["sources"] = [source(1, kind="treaty_text", creators="The parties", language="pl")]
    entry = page(draft).one(id="src-1")
    title = entry.one("a", class_="title")
    assert (title["href"], title.text, title["lang"]) == ("https://press.example/1", "Title 1", "pl")
    about = entry.one("span", class_="about")
    assert about.text == "The parties. Daily Example, treaty text, 27 May 2026. More about this source"
    assert about.one("a")["href"] == "/sources/s00000000001/"


def test_a_source_that_passes_on_another_says_whose_words_these_are():
    draft = Draft().says("It was signed", evidence(1), evidence(2), evidence(3))
    draft.content["sources"] = [
        source(1),
        source(2, origin=source(1)["id"]),
        source(3, origin="x00000000001"),
    ]
    draft.content["statements"][0]["origins"] = 2
    whole = page(draft)
    assert whole.one(class_="body").one("p").text == "It was signed [1, 2, 3] [3 sources, 2 origins]."
    assert "goes back to [1]" in whole.one(id="src-2").text
    assert whole.one(id="src-2").one("span", class_="about").all("a")[0]["href"] == "#src-1"
    assert "goes back to another source" in whole.one(id="src-3").text
    assert "goes back" not in whole.one(id="src-1").text


def test_a_passage_is_printed_once_with_its_place_and_the_sentences_that_rest_on_it():
    passage = {"prefix": "and ", "exact": "the parties agree", "suffix": "."}
    cited = evidence(1, passage=passage, locator="Article 4")
    draft = Draft().says("They agree", cited).says("So they say", evidence(1)).says("They do", cited)
    entry = page(draft).one(id="src-1")
    (item,) = entry.one(class_="passages").all("li")
    assert item.text == "a c …and the parties agree.… (Article 4) in the original"
    assert item.one("mark").text == "the parties agree"
    assert item.all("a")[-1]["href"] == ("https://press.example/1#:~:text=and-,the%20parties%20agree")
    assert entry.one("p", class_="uses").text == "Used in b"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "file:///etc/passwd", ""]
)
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
    draft = (
        Draft()
        .quotes("a good day", occasion="At the signing", said_on="2026-05-27")
        .quotes("a better one", by=2, carries="report")
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
    draft = Draft().quotes(
        "a good day", original="dobry dzień", original_language="pl", translator="our desk"
    )
    original = page(draft).one(class_="original")
    assert original.one("span", lang="pl").text == "„dobry dzień”"
    assert "Translated by our desk." in original.text


def test_words_in_another_language_are_marked_in_the_text_and_below():
    whole = page(Draft().quotes("dobry dzień", language="pl"))
    assert whole.one("span", class_="words")["lang"] == "pl"
    assert whole.one(class_="said")["lang"] == "pl"


def test_the_typed_quotation_marks_stay_as_they_are():
    assert (
        page(Draft().quotes("a good day")).one(class_="body").one("p").text
        == "Ada Sample called it “a good day” [1]."
    )


def test_a_quote_of_nobody_known_says_so():
    draft = Draft().quotes("a good day", speaker=None, role="")
    assert page(draft).one(class_="speakers").one("h3").text == "Speaker not yet known"


def test_an_exempted_sentence_says_why_it_needs_no_source():
    assert page(Draft().says("We think so", exemption="analysis")).one(class_="body").one("p").text == (
        "We think so [our own analysis]."
    )


def test_a_quote_that_stands_in_two_places_leads_to_both():
    draft = Draft().quotes("a good day")
    (quote_id,) = draft.content["quotes"]
    draft.says("Again “a good day”", evidence(1, quote=quote_id), claim=None, quotes=[quote_id])
    links = [link for link in page(draft).one(class_="speakers").all("a") if link["href"].startswith("#s-")]
    assert [link.text for link in links] == ["In the text a", "In the text b"]


def test_two_roles_of_one_speaker_are_told_apart():
    draft = Draft().quotes("a good day").quotes("a better one", role="former Minister")
    heads = [head.text for head in page(draft).one(class_="speakers").all("h3")]
    assert heads == ["Ada Sample, Minister", "Ada Sample, former Minister"]


@pytest.mark.parametrize(
    ("language", "dates", "said"),
    [
        ("en", {"as_of": "2026-05-03"}, "[as of 3 May 2026]"),
        (
            "en",
            {"as_of": "2026-05-03", "review_by": "2026-12-01"},
            "[as of 3 May 2026; to be looked at again by 1 December 2026]",
        ),
        ("pl", {"review_by": "2026-12-01"}, "[sprawdzimy ponownie do 1 grudnia 2026]"),
    ],
)
def test_a_sentence_says_as_of_when_it_holds_and_until_when_it_is_looked_at_again(language, dates, said):
    body = page(Draft(language).says("It holds", evidence(1), **dates)).one(class_="body")
    assert body.one("small", class_="tag").text == said
