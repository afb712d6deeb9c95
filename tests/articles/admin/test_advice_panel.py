"""Advice beside the story, for the text as it stands in the editor, and what people answer to it."""

import json

import pytest
from django.urls import reverse

from articles.advising import advice_on, answer_advice
from articles.models import AdviceAnswer
from articles.models.section import Scope
from newsroom.accounts.models import User
from newsroom.core.errors import DomainError
from tests.articles.admin.pages import done, page_of, press, signed_in
from tests.making import NOW, Desk, make_user

pytestmark = pytest.mark.django_db

OPINION = "<p>It was a historic day.</p>"


@pytest.fixture
def desk():
    desk = Desk()
    desk.save(body=desk.body() + OPINION)
    return desk


def codes(article):
    return [given.advice.code for given in advice_on(article) if not given.answer]


def ask(client, article, **told):
    url = reverse("admin:articles_article_advice", args=[article.pk])
    return client.post(url, json.dumps(told), content_type="application/json")


def test_advice_is_answered_with_a_reason_and_comes_back_when_the_words_change(desk):
    (given,) = [given for given in advice_on(desk.article) if given.advice.code == "opinion"]
    client = signed_in(desk.reporter)
    assert done(
        press(client, desk.article, "ready", "answer_advice", place=given.digest, reason="The court's word.")
    )
    assert "opinion" not in codes(desk.article)
    assert "The court&#x27;s word." in page_of(client, desk.article, "ready")
    desk.save(body=desk.body() + OPINION.replace("day", "night"))
    assert "opinion" in codes(desk.reload())
    desk.save(body=desk.body() + OPINION)
    assert "opinion" not in codes(desk.reload())


def test_it_answers_for_the_text_in_the_editor_and_keeps_nothing_of_it(desk):
    client = signed_in(desk.reporter)
    answer = ask(
        client, desk.article, headline="19 states", body="<p>A shocking IMO plan.</p>", language="en"
    )
    html = answer.json()["html"]
    assert all(f'data-code="{code}"' in html for code in ("opinion", "unexplained", "number_not_in_body"))
    assert "historic" not in html
    body = desk.article.body
    assert (desk.reload().body, desk.article.headline) == (body, "A treaty is signed")


def test_an_answer_from_the_editor_keeps_the_unsaved_text(desk):
    (given,) = [given for given in advice_on(desk.article) if given.advice.code == "opinion"]
    told = {"headline": "19 states", "body": OPINION, "language": "en"}
    told |= {"act": "answer_advice", "code": "opinion", "place": given.digest}
    client = signed_in(desk.reporter)
    assert 'data-code="required"' in ask(client, desk.article, **told, reason="").json()["html"]
    html = ask(client, desk.article, **told, reason="Her word.").json()["html"]
    assert "Her word." in html
    assert 'data-code="number_not_in_body"' in html


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"reason": " "}, "reason_missing"),
        ({"reason": "x" * 301}, "text_too_long"),
        ({"digest": "x"}, "advice_unknown"),
        ({"code": "eaten"}, "advice_unknown"),
        ({"by": "checker"}, "not_allowed"),
    ],
)
def test_what_is_no_answer_is_refused(desk, change, code):
    asked = {"code": "opinion", "digest": "a" * 64, "reason": "So.", "by": "reporter"} | change
    with pytest.raises(DomainError) as refused:
        answer_advice(desk.article, **asked | {"by": getattr(desk, asked["by"])}, now=NOW)
    assert refused.value.code == code
    assert not AdviceAnswer.objects.exists()


def test_advice_never_blocks(desk):
    desk.waive_all()
    desk.check_all()
    assert "opinion" in codes(desk.article)
    desk.approve()
    desk.waive_all()
    assert desk.publish().number == 1


def test_a_draft_out_of_sight_is_not_there(desk):
    Scope.objects.create(user=desk.checker, language="pl")
    outside = User.objects.get(pk=desk.checker.pk)
    assert ask(signed_in(outside), desk.article, body="").status_code == 404
    assert ask(signed_in(make_user("administrator")), desk.article, body="").status_code == 403
    assert ask(signed_in(desk.reporter), desk.article, body="x" * 400_001).status_code == 413


def test_what_the_writer_typed_is_text(desk):
    answer = ask(
        signed_in(desk.reporter), desk.article, body="<p>A historic &lt;script&gt;x&lt;/script&gt;.</p>"
    )
    assert "<script>x" not in answer.json()["html"]
