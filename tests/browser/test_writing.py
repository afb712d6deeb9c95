"""Writing in a real browser: the evidence beside the text, keys that stay right, the language's quotation marks."""

import pytest
from playwright.sync_api import expect

from articles.dossier import open_dossier
from sources.models import Capture, Source
from tests.browser.looking import ALL, WCAG, faults
from tests.browser.writing import clip, go_to_end, keys, paste, save, select_words, settle
from tests.making import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ONE, TWO = Desk.KEYS
# Selects these words of the last paragraph and presses Ctrl+Alt+C before the browser tells where the cursor went.
CLAIM_AT_ONCE = """(words) => {
    const editor = document.querySelector(".tiptap")
    const text = editor.lastElementChild.firstChild
    const at = text.data.indexOf(words)
    document.getSelection().setBaseAndExtent(text, at, text, at + words.length)
    const keys = { key: "c", code: "KeyC", keyCode: 67, ctrlKey: true, altKey: true, bubbles: true, cancelable: true }
    editor.dispatchEvent(new KeyboardEvent("keydown", keys))
}"""


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def writing(at_desk, desk):
    page = at_desk(desk.reporter, "articles_article_change", desk.article.pk)
    page.locator("[data-part=statement] .desk-tag").first.wait_for()
    return page


def tab_to(page, name, key="Tab"):
    for _ in range(8):
        if page.evaluate("document.activeElement.name") == name:
            return
        page.keyboard.press(key)
    raise AssertionError(f"{name} is not reached by {key}")


def panel_state(page, state):
    page.locator(f"#desk-beside[data-state={state}]").wait_for()


def test_the_panel_follows_the_cursor_and_the_text_as_it_is_typed(writing, desk):
    page, panel = writing, writing.locator("#desk-beside")
    select_words(page, "signed")
    panel.get_by_text("2 sources, 2 origins").wait_for()
    assert panel.locator(f"[data-record='{desk.claim.public_id}'] .desk-citation").count() == 2
    select_words(page, "a good day")
    quote = panel.locator(f"[data-record='{desk.quote.public_id}']")
    quote.wait_for()
    assert "Ada Sample, Minister" in quote.inner_text()
    assert quote.locator(".desk-passage").inner_text() == "a good day"
    assert quote.locator(".desk-choose-link").get_attribute("href").endswith(f"place={TWO}")

    # Typed and not saved: the quote is not verbatim any more, and a new sentence rests on nothing.
    select_words(page, "good")
    page.keyboard.type("bad")
    panel.locator("[data-code=quote_not_verbatim]").wait_for()
    go_to_end(page)
    page.keyboard.press("Enter")
    page.keyboard.type("One more.")
    panel_state(page, "no_evidence")
    meter = page.locator("[data-part=meter] li").all_inner_texts()
    assert [line.strip() for line in meter] == [
        "2 of 3 statements have evidence",
        "0 checked",
        "1 blocked",
    ]
    page.keyboard.press("Control+Alt+b")
    assert page.evaluate("document.activeElement.id") == "desk-beside"
    page.keyboard.press("Escape")
    page.locator(".tiptap:focus").wait_for()


def test_states_and_numbers_are_shown_in_the_text_and_are_no_part_of_it(writing, desk):
    page = writing
    desk.check_all()
    select_words(page, "signed")
    page.keyboard.type("have signed")
    page.locator(".tiptap .desk-is--lapsed").wait_for()
    checked = page.locator(".tiptap .desk-is--checked").all_inner_texts()
    assert "".join(checked) == "Ada Sample called it “a good day”"
    printed = page.locator(".tiptap .desk-printed")
    assert printed.evaluate_all("all => all.map((each) => each.dataset.print)") == ["[1, 2]", "[2]"]
    assert printed.first.get_attribute("aria-label").startswith("[1, 2] lapsed")
    # Before the sentence's own stop, as the page prints it.
    assert printed.first.evaluate("each => each.nextSibling.textContent") == "."
    assert "[1" not in page.locator(".tiptap").inner_text()
    save(page)
    assert "[1" not in desk.reload().body
    assert "desk-" not in desk.article.body


def test_the_panel_says_when_the_desk_does_not_answer_and_the_last_answer_wins(writing, complaints):
    page, reach = writing, writing.locator("#desk-beside-reach")
    page.route("**/beside/", lambda route: route.abort())
    select_words(page, "signed")
    page.keyboard.type("sealed")
    reach.get_by_text("could not be reached").wait_for()
    page.unroute("**/beside/")
    page.keyboard.type("!")
    reach.wait_for(state="hidden")
    assert [line for line in complaints if "ERR_FAILED" not in line] == []
    complaints.clear()


