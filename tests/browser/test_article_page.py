"""The readers' pages in a real browser: keyboard, small screens, both colour schemes, without script."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.articles.public.followed import Followed
from tests.articles.public.people import take_away
from tests.articles.public.stories import long_story, polish_story
from tests.browser.looking import ALL, WCAG, faults
from tests.making import Desk

pytestmark = pytest.mark.django_db(transaction=True)

RULES = [*WCAG, "best-practice"]
SIZES = [(1280, 900), (390, 844), (320, 640)]
STICKING_OUT = (
    "[...document.querySelectorAll('body *')]"
    ".filter(element => element.getBoundingClientRect().right > innerWidth + 1)"
)


@pytest.fixture
def story(live_server):
    return long_story(now=timezone.now() - timedelta(days=2))


@pytest.fixture
def retracted(live_server) -> Followed:
    """A story that was corrected and then retracted."""
    story = Followed("a-mistake", now=timezone.now() - timedelta(days=9))
    story.correct()
    story.retract()
    return story


@pytest.fixture
def complaints(page, live_server):
    """What the browser refused, missed or had to fetch elsewhere."""
    heard = []
    page.on(
        "console",
        lambda message: heard.append(message.text) if message.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("response", lambda answer: heard.append(answer.url) if answer.status >= 400 else None)
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith((live_server.url, "data:")) else heard.append(request.url)
        ),
    )
    return heard


def test_nothing_stands_in_anybodys_way(page, live_server, story):
    polish = polish_story(now=timezone.now() - timedelta(days=1))
    gone = Desk(now=timezone.now() - timedelta(days=1))
    take_away(
        gone.publish(), kind="retraction", note="We were wrong.", at=timezone.now() - timedelta(minutes=1)
    )
    # A sentence, a source, a note or a part that is linked to is marked, and legible while it is.
    marked = [f"{story.path}#{place}" for place in ("s-sentenceac", "src-2", "note", "sources")]
    for path in (*marked, polish.path, gone.article.get_absolute_url(), "/", "/nothing/"):
        page.goto(live_server.url + path)
        assert faults(page, rules=RULES, impacts=ALL) == [], path


def test_nothing_stands_in_anybodys_way_after_publication(page, live_server, story, retracted):
    past = retracted.article.get_absolute_url()
    paths = [story.path, f"{story.path}editions/1/", f"{story.path}history/", "/corrections/"]
    for path in [*paths, past, f"{past}editions/1/", f"{past}history/"]:
        page.goto(live_server.url + path)
        assert faults(page, rules=RULES, impacts=ALL) == [], path
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, width)
            assert page.evaluate(f"{STICKING_OUT}.map(element => element.outerHTML.slice(0, 80))") == []


def test_a_reader_finds_what_was_changed_without_script(browser, live_server, story):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + story.path)
    page.locator("#note summary").click()
    assert "every year" in page.locator("#note del").inner_text()
    assert "twice a year" in page.locator("#note ins").inner_text()
    page.locator(".dateline a").click()
    page.wait_for_url("**/history/")
    page.get_by_role("link", name="Edition 1").click()
    page.wait_for_url("**/editions/1/")
    assert "This is edition 1" in page.locator("main aside.banner").inner_text()
    context.close()


def test_the_data_block_is_let_through_and_never_run(page, live_server, story, complaints):
    page.goto(live_server.url + story.path)
    block = page.locator("script[type='application/ld+json']")
    assert page.evaluate("text => JSON.parse(text)", block.text_content())["@context"] == "https://schema.org"
    assert complaints == []


def test_a_small_screen_shows_everything_without_scrolling_sideways(page, live_server, story, complaints):
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for path in (story.path, "/"):
            page.goto(live_server.url + path)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert page.evaluate(f"{STICKING_OUT}.map(element => element.outerHTML.slice(0, 80))") == []
    page.goto(live_server.url + story.path)
    for link in page.locator(".uses a, .masthead a, .colophon a").all():
        box = link.bounding_box()
        # WCAG 2.5.8; links within a sentence are exempt.
        assert min(box["width"], box["height"]) >= 24
    # WCAG 1.4.12: readers may space letters, words and lines more widely.
    spaced = "line-height: 1.5; letter-spacing: 0.12em; word-spacing: 0.16em"
    page.evaluate(
        f"document.querySelectorAll('*').forEach(element => {{ element.style.cssText += '; {spaced}' }})"
    )
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert complaints == []
