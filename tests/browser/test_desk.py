"""The desk in a real browser: marks survive writing and saving, no rule of the content policy is broken."""

import pytest
from playwright.sync_api import expect

from articles.body.html import parse_html
from articles.dossier import open_dossier
from articles.models import Article, Quote
from tests.browser.looking import faults
from tests.browser.writing import go_to_end, paste, save, select_words
from tests.making import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TYPED = "Two states signed a treaty in London. Ada Sample called it “a good day”. She spoke of a “reset” too."


@pytest.fixture
def desk():
    return Desk()


def press(page, label: str) -> None:
    page.locator(".prose-menubar").get_by_role("button", name=label, exact=False).first.click()


def test_write_mark_and_save_keeps_the_marks(at_desk, desk):
    page = at_desk(desk.reporter, "articles_article_add")
    page.fill("#id_headline", "A treaty is signed")
    page.locator(".tiptap").click()
    page.keyboard.type(TYPED)

    select_words(page, "Two states signed a treaty in London")
    press(page, "rest on a claim")
    page.locator("dialog [name=address]").fill("https://gov.example/treaty")
    page.locator("dialog button[type=submit]").click()
    page.locator(".tiptap span[data-claim]").wait_for()

    select_words(page, "“a good day”")
    page.keyboard.press("Control+Alt+q")
    page.locator("dialog [name=speaker]").fill("Bea New")
    page.locator("dialog button[type=submit]").click()
    page.locator(".tiptap span[data-words]").wait_for()

    select_words(page, "“reset”")
    press(page, "title, a term or in scare quotes")
    page.locator("dialog select").select_option("scare quotes")
    page.locator("dialog button[type=submit]").click()
    page.locator(".tiptap span[data-dismissed=scare]").wait_for()

    marked = page.locator(".tiptap").inner_html()
    save(page)
    article = Article.objects.latest("pk")
    block = parse_html(article.body).blocks[0]
    assert block.text == TYPED
    assert [block.text[w.start : w.end] for w in block.words] == ["a good day"]
    assert [block.text[d.start : d.end] for d in block.dismissed] == ["reset"]
    first, second, third = open_dossier(article).segments
    assert first.claim.citations.get().source.url == "https://gov.example/treaty"
    assert (second.wording, second.quotes[0].speaker.name) == ("Ada Sample called it “a good day”", "Bea New")
    assert third.rests_on_nothing
    for attribute in ("data-claim", "data-words", "data-dismissed"):
        assert attribute in marked
        assert page.locator(f".tiptap span[{attribute}]").count() == 1

    # Saved again without a change, it is the same text with the same keys.
    save(page)
    assert Article.objects.latest("pk").body == article.body


def test_typing_into_a_marked_sentence_keeps_its_key_and_what_it_rests_on(at_desk, desk):
    page = at_desk(desk.reporter, "articles_article_change", desk.article.pk)
    page.locator(".tiptap").wait_for()
    select_words(page, "signed")
    page.keyboard.type("have signed")
    go_to_end(page)
    page.keyboard.press("Enter")
    page.keyboard.type("One more sentence.")
    save(page)
    segments = open_dossier(desk.reload()).segments
    assert [seen.wording for seen in segments] == [
        "Two states have signed a treaty on 27 May 2026",
        "Ada Sample called it “a good day”",
        "One more sentence",
    ]
    assert [seen.key for seen in segments[:2]] == list(desk.KEYS)
    assert segments[0].claim == desk.claim
    assert segments[1].quotes == [desk.quote]
    assert segments[2].rests_on_nothing


def test_a_pasted_copy_of_a_marked_sentence_names_the_same_record_under_a_new_key(at_desk, desk):
    page = at_desk(desk.reporter, "articles_article_change", desk.article.pk)
    page.locator(".tiptap").wait_for()
    marked = desk.reload().body.partition("</p>")[0]
    html = f"{marked}</p><p style='color: red'>Plain <b>bold</b></p>"
    page.locator(".tiptap").click()
    go_to_end(page)
    page.keyboard.press("Enter")
    paste(page, html)
    save(page)
    segments = open_dossier(desk.reload()).segments
    assert [seen.claim for seen in segments].count(desk.claim) == 2
    assert len({seen.key for seen in segments}) == len(segments)
    assert "style" not in desk.article.body


def test_evidence_can_be_taken_off_and_undone(at_desk, desk):
    page = at_desk(desk.reporter, "articles_article_change", desk.article.pk)
    page.locator(".tiptap").wait_for()
    select_words(page, "signed")
    press(page, "Take claim")
    expect(page.locator(".tiptap span[data-claim]")).to_have_count(0)
    page.locator(".tiptap:focus").wait_for()
    page.keyboard.press("Control+z")
    expect(page.locator(".tiptap span[data-claim]")).to_have_count(1)


def test_what_the_desk_refuses_is_said_in_the_dialog_and_marks_nothing(at_desk, desk, complaints):
    page = at_desk(desk.reporter, "articles_article_change", desk.article.pk)
    page.locator(".tiptap").wait_for()
    select_words(page, "signed a treaty")
    press(page, "rest on a claim")
    page.locator("dialog [name=address]").fill("https://[")
    page.locator("dialog [name=address]").evaluate("field => { field.type = 'text' }")
    page.locator("dialog button[type=submit]").click()
    page.locator("dialog [role=alert]").get_by_text("This is not an http or https address.").wait_for()
    assert page.locator(".tiptap span[data-segment]").count() == 2
    # The browser itself notes the answer's status; nothing else may be there.
    assert [line for line in complaints if "409" not in line] == []
    complaints.clear()


def test_a_checker_works_through_the_page_with_the_keyboard_alone(at_desk, desk):
    page = at_desk(desk.checker, "articles_article_check", desk.article.pk)
    for state in ("1 of 2", "2 of 2"):
        page.locator("[data-state=unchecked] textarea").first.focus()
        page.keyboard.type("Read it.")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.get_by_text(f"{state} statements").wait_for()
    assert [c.note for c in desk.article.checks.all()] == ["Read it.", "Read it."]


def test_an_import_is_looked_at_and_stored(at_desk, desk):
    page = at_desk(desk.reporter, "articles_article_import")
    page.fill(
        "#id_text",
        "Two states signed [1].\n\nPrime Minister Bea New said “we have waited for this day” [2].\n",
    )
    page.get_by_role("button", name="Look at the marks").click()
    page.locator("[name=q0-speaker]").fill("Bea Newer")
    page.get_by_role("button", name="Store as a draft").click()
    page.get_by_text("Stored as a draft").wait_for()
    assert Quote.objects.latest("pk").speaker.name == "Bea Newer"


def test_the_marks_of_an_import_are_accessible_in_both_colour_schemes(at_desk, desk, page):
    """What an import proposes is the answer to a form: the walk over all pages does not come by."""
    at_desk(desk.duty, "articles_article_import")
    page.fill(
        "#id_text",
        "Two states signed [1]. Ada Sample said “we have waited for this day” [2]. It is so.\n",
    )
    page.get_by_role("button", name="Look at the marks").click()
    page.get_by_role("button", name="Store as a draft").wait_for()
    assert faults(page, within=".desk") == []
