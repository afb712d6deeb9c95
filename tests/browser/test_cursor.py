"""A command without selected words works on the sentence the cursor is in, wherever in it or right behind its stop."""

import pytest
from playwright.sync_api import expect

from tests.browser.writing import keys, let_in, select_words
from tests.making import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ONE, TWO = Desk.KEYS
MARKED, HALF = "Two states signed", "Rain fell on the guests"
BODY = (
    f'<p><span data-segment="{ONE}" data-claim="{{claim}}">{MARKED}</span>. “It is so,” they say. Is it? It is.</p>'
    "<p>He met Dr. Smith today. It cost 3.5 million. “We sign. We promise,” he said. He left (see art. 5).</p>"
    f'<p><span data-segment="{TWO}" data-claim="{{claim}}">{HALF}</span>, and nobody minded. </p>'
)
# Puts the cursor behind these words of the text.
BEHIND = """(words) => {
    const walker = document.createTreeWalker(document.querySelector(".tiptap"), NodeFilter.SHOW_TEXT)
    let seen = ""
    while (walker.nextNode()) {
        const { data } = walker.currentNode
        const at = (seen + data).indexOf(words)
        if (at >= 0) {
            document.querySelector(".tiptap").focus()
            document.getSelection().collapse(walker.currentNode, at + words.length - seen.length)
            document.dispatchEvent(new Event("selectionchange"))
            return
        }
        seen += data
    }
}"""
CASES = [
    ("Two sta", MARKED),
    ("Two states signed.", MARKED),
    ("“It", "“It is so,” they say"),
    ("they say.", "“It is so,” they say"),
    ("Is it", "Is it"),
    ("Is it?", "Is it"),
    ("Is it? It is.", "It is"),
    ("He met", "He met Dr. Smith today"),
    ("It cost 3", "It cost 3.5 million"),
    ("“We sign. We", "“We sign. We promise,” he said"),
    ("He left", "He left (see art. 5)"),
    ("and nobody minded", "and nobody minded"),
    ("and nobody minded.", "and nobody minded"),
    ("and nobody minded. ", "and nobody minded"),
]


@pytest.fixture
def writing(at_desk):
    desk = Desk()
    desk.save(body=BODY.format(claim=desk.claim.public_id))
    page = at_desk(desk.reporter, "articles_article_change", desk.article.pk)
    page.locator("[data-part=statement] .desk-tag").first.wait_for()
    return page


def exempted(page):
    return page.locator(".tiptap span[data-exemption]")


def test_a_sentence_is_exempted_from_wherever_the_cursor_is_in_it(writing):
    page = writing
    before = keys(page)
    for behind, meant in CASES:
        page.evaluate(BEHIND, behind)
        page.keyboard.press("Control+Alt+e")
        page.locator("dialog select").wait_for()
        page.locator("dialog button[type=submit]").press("Enter")
        expect(exempted(page)).to_have_count(1)
        assert (behind, "".join(exempted(page).all_inner_texts())) == (behind, meant)
        # Sentences that had a mark keep their keys, whichever is exempted.
        assert set(dict(before)) <= set(dict(keys(page))), behind
        let_in(page)
        page.keyboard.press("Control+z")
        expect(exempted(page)).to_have_count(0)
    assert keys(page) == before


def test_what_is_of_several_paragraphs_or_segments_is_touched_by_no_command(writing):
    page = writing
    before = page.locator(".tiptap").inner_html()
    page.locator(".tiptap").click()
    let_in(page)
    for where in (["Control+a"], ["Control+Home", "End", "Shift+ArrowDown"]):
        for pressed in (*where, "Control+Alt+e", "Control+Alt+u", "Control+Alt+c", "Control+Alt+q"):
            page.keyboard.press(pressed)
        assert page.locator("dialog").count() == 0
    assert page.locator("#desk-note").inner_text() != ""
    assert page.locator(".tiptap").inner_html() == before


def test_a_quote_that_is_exempted_leaves_no_words_marked(at_desk):
    desk = Desk()
    page = at_desk(desk.reporter, "articles_article_change", desk.article.pk)
    page.locator("[data-part=statement] .desk-tag").first.wait_for()
    select_words(page, "called")
    page.keyboard.press("Control+Alt+e")
    page.locator("dialog select").wait_for()
    page.locator("dialog button[type=submit]").press("Enter")
    expect(exempted(page)).to_have_count(1)
    assert page.locator(".tiptap span[data-words]").count() == 0
