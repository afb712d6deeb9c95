"""The checker's tool in a real browser: three statements with single keys, no full load, nothing lost by a reload."""

import re

import pytest
from playwright.sync_api import expect

from tests.making import Desk

# Closes the list of keys and presses a key before the browser has found the focus another place.
IN_THE_SAME_MOMENT = """(key) => {
    document.getElementById("checking-keys").close()
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}))
}"""

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_three_statements_are_checked_by_keys_alone(at_desk):
    desk = Desk()
    third = "cccccccccc"
    claim = desk.claim.public_id
    desk.save(
        body=desk.body()
        + f'<p><span data-segment="{third}" data-claim="{claim}">It was long awaited</span>.</p>'
    )
    page = at_desk(desk.checker, "articles_article_check", desk.article.pk)
    keys, loads = page.keyboard, []
    page.on("framenavigated", lambda frame: loads.append(frame.url))

    keys.press("?")
    page.get_by_role("dialog").get_by_text("next statement", exact=True).wait_for()
    keys.press("Escape")
    page.get_by_role("dialog").wait_for(state="hidden")
    keys.press("?")
    page.evaluate(IN_THE_SAME_MOMENT, "n")

    # A note is typed, and what is typed is no verdict.
    keys.press("c")
    keys.type("sounds decent, uncut")
    assert page.locator("#s-" + desk.KEYS[1] + " textarea[name=note]").input_value() == "sounds decent, uncut"
    keys.press("Escape")
    keys.press("s")
    page.get_by_text("1 of 3 statements").wait_for()
    expect(page.locator(f"#s-{third}")).to_be_focused()
    expect(page.locator("#checking-said")).to_contain_text("Statement 3.1")
    keys.press("d")
    page.get_by_text("not supported").first.wait_for()
    page.wait_for_function("document.activeElement.id === 's-aaaaaaaaaa'")
    keys.press("j")
    keys.press("k")
    keys.press("u")
    page.wait_for_function("document.querySelectorAll('[data-state=negative]').length === 2")
    assert {check.segment: (check.verdict, check.note) for check in desk.article.checks.all()} == {
        desk.KEYS[1]: ("supports", "sounds decent, uncut"),
        third: ("does_not", ""),
        desk.KEYS[0]: ("unsure", ""),
    }
    assert [url for url in loads if "#" not in url] == []

    # A statement in focus is in the address, and there after a reload.
    keys.press("j")
    expect(page).to_have_url(re.compile(r"at=\w+#s-\w+$"))
    here = page.evaluate("document.activeElement.id")
    page.reload()
    page.wait_for_function(f"document.activeElement.id === '{here}'")
    page.get_by_text("1 of 3 statements").wait_for()


def test_a_note_that_was_begun_stays_when_another_statement_is_judged(at_desk):
    desk = Desk()
    page = at_desk(desk.checker, "articles_article_check", desk.article.pk)
    page.locator(f"#s-{desk.KEYS[0]}").focus()
    page.keyboard.press("c")
    page.keyboard.type("half a thought")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("s")
    page.get_by_text("1 of 2 statements").wait_for()
    begun = page.locator(f"#s-{desk.KEYS[0]} textarea[name=note]")
    expect(begun).to_have_value("half a thought")
    assert desk.article.checks.get().segment == desk.KEYS[1]
