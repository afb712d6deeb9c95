"""After publication, in a real browser: correct, retract, reinstate, take down, and confirm as a second person."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles import corrections, recalling
from articles.models import Correction, Removal
from articles.receipts import told
from tests.browser.by_keys import next_page
from tests.browser.looking import faults
from tests.making import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WRONG, RIGHT = "Two states signed a treaty on 27 May 2026", "Three states signed a treaty on 27 May 2026"


@pytest.fixture
def desk():
    return Desk(now=timezone.now())


def status(desk) -> int:
    """What a reader gets at the article's address."""
    return Client().get(desk.reload().get_absolute_url()).status_code


def unfold(page, label: str):
    """Open the act of this name; returns its form."""
    page.locator("summary", has_text=label).first.click()
    return page.locator("details[open] form.desk-act").last


def send(form, button: str) -> None:
    with next_page(form.page):
        form.get_by_role("button", name=button, exact=True).click()


def approved_again(desk) -> None:
    """The draft checked and approved, as people do between two editions."""
    desk.now = timezone.now()
    desk.check_all()
    desk.approve()


def test_correct_retract_reinstate_and_take_down_with_a_second_person(at_desk, desk):
    desk.publish()
    desk.save(body=desk.body(signed=RIGHT))
    approved_again(desk)

    page = at_desk(desk.duty, "articles_article_ready", desk.article.pk)
    form = unfold(page, "Publish")
    assert page.locator(".desk-differences del").inner_text() == WRONG
    assert page.locator(".desk-differences ins").inner_text() == RIGHT
    note = form.get_by_label("Note to readers")
    assert note.input_value() == f"An earlier version said: “{WRONG}”. It should have said: “{RIGHT}”."
    note.press("Control+End")
    note.press_sequentially(" We are sorry.")
    form.get_by_label("Kind").select_option("correction")
    send(form, "Publish")
    page.get_by_text("Published.").wait_for()
    correction = told(Correction.objects.get())
    assert correction.note.endswith("We are sorry.")
    assert [(row["was"], row["is"]) for row in correction.statements] == [(WRONG, RIGHT)]
    assert status(desk) == 200

    page = at_desk(desk.duty, "articles_article_published", desk.article.pk)
    page.locator("#edition-2 summary").first.click()
    page.locator("#edition-2").get_by_text("We are sorry.").wait_for()
    form = unfold(page, "Retract")
    form.get_by_label("Note to readers").fill("No treaty was signed.")
    send(form, "Retract")
    page.get_by_text("The article is retracted.").wait_for()
    page.locator('[data-shows="retracted"]').wait_for()
    assert status(desk) == 410

    approved_again(desk)
    page = at_desk(desk.duty, "articles_article_ready", desk.article.pk)
    form = unfold(page, "Publish")
    assert form.get_by_label("Kind").locator("option").all_inner_texts() == ["reinstatement"]
    form.get_by_label("Note to readers").fill("It was signed after all.")
    send(form, "Publish")
    page.get_by_text("Published.").wait_for()
    assert status(desk) == 200

    page = at_desk(desk.duty, "articles_article_published", desk.article.pk)
    form = unfold(page, "Take down")
    form.get_by_label("Reason").fill("An injunction")
    send(form, "Take down")
    page.get_by_text("This was your own act: somebody else has to confirm it.").wait_for()
    assert page.get_by_role("button", name="Confirm that it stays away").count() == 0
    assert status(desk) == 410

    page = at_desk(desk.editor, "index")
    page.locator("[data-list=removals] a").first.click()
    page.get_by_role("button", name="Confirm that it stays away").click()
    page.get_by_text("You have confirmed it.").wait_for()
    assert Removal.objects.first().confirmed_by == desk.editor


def test_the_pages_are_accessible_in_both_colour_schemes(at_desk, desk, page):
    desk.publish()
    desk.save(body=desk.body(signed=RIGHT), headline="A treaty was signed")
    approved_again(desk)

    def looked_at(*where):
        at_desk(desk.duty, *where)
        assert faults(page, within=".desk") == [], where

    looked_at("articles_article_ready", desk.article.pk)
    desk.publish(kind="correction", note="There were three.")
    desk.save(headline="A treaty was signed at last")
    desk.publish(at=desk.now + timedelta(days=2), embargoed=True)
    looked_at("articles_article_published", desk.article.pk)
    recall = recalling.recall(desk.claim, reason="There were four.", by=desk.editor, now=timezone.now())
    looked_at("articles_recall_change", recall.pk)
    looked_at("articles_claim_recall", desk.claim.pk)
    corrections.take_down(desk.article, by=desk.duty, now=timezone.now(), reason="An injunction")
    looked_at("index")
    looked_at("articles_article_published", desk.article.pk)
