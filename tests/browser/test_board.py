"""The board in a real browser: a card moves by the keyboard and by the mouse, and a refusal is said on it."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.looking import faults
from tests.making import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_card_moves_by_the_keyboard_by_the_mouse_and_says_what_refuses(at_desk, complaints):
    desk = Desk(now=timezone.now())
    page = at_desk(desk.reporter, "board")
    card = page.locator(f"#card-{desk.article.pk}")
    card.get_by_role("button", name="Submit for checking").focus()
    page.keyboard.press("Enter")
    page.locator(f"[data-stage=fact_check] #card-{desk.article.pk}").wait_for()
    expect(card.get_by_role("link", name=desk.article.headline)).to_be_focused()
    assert desk.reload().stage == "fact_check"

    # By the mouse to where an editor alone leads it: the act refuses, and the card stays.
    card.drag_to(page.locator("[data-stage=approved]"))
    expect(card.get_by_role("alert")).to_have_text("Open the article and approve what you have read.")
    complaints.clear()  # The browser notes the refusal's status.
    assert desk.reload().stage == "fact_check"

    page = at_desk(desk.checker, "board")
    page.locator(f"#card-{desk.article.pk}").drag_to(page.locator("[data-stage=review]"))
    page.locator(f"[data-stage=review] #card-{desk.article.pk}").wait_for()
    assert desk.reload().stage == "review"
    assert faults(page, within=".desk") == []
