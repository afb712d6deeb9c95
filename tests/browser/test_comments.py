"""A comment on a selection, with nothing but the keyboard."""

import pytest
from playwright.sync_api import expect

from articles.models import Comment
from tests.browser.writing import select_words
from tests.making import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_words_are_commented_on_from_the_keyboard_and_the_unsaved_text_stays(at_desk):
    desk = Desk()
    desk.checker.username, desk.checker.first_name = "cyril", "Cyril"
    desk.checker.save()
    page = at_desk(desk.reporter, "articles_article_change", desk.article.pk)
    page.locator(".tiptap").wait_for()
    page.fill("#id_headline", "Typed and not saved")
    select_words(page, "a treaty")
    page.keyboard.press("Control+Alt+m")
    assert page.locator("[data-about]").inner_text() == "a treaty"
    page.keyboard.type("Which one, @cyr")
    expect(page.locator("[role=option]")).to_have_count(1)
    page.keyboard.press("Enter")
    page.keyboard.type("?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".tiptap .desk-commented").wait_for()
    assert page.locator(".tiptap .desk-commented").inner_text() == "a treaty"
    assert page.locator("#id_headline").input_value() == "Typed and not saved"
    page.locator(".tiptap:focus").wait_for()
    made = Comment.objects.get()
    assert (made.place, made.exact, made.prefix) == (desk.KEYS[0], "a treaty", "Two states signed ")
    assert (made.text, list(made.mentions.all())) == ("Which one, @cyril ?", [desk.checker])

    # Answered and resolved from the panel, and the mark is gone.
    thread = page.locator(f"#comment-{made.pk}")
    thread.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("The one of May.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("The one of May.").wait_for()
    page.locator(f"#comment-{made.pk} form[data-act=resolve] button").focus()
    page.keyboard.press("Enter")
    page.locator(".tiptap .desk-commented").wait_for(state="detached")
    assert page.locator("#id_headline").input_value() == "Typed and not saved"
