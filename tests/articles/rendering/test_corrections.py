"""How a receipt is told to readers."""

from articles.receipts import Told
from articles.rendering.article import article_html
from articles.rendering.corrections import heading, notice
from articles.rendering.entries import Shown
from articles.rules.kinds import Kind
from articles.rules.receipts import PLACES, changes
from tests.articles.rendering.documents import LATER, NOON, Draft, evidence, source
from tests.articles.rendering.html import read


def receipt_of(before: Draft, after: Draft):
    """The receipt, as a reader of the later one sees it."""
    return page_of(before, after).one("details", class_="receipt")


def page_of(before: Draft, after: Draft, approved_by: str = ""):
    told = Told(
        "c00000000001",
        "correction",
        2,
        LATER,
        "We were wrong.",
        approved_by,
        **changes(before.content, after.content),
    )
    return read(
        article_html(
            after.document(number=2, kind="correction", note="We were wrong."), Shown(LATER, NOON, (told,))
        )
    )


def lines(receipt) -> list[str]:
    return [" ".join(line.text.split()) for line in receipt.all("p")]


def test_what_was_said_and_what_is_said_stand_side_by_side():
    receipt = receipt_of(Draft().says("It was signed"), Draft().says("It was agreed"))
    assert lines(receipt) == ["It said: It was signed", "It says: It was agreed", "In the text"]
    assert (receipt.one("del").text, receipt.one("ins").text) == ("It was signed", "It was agreed")


def test_a_sentence_that_came_and_one_that_went_say_so():
    receipt = receipt_of(Draft().says("It was signed"), Draft())
    assert lines(receipt) == ["It said: It was signed", "It says: taken out"]
    assert receipt.all("a") == []
    assert lines(receipt_of(Draft(), Draft().says("It was signed"))) == [
        "It says: It was signed",
        "In the text",
    ]


def test_evidence_that_came_and_went_is_named_with_its_passage():
    passage = {"prefix": "", "exact": "signed today", "suffix": ""}
    before = Draft().says("It was signed", evidence(1, locator="page 3", passage=passage))
    after = Draft().says("It was signed", evidence(2, stance="contradicts"))
    assert lines(receipt_of(before, after)) == [
        "It was signed",
        "Evidence added: Title 2 (contradicts it)",
        "Evidence removed: Title 1: signed today (page 3)",
        "In the text",
    ]


def test_a_confidential_source_is_told_by_its_label_alone():
    after = Draft().says("It was signed", evidence(1))
    after.content["sources"] = [source(1, confidential=True, label="An official", title="", url="")]
    assert "Evidence added: An official" in lines(receipt_of(Draft().says("It was signed"), after))


def test_what_is_said_of_a_quote_is_told_fact_by_fact():
    before, after = Draft().quotes("a good day"), Draft().quotes("a good day", role="Prime Minister")
    assert "Role of the speaker: Minister → Prime Minister" in lines(receipt_of(before, after))
    nameless = Draft().quotes("a good day", speaker=None)
    assert "Who said it: – → Ada Sample" in lines(receipt_of(nameless, before))


def test_texts_around_the_body_are_told_by_their_place():
    after = Draft(headline={"text": "A treaty is agreed", "rests_on": []}, bylines=[])
    assert lines(receipt_of(Draft(), after)) == [
        "Headline",
        "It said: A treaty is signed",
        "It says: A treaty is agreed",
        "Written by",
        "It said: Rita Reporter",
        "It says: taken out",
    ]


def test_a_correction_that_changed_no_sentence_has_no_receipt():
    page = page_of(Draft().says("It was signed"), Draft().says("It was signed"))
    assert page.all("details") == []
    assert page.one(role="doc-errata").one("h2").text == "Correction"


def test_who_approved_it_is_named_if_readers_know_them():
    page = page_of(Draft(), Draft().says("It was signed"), "Ewa Example")
    assert "approved by Ewa Example" in page.one(role="doc-errata").one(class_="when").text


def test_whatever_a_receipt_holds_is_text():
    evil = "<script>alert('x')</script>&amp;"
    receipt = receipt_of(Draft().says(evil), Draft().says("It was signed"))
    assert receipt.one("del").text == evil


def test_every_kind_has_a_heading_and_every_place_and_fact_a_name():
    assert all(heading(kind) for kind in Kind)
    facts = ["speaker", "words", "language", "role", "occasion", "said_on", "original"]
    facts += ["original_language", "translator"]
    changed = {
        "key": "sentenceaa",
        "was": "a",
        "is": "a",
        "evidence_added": [],
        "evidence_removed": [],
        "facts": [{"quote": "q", "fact": fact, "was": "a", "is": "b"} for fact in facts],
    }
    texts = [{"place": place, "was": "a", "is": "b"} for place in PLACES]
    told = notice(Told("c", "correction", 2, LATER, "", "", texts, [changed]))
    assert all(text["place"] for text in told["receipt"]["texts"])
    assert all(fact["fact"] for fact in told["receipt"]["statements"][0]["facts"])
