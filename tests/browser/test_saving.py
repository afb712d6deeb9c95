"""The story saves itself in a real browser, and says how that went."""

import re

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from articles import draft_locks
from articles.models import Article, DraftLock
from tests.browser.looking import faults
from tests.making import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def now():
    return timezone.now()


def bar(page, state: str):
    expect(page.locator(f"#desk-saving[data-state={state}]")).to_be_visible(timeout=15_000)


def forgive(complaints, status: int) -> None:
    """The browser itself notes the status of an answer that refuses; nothing else may be there."""
    assert [line for line in complaints if str(status) not in line] == []
    complaints.clear()


def test_a_new_article_saves_itself_and_the_page_goes_on_with_it(at_desk, desk, page):
    at_desk(desk.reporter, "articles_article_add")
    bar(page, "empty")
    page.fill("#id_headline", "A treaty of Nancy")
    page.locator(".tiptap").click()
    page.keyboard.type("France and Poland signed. More is to")
    bar(page, "saved")
    article = Article.objects.latest("pk")
    expect(page).to_have_url(re.compile(f"/{article.pk}/change/$"))
    page.keyboard.type(" come.")
    bar(page, "unsaved")
    bar(page, "saved")
    article.refresh_from_db()
    assert "More is to come" in article.body
    assert article.version > 1
    # What an article's own page has besides is one step away.
    page.get_by_role("link", name="Open with advice, comments and preview").click()
    page.locator(".desk-tabs").wait_for()
    expect(page.locator("#id_headline")).to_have_value("A treaty of Nancy")
    # Left with nothing unsaved, no question is asked, and the lock is let go.
    page.goto("about:blank")
    expect(page).to_have_url("about:blank")
    assert Article.objects.latest("pk") == article


def test_opening_what_was_approved_leaves_it_approved(at_desk, desk, page):
    desk.check_all()
    desk.approve()
    at_desk(desk.reporter, "articles_article_change", desk.article.pk)
    page.locator(".tiptap").wait_for()
    bar(page, "saved")
    page.wait_for_timeout(3_000)
    bar(page, "saved")
    assert (desk.reload().stage, desk.article.version) == ("approved", 1)


def test_a_page_whose_draft_was_taken_over_stops_and_keeps_the_text(at_desk, desk, page, complaints, now):
    at_desk(desk.reporter, "articles_article_change", desk.article.pk)
    page.locator(".tiptap").wait_for()
    draft_locks.take_over(desk.article, by=desk.editor, now=now, reason="Breaking news.")
    page.fill("#id_headline", "What I typed")
    bar(page, "locked")
    expect(page.locator("#desk-saving [role=alert]")).to_contain_text("Breaking news.")
    expect(page.locator("#id_headline")).to_have_value("What I typed")
    assert desk.reload().headline == "A treaty is signed"
    assert DraftLock.objects.get().holder == desk.editor
    forgive(complaints, 409)


def test_of_two_tabs_the_later_is_shown_both_versions_and_loses_neither(at_desk, desk, page, complaints):
    at_desk(desk.reporter, "articles_article_change", desk.article.pk)
    other = page.context.new_page()
    other.goto(page.url)
    for tab in (page, other):
        tab.locator(".tiptap").wait_for()
    other.fill("#id_headline", "The other tab was quicker")
    bar(other, "unsaved")
    bar(other, "saved")
    page.fill("#id_headline", "What I typed here")
    bar(page, "stale")
    page.get_by_role("button", name="Compare both versions").click()
    conflict = page.locator(".desk-conflict")
    expect(conflict.locator("[data-side=theirs] h4")).to_have_text("The other tab was quicker")
    expect(conflict.locator("[data-side=mine] h4")).to_have_text("What I typed here")
    expect(conflict.locator(".desk-differences del")).to_have_text("The other tab was quicker")
    expect(page.locator("#id_headline")).to_have_value("What I typed here")
    conflict.get_by_role("button", name="set mine aside").click()
    expect(page.locator("#compared ins")).to_have_text("What I typed here")
    assert desk.reload().headline == "The other tab was quicker"
    assert desk.article.set_aside.get().headline == "What I typed here"
    assert faults(page, within=".desk") == []
    forgive(complaints, 409)


def test_save_keeps_what_was_typed_where_nobody_is_signed_in_any_more(at_desk, desk, page):
    at_desk(desk.reporter, "articles_article_change", desk.article.pk)
    page.locator(".tiptap").wait_for()
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.fill("#id_headline", "What I typed")
    bar(page, "signed_out")
    with page.expect_response("**/autosave/"):
        page.get_by_role("button", name="Save and continue editing").click()
    bar(page, "signed_out")
    expect(page.locator("#id_headline")).to_have_value("What I typed")
    assert page.url.endswith("/change/")