def test_cut_and_paste_keeps_a_key_and_a_copy_gets_its_own(writing):
    page = writing
    select_words(page, "Two states signed a treaty on 27 May 2026")
    cut = clip(page, "cut")
    assert [key for key, _words in keys(page)] == [TWO]
    go_to_end(page)
    page.keyboard.press("Enter")
    paste(page, cut)
    assert [key for key, _words in keys(page)] == [TWO, ONE]

    page.keyboard.press("Enter")
    paste(page, cut)
    (_, _), (_, _), (third, words) = keys(page)
    assert words == "Two states signed a treaty on 27 May 2026"
    assert third not in (ONE, TWO)


def test_a_copy_put_right_behind_its_original_stays_a_segment_of_its_own(writing):
    page = writing
    select_words(page, "Two states signed a treaty on 27 May 2026")
    copied = clip(page, "copy")
    page.keyboard.press("ArrowRight")
    settle(page)
    paste(page, copied)
    first, second, third = keys(page)
    assert (first[0], first[1], third[0]) == (ONE, second[1], TWO)
    assert second[0] not in (ONE, TWO)


def test_what_comes_from_another_text_gets_new_keys(writing, desk):
    page = writing
    go_to_end(page)
    page.keyboard.press("Enter")
    foreign = f'<p><span data-segment="cccccccccc" data-claim="{desk.claim.public_id}">Elsewhere</span></p>'
    paste(page, foreign)
    assert [words for _key, words in keys(page)][2] == "Elsewhere"
    assert keys(page)[2][0] != "cccccccccc"
    expect(page.locator(f".tiptap span[data-claim='{desk.claim.public_id}']")).to_have_count(2)


def test_a_split_gives_the_second_half_a_key_and_undo_takes_it_back(writing, desk):
    page = writing
    select_words(page, " a treaty")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    halves = keys(page)[:2]
    assert [words for _key, words in halves] == ["Two states signed", " a treaty on 27 May 2026"]
    assert halves[0][0] == ONE
    assert halves[1][0] not in (ONE, TWO)
    # Put together again they stay two: segments never merge.
    page.keyboard.press("Backspace")
    assert [key for key, _words in keys(page)][:2] == [ONE, halves[1][0]]
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert [key for key, _words in keys(page)] == [ONE, TWO]
    save(page)
    assert [seen.key for seen in open_dossier(desk.reload()).segments] == [ONE, TWO]


TYPED = [
    ("en", "\"It's 'so'\" - the states' '90s", "“It’s ‘so’” - the states’ ’90s"),
    ("pl", '"To \'tak\'" ("nie") d\'Artagnan', "„To ‚tak’” („nie”) d’Artagnan"),
]


@pytest.mark.parametrize(("language", "typed", "expected"), TYPED)
def test_quotation_marks_are_those_of_the_language(writing, language, typed, expected):
    page = writing
    page.locator("[name=language]").evaluate("(field, value) => { field.value = value }", language)
    go_to_end(page)
    page.keyboard.press("Enter")
    page.keyboard.type(typed)
    last = page.locator(".tiptap p").last
    assert last.inner_text() == expected
    for undo in ("Backspace", "Control+z"):
        page.keyboard.press("Enter")
        page.keyboard.type('"')
        assert page.locator(".tiptap p").last.inner_text() == expected[0]
        page.keyboard.press(undo)
        assert page.locator(".tiptap p").last.inner_text() == '"'


