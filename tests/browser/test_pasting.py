"""Paste in a real browser: what a word processor brings along is dropped, and typed numbers become marks."""

import pytest
from playwright.sync_api import expect

from articles.dossier import open_dossier
from tests.browser.writing import go_to_end, paste, save, select_words, settle
from tests.making import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{color:red}</style>
<!--[if gte mso 9]><xml>junk</xml><![endif]--></head><body>
<h1 style='mso-list:none'>Title</h1><p class=MsoNormal style='margin:0'>A <b>bold</b>
<st1:place>place</st1:place><a href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a>.<o:p>
</o:p></p>
<p class=MsoListParagraph><span style='mso-list:Ignore'>7.<span>&nbsp;</span></span>Item</p>
<div style='mso-element:footnote-list'><div style='mso-element:footnote'><p class=MsoFootnoteText>Note</p></div></div>
</body></html>"""
DOCS = """<meta charset="utf-8"><b style="font-weight:normal" id="docs-internal-guid-1"><p dir="ltr"
style="line-height:1.38"><span style="font-size:11pt;font-weight:700">Strong</span><span
style="color:#000"> plain</span>
<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup></p></b>
<div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a> Note</p></div>"""
OFFICE = """<p style="margin-bottom: 0cm"><font face="Liberation Serif">Written<a class="sdfootnoteanc" name="x"
href="#sdfootnote1sym"><sup>1</sup></a></font> here.</p><div id="sdfootnote1"><p>1 Note</p></div>"""
BROUGHT = [
    (WORD, [("H2", "Title"), ("P", "A bold place."), ("P", "Item")], ["bold"]),
    (DOCS, [("P", "Strong plain")], ["Strong"]),
    (OFFICE, [("P", "Written here.")], []),
]


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def writing(at_desk, desk):
    page = at_desk(desk.reporter, "articles_article_change", desk.article.pk)
    page.locator("[data-part=statement] .desk-tag").first.wait_for()
    go_to_end(page)
    page.keyboard.press("Enter")
    return page


@pytest.mark.parametrize(("html", "blocks", "bold"), BROUGHT, ids=["word", "docs", "office"])
def test_of_a_word_processors_page_the_words_and_their_emphasis_stay(writing, html, blocks, bold):
    page = writing
    paste(page, html)
    found = page.locator(".tiptap > *").evaluate_all(
        "all => all.map((each) => [each.tagName, each.innerText.trim().replace(/\\s+/g, ' ')])"
    )
    assert [tuple(block) for block in found[2:] if block[1]] == blocks
    assert page.locator(".tiptap strong").all_inner_texts() == bold
    assert page.locator("dialog").count() == 0


NUMBERED = "Both sides agreed [2]. Ada Sample said “we have waited for this day” [1]."
PLAIN = "Both sides agreed. Ada Sample said “we have waited for this day”."
NUMBERED_RICH = (
    "<p>Both <b>sides</b> agreed [2]. "
    'Ada Sample said “we have <a href="https://gov.example/">waited</a> for this day” [1].</p>'
)


def test_typed_numbers_become_marks_when_the_writer_accepts(writing, desk):
    page = writing
    paste(page, text=NUMBERED)
    dialog = page.get_by_role("dialog", name="Marks proposed for the pasted text")
    dialog.get_by_text(desk.first.title).wait_for()
    assert dialog.locator(".desk-stretch").count() == 2
    page.keyboard.press("Enter")
    dialog.wait_for(state="detached")
    page.locator(".tiptap .desk-printed[data-print='[1]']").wait_for()
    save(page)
    agreed, said = open_dossier(desk.reload()).segments[2:]
    assert [c.source for c in agreed.citations] == [desk.second]
    assert (said.quotes[0].words, said.quotes[0].speaker) == ("we have waited for this day", desk.speaker)
    assert "[" not in said.block.text


def test_a_mark_is_left_out_by_itself_and_emphasis_and_links_stay(writing, desk):
    page = writing
    paste(page, html=NUMBERED_RICH)
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("checkbox", name="we have waited").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    dialog.wait_for(state="detached")
    last = page.locator(".tiptap p").last
    last.get_by_text("Both sides agreed").wait_for()
    assert (last.locator("strong").inner_text(), last.locator("a").inner_text()) == ("sides", "waited")
    save(page)
    agreed, said = open_dossier(desk.reload()).segments[2:]
    assert [c.source for c in agreed.citations] == [desk.second]
    assert said.rests_on_nothing


def test_refused_only_the_words_are_pasted_and_cancelled_nothing(writing, desk):
    page = writing
    before = page.locator(".tiptap").inner_text()
    for answer, left in (("Cancel", before), ("Paste the words alone", None)):
        paste(page, text=NUMBERED)
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("button", name=answer).click()
        dialog.wait_for(state="detached")
        assert left is None or page.locator(".tiptap").inner_text() == left
    last = page.locator(".tiptap p").last
    expect(last).to_have_text(PLAIN)
    assert last.locator("span[data-claim], span[data-quotes]").count() == 0


def test_brackets_that_are_no_citations_are_pasted_as_they_are(writing):
    page = writing
    paste(page, html="<p>A <b>list</b> of [250] things</p>")
    last = page.locator(".tiptap p").last
    last.get_by_text("of [250] things").wait_for()
    assert last.locator("strong").inner_text() == "list"


def test_what_was_pasted_goes_where_it_was_pasted_wherever_the_cursor_went_meanwhile(writing):
    page = writing
    paste(page, text=NUMBERED)
    select_words(page, "signed")
    settle(page)
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Paste the words alone").click()
    dialog.wait_for(state="detached")
    expect(page.locator(".tiptap p").last).to_have_text(PLAIN)
    expect(page.locator(".tiptap p").first).to_contain_text("signed")
