"""An article is read: evidence in place by mouse, touch and keys, without script, on a small screen and on paper."""

import gzip
from datetime import timedelta

import pypdfium2
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.articles.public.stories import AGGRESSION, ANALYSIS, long_story
from tests.browser.looking import ALL, faults
from tests.browser.test_article_page import RULES, STICKING_OUT

pytestmark = pytest.mark.django_db(transaction=True)

CITATIONS = ".body [role=doc-noteref]"
# What moved without anybody asking for it.
WATCH = """
window.moved = 0
new PerformanceObserver(list => list.getEntries().forEach(entry => {
  if (!entry.hadRecentInput) window.moved += entry.value
})).observe({ type: "layout-shift", buffered: true })
"""


@pytest.fixture
def story(live_server):
    return long_story(now=timezone.now() - timedelta(days=2))


def open_card(page):
    return page.locator(".card:popover-open")


def test_evidence_opens_beside_the_sentence_by_mouse_and_by_keys(page, live_server, story, complaints):
    page.emulate_media(reduced_motion="reduce")
    page.add_init_script(WATCH)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(live_server.url + story.path)
    page.wait_for_load_state("networkidle")
    assert sum(len(gzip.compress(answer.body())) for answer in answers) < 40_000

    # By mouse: the card says what the list of sources says, and what the sentence rests on.
    citation = page.locator(CITATIONS).first
    key = page.locator(".body .s").first.get_attribute("id").removeprefix("s-")
    citation.click()
    card = open_card(page)
    assert card.get_by_role("heading").inner_text().startswith("[1] Treaty on security")
    assert "treaty text, 27 May 2026" in card.inner_text()
    assert card.locator("mark").inner_text()
    assert "/snapshots/" in card.get_by_role("link", name="archived on").get_attribute("href")
    assert ":~:text=" in card.get_by_role("link", name="in the original").get_attribute("href")
    assert "This sentence rests on: [1], [2], [3] (3 origins)" in card.inner_text()
    assert "/claims/" in card.get_by_role("link", name="Where else this claim stands").get_attribute("href")
    expect(citation).to_have_attribute("aria-expanded", "true")
    page.mouse.click(5, 5)
    expect(card).to_have_count(0)
    disputed = page.locator(".stance [role=doc-noteref]").first
    disputed.click()
    expect(card).to_contain_text("disputed by [6]")
    page.keyboard.press("Escape")

    # By keys: in, through, out, and back to where it was opened.
    citation.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#card-h")).to_be_focused()
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(citation).to_be_focused()
    expect(citation).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    for _ in range(12):
        page.keyboard.press("Tab")
        if not card.count():
            break
    assert page.evaluate("document.activeElement.closest('.after') !== null")
    citation.focus()
    page.keyboard.press("Enter")
    card.get_by_role("link", name="Sources [1]").press("Enter")
    page.wait_for_url("**#src-1")
    page.locator("#src-1 [role=doc-backlink]").first.click()
    page.wait_for_url("**#r-*")

    # The sentence's address comes behind the number by keys; nothing lies over the words for who points at them.
    page.locator(".body .s").nth(1).hover()
    assert not page.locator(".body .s").nth(1).locator("+ .after .here").first.is_visible()
    citation.focus()
    for _ in range(3):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.href") == f"{live_server.url}{story.path}sentences/{key}/"

    # A quote is copied with speaker, date and address; what is related is brought without moving anything.
    page.locator(".speakers button").first.click()
    page.get_by_text("Copied with speaker").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(
        f"“{AGGRESSION}” – Keir Starmer, Prime Minister of the United Kingdom, 27 May 2026. "
    )
    assert f"{story.path}#q-" in copied
    page.locator(".related").scroll_into_view_if_needed()
    page.locator(".related-list").wait_for()
    assert page.evaluate("window.moved") < 0.01
    assert complaints == []


def test_the_card_and_how_we_know_stand_in_nobodys_way(page, live_server, story):
    page.emulate_media(reduced_motion="reduce")
    for width, height in ((1280, 900), (320, 640)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(live_server.url + story.path)
        page.get_by_role("switch").check()
        assert page.locator(".map svg").is_visible()
        page.locator(CITATIONS).nth(4).click()
        box = open_card(page).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= height
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        out = f"{STICKING_OUT}.filter(e => !e.closest('.map')).map(e => e.outerHTML.slice(0, 80))"
        assert page.evaluate(out) == []
        assert faults(page, rules=RULES, impacts=ALL) == []


def test_without_script_every_number_leads_to_its_source_and_paper_has_the_addresses(
    browser, live_server, story, tmp_path
):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + story.path)
    page.locator(CITATIONS).first.click()
    page.wait_for_url("**#src-1")
    page.locator("#src-1 [role=doc-backlink]").first.click()
    page.get_by_role("switch").check()
    assert page.get_by_role("table").is_visible()
    row = page.get_by_role("row").filter(has_text=ANALYSIS[:30])
    assert "our own analysis" in row.inner_text()
    page.locator(".body .here").first.click()
    page.wait_for_url("**#s-*")
    page.get_by_role("link", name="What else there is").click()
    page.wait_for_url("**/related/")
    page.go_back()
    paper = tmp_path / "article.pdf"
    page.pdf(path=paper)
    with pypdfium2.PdfDocument(paper) as document:
        text = "".join(sheet.get_textpage().get_text_range() for sheet in document)
    text = "".join(text.split())
    for source in page.locator(".sources a.title").all():
        assert source.get_attribute("href") in text
    assert story.path in text
    assert "Allarticles" not in text
    context.close()
