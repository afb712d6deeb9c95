"""A flash goes from an empty form to readers by two people, and what was not checked says so."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from articles import flashing, review
from articles.models import Article, Edition, Statement
from newsroom.accounts.models import Person
from newsroom.core.errors import DomainError
from tests.articles.admin.pages import (
    done,
    html_of,
    offered_acts,
    page_of,
    press,
    press_on,
    refusals_on,
    signed_in,
)
from tests.making import NOW, draft_digest, make_user

pytestmark = pytest.mark.django_db

SENTENCE = "The Border Treaty is signed in Aachen"


@pytest.fixture
def reporter():
    user = make_user("reporter")
    Person.objects.create(name="Rita Reporter", slug="rita", user=user)
    return user


def begin(user, sentence=SENTENCE, **typed):
    return press_on(
        signed_in(user), reverse("admin:flash"), "flash", sentence=sentence, language="en", **typed
    )


@pytest.mark.parametrize("source", ["", "https://press.example/treaty"])
def test_two_people_bring_one_sentence_to_readers(reporter, source):
    begin(reporter, source=source)
    article = Article.objects.get()
    assert (article.stage, article.headline, article.is_flash) == ("fact_check", SENTENCE, True)
    second = make_user("editor", "duty_editor")
    desk = html_of(signed_in(second), reverse("admin:index"))
    assert desk.index('data-list="flashes"') == desk.index("data-list=")
    html = page_of(signed_in(second), article, "flash")
    deadline = "2099-01-01T12:00"
    answer = press(signed_in(second), article, "flash", "let_out", reason="Breaking.", repair_by=deadline)
    assert offered_acts(html) == {"let_out"}
    assert answer.redirect_chain[0][0] == reverse("admin:articles_article_published", args=[article.pk])
    assert Edition.objects.get().published_by == second
    page = Client().get(article.get_absolute_url()).content.decode()
    assert SENTENCE in page
    assert "not yet checked" in page
    assert Statement.objects.get().wording == SENTENCE
    assert not Article.objects.get().is_flash
    assert 'data-list="repair"' not in html_of(signed_in(second), reverse("admin:index"))


def test_nobody_lets_out_their_own_flash():
    alone = make_user("reporter", "editor", "duty_editor")
    article = flashing.begin_flash(SENTENCE, language="en", by=alone, now=NOW)
    html = page_of(signed_in(alone), article, "flash")
    assert offered_acts(html) == set()
    assert "own article" in html
    with pytest.raises(DomainError) as refused:
        flashing.let_out(article, digest="", reason="Breaking.", repair_by=NOW, by=alone, now=NOW)
    assert refused.value.code == "own_article"
    assert not Edition.objects.exists()


def test_what_is_let_out_is_a_flash_and_what_was_read(reporter):
    article = flashing.begin_flash(SENTENCE, language="en", by=reporter, now=NOW)
    second = make_user("editor", "duty_editor")
    review.approve(article, digest=draft_digest(article), by=second, now=NOW)
    given = {"reason": "Breaking.", "repair_by": NOW + timedelta(hours=1), "by": second, "now": NOW}
    with pytest.raises(DomainError) as refused:
        flashing.let_out(article, digest="another", **given)
    assert refused.value.code == "draft_changed"
    Article.objects.update(is_flash=False)
    with pytest.raises(DomainError) as refused:
        flashing.let_out(article, digest=draft_digest(article), **given)
    assert refused.value.code == "no_flash"
    assert offered_acts(page_of(signed_in(second), article, "flash")) == set()


def test_who_does_half_of_it_does_it_there_one_after_the_other(reporter):
    article = flashing.begin_flash(SENTENCE, language="en", by=reporter, now=NOW)
    editor, duty = (signed_in(make_user(role)) for role in ("editor", "duty_editor"))
    html = page_of(duty, article, "flash")
    assert offered_acts(html) == set()
    assert "can do so in two steps" in html
    assert offered_acts(page_of(editor, article, "flash")) == {"approve"}
    answer = press(editor, article, "flash", "approve")
    assert answer.redirect_chain[0][0] == reverse("admin:articles_article_flash", args=[article.pk])
    assert offered_acts(answer.content.decode()) == set()
    assert done(press(duty, article, "flash", "let_out", reason="Breaking.", repair_by="2099-01-01T12:00"))
    assert Edition.objects.get().article == article


@pytest.mark.parametrize(
    ("sentence", "code"),
    [("", "sentence_missing"), ("  . ", "sentence_missing"), ("One came. Two went.", "not_one_sentence")],
)
def test_a_flash_is_one_sentence(reporter, sentence, code):
    with pytest.raises(DomainError) as refused:
        flashing.begin_flash(sentence, language="en", by=reporter, now=NOW)
    assert refused.value.code == code
    assert not Article.objects.exists()


def test_a_refused_flash_comes_back_with_what_was_typed(reporter):
    answer = begin(reporter, "One came. Two went.")
    html = answer.content.decode()
    assert refusals_on(html) == {"not_one_sentence"}
    assert "One came. Two went." in html


def test_a_flash_with_markup_in_it_is_text(reporter):
    article = flashing.begin_flash("<b>A & “B”</b> is signed", language="en", by=reporter, now=NOW)
    assert "&lt;b&gt;A &amp; “B”&lt;/b&gt;" in article.body
