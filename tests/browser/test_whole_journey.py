"""A story from the empty form to its readers by four people, none of whom touches a mouse."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from articles.dossier import open_dossier
from articles.models import Article, Citation, Edition
from newsroom.accounts.models import Person
from tests.browser.by_keys import next_page, past_the_sidebar, tab_to, take
from tests.browser.writing import let_in
from tests.making import Desk, make_snapshot, make_source

pytestmark = [pytest.mark.browser(long=True), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk():
    return Desk(now=timezone.now() - timedelta(days=1))


def test_a_story_travels_from_the_empty_form_to_its_readers_by_keys_alone(at_desk, desk, client, live_server):
    gazette = make_source(desk.reporter, title="The weather gazette")
    make_snapshot(gazette, "In London it rained all day.")
    article = written(at_desk(desk.reporter, "articles_article_add"), desk)
    passage_chosen(at_desk(desk.reporter, "articles_article_change", article.pk), article)
    page = at_desk(desk.reporter, "articles_article_change", article.pk)
    past_the_sidebar(page)
    take(page, ".desk-fold:has([data-act=submit]) > summary", most=90)
    take(page, "[data-act=submit] button")
    page.get_by_text("Submitted for checking.").wait_for()

    checked(at_desk(desk.checker, "articles_article_check", article.pk))

    approved(at_desk(desk.editor, "articles_article_ready", article.pk))

    moment = timezone.now().astimezone(ZoneInfo(settings.NEWSROOM_TIME_ZONE)) + timedelta(days=400)
    scheduled(at_desk(desk.duty, "articles_article_ready", article.pk), moment)
    edition = Edition.objects.get(article=article)
    assert edition.release.showing.lower == moment.replace(hour=9, minute=30, second=0, microsecond=0)
    assert client.get(article.get_absolute_url()).status_code == 404

    # Taken out of the schedule it is a draft again; approved once more it is out at once.
    put_on_hold(at_desk(desk.duty, "articles_article_published", article.pk))
    submitted(at_desk(desk.duty, "articles_article_ready", article.pk))
    approved(at_desk(desk.editor, "articles_article_ready", article.pk))
    page = at_desk(desk.duty, "articles_article_ready", article.pk)
    published(page)
    page.goto(live_server.url + article.get_absolute_url())
    assert page.locator("h1").inner_text() == "It rained when the treaty was signed"
    assert "The treaty was signed [1, 2]." in page.locator(".body").inner_text()
    assert "It rained all day [3]." in page.locator(".body").inner_text()


def written(page, desk) -> Article:
    """The text with its marks, what headline and standfirst rest on, and the byline."""
    keys = page.keyboard
    page.locator(".tiptap").wait_for()
    past_the_sidebar(page)
    if page.evaluate("document.activeElement.id") != "id_headline":
        tab_to(page, "#id_headline")
    keys.type("It rained when the treaty was signed")
    tab_to(page, "#id_standfirst")
    keys.type("A wet day in London")
    tab_to(page, ".tiptap")
    keys.type("The treaty was signed.")
    keys.press("Enter")
    keys.type("It rained all day.")

    # The first sentence says what a claim says already.
    keys.press("Control+Home")
    keys.press("Shift+End")
    keys.press("Control+Alt+c")
    dialog = page.get_by_role("dialog", name="A claim")
    dialog.get_by_role("option", name="nearly the same").wait_for()
    keys.press("ArrowDown")
    keys.press("Enter")
    dialog.wait_for(state="detached")
    let_in(page)

    # The second rests on nothing yet: a source is cited for it.
    keys.press("Control+End")
    keys.press("Shift+Home")
    keys.press("Control+Alt+s")
    dialog = page.get_by_role("dialog", name="Cite a source")
    dialog.wait_for()
    keys.type("weather gazette")
    dialog.locator("[role=listbox]:not([aria-busy])").get_by_role(
        "option", name="The weather gazette"
    ).first.wait_for()
    keys.press("ArrowDown")
    keys.press("Enter")
    if dialog.is_visible():
        take(page, "dialog [type=submit]")
    dialog.wait_for(state="detached")
    let_in(page)

    saved(page)
    for text, sentence in (("headline", 1), ("standfirst", 2)):
        take(page, f"details:has(#id_{text}_rests_on) > summary")
        for _ in range(sentence):
            tab_to(page, f"#id_{text}_rests_on input")
        keys.press("Space")
    take(page, "#byline_set-group a.add-row")
    take(page, "#byline_set-group .select2-selection", key="Shift+Tab")
    keys.type("Rita")
    page.locator(".select2-results__option", has_text="Rita Reporter").wait_for()
    keys.press("Enter")
    saved(page)
    article = Article.objects.latest("pk")
    first, second = open_dossier(article).segments
    assert (first.claim, second.citations[0].source.title) == (desk.claim, "The weather gazette")
    assert (article.headline_rests_on, article.standfirst_rests_on) == ([first.key], [second.key])
    assert article.bylines.get() == Person.objects.get(user=desk.reporter)
    return article


def saved(page) -> None:
    with next_page(page):
        take(page, "[name=_continue]")
    page.get_by_text("was added successfully").or_(
        page.get_by_text("was changed successfully")
    ).first.wait_for()
    page.locator(".tiptap").wait_for()


def passage_chosen(page, article) -> None:
    """From the panel beside the text to the words in the source that bear it out."""
    page.locator("[data-part=statement] .desk-tag").first.wait_for()
    past_the_sidebar(page)
    tab_to(page, ".tiptap")
    let_in(page)
    page.keyboard.press("Control+End")
    link = page.locator("#desk-beside .desk-choose-link")
    expect(link).to_have_count(1)
    page.keyboard.press("Control+Alt+b")
    with page.expect_popup() as opened:
        take(page, "#desk-beside .desk-choose-link")
    page = opened.value
    page.locator("#reader[contenteditable=true]").wait_for()
    past_the_sidebar(page)
    tab_to(page, "#reader")
    page.keyboard.press("Control+Home")
    page.keyboard.press("Shift+End")
    page.get_by_text("words selected").wait_for()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.get_by_text("The passage is chosen.").wait_for()
    assert Citation.objects.get(source__title="The weather gazette").exact == "In London it rained all day."


def submitted(page) -> None:
    past_the_sidebar(page)
    take(page, "[data-act=submit] button", most=90)
    page.get_by_text("Submitted for checking.").wait_for()


def checked(page) -> None:
    for done in (1, 2):
        page.keyboard.press("s")
        page.get_by_text(f"{done} of 2 statements").wait_for()


def scheduled(page, moment) -> None:
    past_the_sidebar(page)
    take(page, "details:has([data-act=publish]) > summary")
    tab_to(page, "[data-act=publish] [name=at]")
    typed(page, moment)
    assert "Times are those of Europe/London." in page.locator("[data-act=publish]").inner_text()
    take(page, "[data-act=publish] button")
    page.get_by_text("Edition 1 waits: it shows from").wait_for()


def approved(page) -> None:
    past_the_sidebar(page)
    take(page, "[data-act=approve] button")
    page.get_by_text("Approved as it stands.").wait_for()


def put_on_hold(page) -> None:
    past_the_sidebar(page)
    take(page, "details:has([data-act=cancel]) > summary")
    take(page, "[data-act=cancel] button")
    page.get_by_text("It is on hold").wait_for()


def published(page) -> None:
    past_the_sidebar(page)
    take(page, "details:has([data-act=publish]) > summary")
    take(page, "[data-act=publish] button")
    page.get_by_text("Published.").wait_for()


def typed(page, moment) -> None:
    """The parts of a moment, as the browser's own field takes them: month, day, year, hour, minute, half of day."""
    page.keyboard.type(f"{moment:%m%d%Y}")
    page.keyboard.press("Tab")
    page.keyboard.type("0930AM")
