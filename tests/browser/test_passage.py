"""A passage is chosen in a real browser, by mouse and by keyboard; positions count code points, not UTF-16 units."""

import pytest

from tests.browser.looking import faults
from tests.browser.writing import settle
from tests.making import Desk, cite, make_claim, make_quote, make_snapshot, make_source

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Before the passage: signs of two UTF-16 units, one of several code points, an empty line's worth of blocks.
TEXT = (
    "Treaty day 🎉🎉\nThe family 👩‍👩‍👧 and 𝔽riends came.\n"
    "Two states 🤝 signed a treaty on 27 May 2026.\nIt was a good day, they said."
)


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def citation(desk):
    source = make_source(desk.reporter, title="The gazette")
    make_snapshot(source, TEXT)
    claim = make_claim(desk.reporter, label="They signed")
    cite(claim, source, by=desk.checker, archived=False)
    return claim.citations.get()


def chosen(page, citation) -> tuple[int, str]:
    page.get_by_text("The passage is chosen.").wait_for()
    citation.refresh_from_db()
    return citation.start, citation.exact


def place_in(page) -> tuple[int, int]:
    """What the script put into the form. The server would find words that stand once without it."""
    form = page.locator("form[data-act=choose]")
    return tuple(int(form.locator(f"[name={name}]").input_value()) for name in ("start", "end"))


def box_of(page, words: str) -> dict:
    """Where ``words`` are drawn in the text."""
    return page.evaluate(
        """(words) => {
            const walker = document.createTreeWalker(document.getElementById("reader"), NodeFilter.SHOW_TEXT)
            while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf(words)
                if (at < 0) continue
                const range = document.createRange()
                range.setStart(walker.currentNode, at)
                range.setEnd(walker.currentNode, at + words.length)
                const { left, right, top, bottom } = range.getBoundingClientRect()
                return { left, right, middle: (top + bottom) / 2 }
            }
        }""",
        words,
    )


def test_words_are_selected_by_dragging_over_them(at_desk, desk, citation):
    page = at_desk(desk.reporter, "articles_citation_passage", citation.pk)
    first, last = box_of(page, "signed"), box_of(page, "2026")
    page.mouse.move(first["left"] + 1, first["middle"])
    page.mouse.down()
    page.mouse.move(last["right"] - 1, last["middle"], steps=5)
    page.mouse.up()
    page.get_by_text("7 words selected").wait_for()
    words = "signed a treaty on 27 May 2026"
    assert page.locator("[name=words]").input_value() == words
    assert place_in(page) == (TEXT.index(words), TEXT.index(words) + len(words))
    page.get_by_role("button", name="Use these words").click()
    assert chosen(page, citation) == (TEXT.index(words), words)


def test_words_are_selected_over_the_end_of_a_block(at_desk, desk, citation):
    page = at_desk(desk.reporter, "articles_citation_passage", citation.pk)
    first, last = box_of(page, "treaty on 27"), box_of(page, "It was")
    page.mouse.move(first["left"] + 1, first["middle"])
    page.mouse.down()
    page.mouse.move(last["right"] - 1, last["middle"], steps=5)
    page.mouse.up()
    page.get_by_text("7 words selected").wait_for()
    words = "treaty on 27 May 2026.\nIt was"
    assert place_in(page) == (TEXT.index(words), TEXT.index(words) + len(words))
    page.get_by_role("button", name="Use these words").click()
    assert chosen(page, citation) == (TEXT.index(words), words)


def test_words_are_selected_with_the_keyboard_alone(at_desk, desk, citation):
    page = at_desk(desk.reporter, "articles_citation_passage", citation.pk)
    page.locator("#reader").focus()
    page.keyboard.press("Control+Home")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    page.keyboard.press("Shift+Home")
    for _ in range(3):
        page.keyboard.press("Control+Shift+ArrowRight")
    settle(page)
    page.get_by_text("words selected").wait_for()
    # What was selected is taken with Enter, twice: to the button, and the button.
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "use-words"
    start, end = place_in(page)
    assert TEXT.index("🤝") <= start < end == TEXT.index("\nIt was")
    assert page.locator("[name=words]").input_value() == TEXT[start:end]
    page.keyboard.press("Enter")
    assert chosen(page, citation) == (start, TEXT[start:end])


def test_the_text_cannot_be_typed_into(at_desk, desk, citation):
    page = at_desk(desk.reporter, "articles_citation_passage", citation.pk)
    before = page.locator("#reader").inner_text()
    page.locator("#reader p").nth(2).click()
    page.keyboard.type("Two hundred states")
    page.keyboard.press("Backspace")
    page.keyboard.press("Control+x")
    page.keyboard.press("Control+v")
    page.keyboard.insert_text("pasted")
    assert page.locator("#reader").inner_text() == before


def test_words_changed_by_hand_are_looked_for(at_desk, desk, citation):
    page = at_desk(desk.reporter, "articles_citation_passage", citation.pk)
    page.locator("#reader p").nth(0).click(click_count=3)
    page.get_by_text("words selected").wait_for()
    page.locator("[name=words]").fill("a good day")
    assert page.locator("form[data-act=choose] [name=start]").input_value() == ""
    page.get_by_role("button", name="Use these words").click()
    assert chosen(page, citation) == (TEXT.index("a good day"), "a good day")


def test_an_offered_place_is_taken_with_one_click(at_desk, desk, citation):
    query = f"article={desk.article.pk}&place={desk.KEYS[0]}"
    page = at_desk(desk.reporter, "articles_citation_passage", citation.pk, query=query)
    page.get_by_role("button", name="Use this place").first.click()
    start, exact = chosen(page, citation)
    assert TEXT[start : start + len(exact)] == exact
    assert page.url.endswith(f"/evidence/?at={desk.KEYS[0]}#s-{desk.KEYS[0]}")


def test_the_pages_of_a_source_are_accessible_in_both_colour_schemes(at_desk, desk, page):
    source = desk.second
    first = make_snapshot(source, TEXT, pages=[0, 20])
    second = make_snapshot(source, TEXT.replace("Two", "Three"))
    make_snapshot(source, "Please log in.", obstacle="login_wall")
    quote = make_quote(desk.reporter, words="a great day, they said", speaker=desk.speaker)
    cite(quote, source, by=desk.reporter, archived=False)
    desk.publish()
    two = f"old={first.public_id}&new={second.public_id}"
    for name, *which, query in (
        ("articles_citation_passage", quote.citations.get().pk, ""),
        ("sources_source_snapshot", source.pk, first.public_id, "find=treaty"),
        ("sources_source_compare", source.pk, two),
        ("sources_source_snapshots", source.pk, ""),
        ("sources_source_cited_by", source.pk, ""),
        ("sources_source_origins", source.pk, ""),
    ):
        at_desk(desk.checker, name, *which, query=query)
        assert faults(page, within=".desk") == [], name
