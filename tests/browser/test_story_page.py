"""The page of the story as a whole: what is folded beside the text, at any width, and text dragged with the mouse."""

import pytest

from articles.dossier import open_dossier
from articles.models import Treaty
from tests.browser.writing import drag, keys, save, select_words
from tests.making import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ONE, TWO = Desk.KEYS
SIGNED = "Two states signed a treaty on 27 May 2026"


@pytest.fixture
def desk():
    desk = Desk()
    title = "Treaty on friendship, good neighbourhood and cooperation between two states and their peoples"
    desk.article.treaties.add(Treaty.objects.create(title=title, slug="friendship", parties=["A", "B"]))
    return desk


@pytest.fixture
def writing(at_desk, desk):
    page = at_desk(desk.reporter, "articles_article_change", desk.article.pk)
    page.locator("[data-part=statement] .desk-tag").first.wait_for(state="attached")
    return page


def fold(page, name):
    return page.locator(".desk-fold", has=page.get_by_role("heading", name=name, exact=True))


def test_a_dragged_sentence_keeps_its_key_and_a_dragged_copy_or_part_gets_its_own(writing, desk):
    page = writing
    drag(page, SIGNED, before="Ada Sample")
    assert [(key, words) for key, words in keys(page)] == [
        (ONE, SIGNED),
        (TWO, "Ada Sample called it “a good day”"),
    ]
    assert page.locator(".tiptap p").nth(1).inner_text().startswith(f"{SIGNED}Ada Sample")
    page.keyboard.press("Control+z")
    drag(page, SIGNED, before="Ada Sample", copy=True)
    (first, words), (copied, same), (last, _) = keys(page)
    assert (first, last, words) == (ONE, TWO, same)
    assert copied not in (ONE, TWO)
    page.keyboard.press("Control+z")
    drag(page, " a treaty", before="Ada Sample")
    assert [key for key, _words in keys(page)].count(ONE) == 1
    save(page)
    found = open_dossier(desk.reload()).segments
    assert [seen.wording for seen in found if seen.key == ONE] == ["Two states signed on 27 May 2026"]
    assert [seen.claim for seen in found].count(desk.claim) == 2


def test_beside_the_story_all_else_is_folded_counted_and_opened_by_keys(writing):
    page = writing
    assert [
        text.split("\n")[0] for text in page.locator(".desk-columns__side summary h2").all_inner_texts()
    ] == ["Evidence", "Ready?", "Advice", "Comments"]
    ready = fold(page, "Ready?")
    assert ready.locator("> summary").inner_text().split("\n")[-1] == "3 blockers"
    assert not page.locator("[data-act=submit] button").is_visible()
    ready.locator("> summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("[data-act=submit] button").is_visible()

    # The advice on what is typed is counted anew without being opened.
    assert fold(page, "Advice").locator("[data-count-of]").inner_text() == "0"
    page.fill("#id_headline", "Signed by 41 states")
    page.locator("[data-count-of=desk-advice]", has_text="1").wait_for()

    # A headline is one line, whatever is pasted.
    page.fill("#id_headline", "Signed\nby all")
    assert page.input_value("#id_headline") == "Signed by all"

    # On no screen anything is wider than it, and on a phone the evidence is one line below the text.
    page.locator("details", has=page.locator("#id_treaties")).locator("> summary").click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size({"width": 390, "height": 800})
    evidence = fold(page, "Evidence")
    evidence.locator("> summary").get_by_text("cited, not checked").wait_for()
    assert not page.locator("[data-part=meter]").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    select_words(page, "signed")
    page.keyboard.press("Control+Alt+b")
    page.locator("[data-part=meter]").wait_for()
    box = page.locator("#desk-beside").bounding_box()
    assert box["y"] + box["height"] <= 801
