"""A claim or quote found wrong is recalled once; the recall lists what still shows it, and closes when nothing does."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import recalling
from articles.legal_holds import hold_legally
from articles.models import Recall, Scope
from tests.articles.admin.pages import done, html_of, offered_acts, press_on, queries, refusals_on, signed_in
from tests.making import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk(now=timezone.now())


@pytest.fixture
def editor(desk):
    return signed_in(desk.editor)


def at_claim(desk):
    return reverse("admin:articles_claim_recall", args=[desk.claim.pk])


def at_recall(recall):
    return reverse("admin:articles_recall_change", args=[recall.pk])


def recalled(desk, record=None) -> Recall:
    return recalling.recall(record or desk.claim, reason="Wrong.", by=desk.editor, now=timezone.now())


def repaired(desk):
    """The article says something else in its next edition."""
    desk.save(body=desk.body(signed="Three states signed a treaty on 27 May 2026"))
    desk.publish(kind="correction", note="There were three.", now=timezone.now())


def keys(html, name) -> list[str]:
    found = re.search(rf'data-list="{name}">(.*?)</ul>', html, re.DOTALL)
    return re.findall(r'data-key="(\w+)"', found[1])


def count(html) -> str:
    return re.search(r'data-count="(\d+)"', html)[1]


def test_the_form_of_a_claim_and_of_a_quote_leads_to_its_recall(desk, editor):
    for kind, record in (("claim", desk.claim), ("quote", desk.quote)):
        form = html_of(editor, reverse(f"admin:articles_{kind}_change", args=[record.pk]))
        assert f'href="{reverse(f"admin:articles_{kind}_recall", args=[record.pk])}"' in form
    assert 'class="desk-tabs"' not in html_of(editor, reverse("admin:articles_claim_add"))


def test_it_tells_where_a_claim_stands_before_anybody_recalls_it(desk, editor):
    html = html_of(editor, at_claim(desk))
    assert "No edition that shows or waits says it." in html
    desk.publish()
    html = html_of(editor, at_claim(desk))
    assert keys(html, "standing") == [desk.KEYS[0]]
    quote = html_of(editor, reverse("admin:articles_quote_recall", args=[desk.quote.pk]))
    assert keys(quote, "standing") == [desk.KEYS[1]]
    for page in (html, quote):
        assert reverse("admin:articles_article_evidence", args=[desk.article.pk]) in page


def test_a_recall_asks_what_is_wrong_and_leads_to_what_is_to_be_repaired(desk, editor):
    desk.publish()
    assert refusals_on(press_on(editor, at_claim(desk), "recall", reason=" ").content.decode()) == {
        "required"
    }
    answer = press_on(editor, at_claim(desk), "recall", reason="There were three states.")
    assert done(answer)
    html = answer.content.decode()
    assert answer.redirect_chain[-1][0] == at_recall(Recall.objects.get())
    assert "There were three states." in html
    assert count(html) == "1"
    assert (
        f"{reverse('admin:articles_article_evidence', args=[desk.article.pk])}?at={desk.KEYS[0]}#s-{desk.KEYS[0]}"
        in html
    )


def test_what_is_recalled_already_is_not_asked_for_again(desk, editor):
    desk.publish()
    recall = recalled(desk)
    html = html_of(editor, at_claim(desk))
    assert "recall" not in offered_acts(html)
    assert at_recall(recall) in html
    answer = editor.post(at_claim(desk), {"act": "recall", "reason": "Again"})
    assert refusals_on(answer.content.decode()) == {"recalled_already"}


def test_a_recall_stays_open_until_nothing_shows_it(desk, editor):
    desk.publish()
    recall = recalled(desk)
    assert "close_recall" not in offered_acts(html_of(editor, at_recall(recall)))
    refused = editor.post(at_recall(recall), {"act": "close_recall"})
    assert refusals_on(refused.content.decode()) == {"still_shown"}
    repaired(desk)
    html = html_of(editor, at_recall(recall))
    assert count(html) == "0"
    assert keys(html, "repaired") == [desk.KEYS[0]]
    assert done(press_on(editor, at_recall(recall), "close_recall"))
    recall.refresh_from_db()
    assert recall.closed_by == desk.editor
    assert "close_recall" not in offered_acts(html_of(editor, at_recall(recall)))
    assert at_recall(recall) in html_of(editor, at_claim(desk))


def test_of_what_was_put_on_hold_and_never_read_nothing_is_told_to_who_does_not_work_on_it(desk, editor):
    desk.publish(at=desk.now + timedelta(days=1))
    recall = recalled(desk)
    words = "Two states signed a treaty"
    assert words in html_of(editor, at_recall(recall))
    Scope.objects.create(user=desk.editor, language="pl")
    assert words not in html_of(editor, at_recall(recall))


def test_the_page_of_an_article_names_what_was_found_wrong_in_it(desk, editor):
    desk.publish()
    recall = recalled(desk, desk.quote)
    published = reverse("admin:articles_article_published", args=[desk.article.pk])
    assert f'data-recall="{recall.public_id}"' in html_of(editor, published)


def test_who_may_not_recall_sees_no_button_and_is_refused(desk):
    desk.publish()
    reporter = signed_in(desk.reporter)
    assert offered_acts(html_of(reporter, at_claim(desk))) == set()
    answer = reporter.post(at_claim(desk), {"act": "recall", "reason": "x"})
    assert refusals_on(answer.content.decode()) == {"not_allowed"}
    recall = recalled(desk)
    answer = reporter.post(at_recall(recall), {"act": "close_recall"})
    assert refusals_on(answer.content.decode()) == {"not_allowed"}
    stranger = Desk().reporter
    stranger.groups.clear()
    assert signed_in(stranger).get(at_recall(recall)).status_code == 403


def test_the_list_has_what_is_open_first_and_how_much_still_shows_it(desk, editor):
    desk.publish(now=desk.now - timedelta(minutes=1))
    open_one = recalled(desk)
    closed = recalled(desk, Desk().claim)
    recalling.close(closed, by=desk.editor, now=timezone.now())
    html = html_of(editor, reverse("admin:articles_recall_changelist"))
    assert html.index(at_recall(open_one)) < html.index(at_recall(closed))
    assert "1 (articles: 1)" in html


def test_what_is_under_legal_hold_is_seen_to_be_wherever_it_is_listed(desk, editor):
    desk.publish()
    recall = recalled(desk)
    pages = [
        at_claim(desk),
        at_recall(recall),
        reverse("admin:sources_source_cited_by", args=[desk.second.pk]),
    ]
    assert ["legal hold" in html_of(editor, page) for page in pages] == [False] * 3
    hold_legally(desk.article, reason="Lawyers.", by=desk.duty, now=timezone.now())
    assert [html_of(editor, page).count(">legal hold<") for page in pages] == [2, 1, 4]


def test_the_page_of_a_recall_costs_the_same_with_one_article_and_with_five(desk, editor):
    desk.publish()
    few = queries(editor, at_recall(recalled(desk)))
    others = [Desk(now=timezone.now()) for _ in range(5)]
    for other in others:
        other.save(body=others[0].body())
        other.publish()
    many = at_recall(recalled(others[0]))
    assert count(html_of(editor, many)) == "5"
    assert queries(editor, many) == few


def test_a_recall_that_is_not_there_is_not_found(editor):
    assert editor.get(reverse("admin:articles_recall_change", args=[123456])).status_code == 404