def test_mark_choose_and_cite_with_the_keyboard_alone(writing, desk):
    page = writing
    go_to_end(page)
    page.keyboard.press("Enter")
    page.keyboard.type("The treaty was signed. It rained all day. Bea New called it “a wet day”.")

    # An existing claim: the near-duplicate stands first.
    page.evaluate(CLAIM_AT_ONCE, "The treaty was signed")
    dialog = page.get_by_role("dialog", name="A claim")
    dialog.get_by_role("option", name="The treaty was signed. nearly the same").wait_for()
    page.keyboard.press("ArrowDown")
    assert dialog.get_by_role("combobox").get_attribute("aria-activedescendant")
    page.keyboard.press("Enter")
    dialog.wait_for(state="detached")
    expect(page.locator(f".tiptap span[data-claim='{desk.claim.public_id}']")).to_have_count(2)

    # A sentence without evidence: cited with an address, it gets a claim of its own words.
    select_words(page, "rained")
    page.keyboard.press("Control+Alt+s")
    dialog = page.get_by_role("dialog", name="Cite a source")
    page.keyboard.type("https://weather.example/day")
    dialog.get_by_text("No source has this address yet").wait_for()
    page.keyboard.press("Enter")
    dialog.wait_for(state="detached")
    # It is there at once; its title comes when it was fetched, and nobody has to ask.
    panel = page.locator("#desk-beside")
    panel.get_by_text("being fetched…").wait_for()
    source = Source.objects.filter(url="https://weather.example/day")
    source.update(title="The weather of the day")
    Capture.objects.filter(source__in=source).update(state=Capture.State.DONE)
    panel.get_by_text("The weather of the day").wait_for()
    panel.get_by_text("being fetched…").wait_for(state="detached")

    # A new quote by somebody new, cited as a report with a source found by its title. Of what is selected the words
    # are what stands between the quotation marks.
    select_words(page, "Bea New called it “a wet day”")
    page.keyboard.press("Control+Alt+q")
    dialog = page.get_by_role("dialog", name="A quote")
    tab_to(page, "speaker")
    page.keyboard.type("Bea New")
    page.keyboard.press("Enter")
    dialog.wait_for(state="detached")
    page.keyboard.press("Control+Alt+s")
    dialog = page.get_by_role("dialog", name="Cite a source")
    page.keyboard.type(desk.first.title)
    dialog.locator("[role=listbox]:not([aria-busy])").get_by_role(
        "option", name=desk.first.title
    ).first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    tab_to(page, "carries", "Shift+Tab")
    page.keyboard.press("ArrowDown")
    page.locator("dialog [type=submit]").press("Enter")
    dialog.wait_for(state="detached")

    save(page)
    signed, rained, wet = open_dossier(desk.reload()).segments[2:]
    assert signed.claim == desk.claim
    assert (rained.claim.label, rained.citations[0].source.url) == (
        "It rained all day",
        "https://weather.example/day",
    )
    assert wet.wording == "Bea New called it “a wet day”"
    quote = wet.quotes[0]
    assert (quote.words, quote.speaker.name, wet.citations[0].carries) == ("a wet day", "Bea New", "report")
    expect(page.locator(f".tiptap span[data-words='{quote.public_id}']")).to_have_text("a wet day")


def test_a_dialog_is_accessible_and_escape_leaves_the_text_as_it_was(writing, desk):
    page = writing
    before = page.locator(".tiptap").inner_html()
    for key, name in (("c", "A claim"), ("s", "Cite a source")):
        select_words(page, "signed")
        page.keyboard.press(f"Control+Alt+{key}")
        page.get_by_role("dialog", name=name).wait_for()
        page.locator("dialog [role=combobox]").fill("sample")
        page.locator("dialog [role=status]:not(:empty)").first.wait_for()
        # The open list of offers lies over what is below it: sizes of targets (wcag22aa) are not asked.
        assert faults(page, within="dialog", rules=WCAG[:-1], impacts=ALL) == []
        page.keyboard.press("Escape")
        page.get_by_role("dialog", name=name).wait_for(state="detached")
        page.locator(".tiptap:focus").wait_for()
    assert page.locator(".tiptap").inner_html() == before


def test_what_the_arrows_stand_at_is_kept_when_more_is_typed(writing, desk):
    page = writing
    select_words(page, "signed")
    page.keyboard.press("Control+Alt+s")
    dialog = page.get_by_role("dialog", name="Cite a source")
    page.keyboard.type(desk.first.title[:3])
    dialog.get_by_role("option", name=desk.first.title).wait_for()
    for _ in dialog.get_by_role("option").all():
        page.keyboard.press("ArrowDown")
        chosen = dialog.locator("[role=option][aria-selected=true]")
        if desk.first.title in chosen.inner_text():
            break
    page.keyboard.type(desk.first.title[3:])
    dialog.locator("[role=listbox]:not([aria-busy])").wait_for()
    expect(chosen).to_contain_text(desk.first.title)
    page.keyboard.press("Enter")
    expect(dialog.locator(".desk-fact[role=status]")).to_contain_text(desk.first.title)
