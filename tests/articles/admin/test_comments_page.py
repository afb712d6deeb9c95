"""Comments on the desk's pages: beside the story, beside each statement, and on a page of their own."""

import json

import pytest
from django.urls import reverse

from articles.commenting import comment, resolve
from articles.models import Comment
from tests.articles.admin.pages import (
    done,
    html_of,
    offered_acts,
    page_of,
    press,
    press_on,
    queries,
    refusals_on,
    signed_in,
)
from tests.making import NOW, Desk, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def on(desk, **options):
    words = {"place": desk.KEYS[0], "exact": "a treaty", "prefix": "Two states signed ", "suffix": " on"}
    return comment(desk.article, **{"by": desk.editor, "now": NOW, "text": "Which one?"} | words | options)


def address(desk):
    return reverse("admin:articles_article_comments", args=[desk.article.pk])


def test_a_comment_is_made_answered_resolved_and_opened_again_without_script(desk):
    client = signed_in(desk.editor)
    assert done(press(client, desk.article, "comments", "comment", text="Which one?"))
    thread = Comment.objects.get()
    assert (thread.place, thread.exact, thread.by) == ("", "", desk.editor)
    place = str(thread.pk)
    assert done(press(client, desk.article, "comments", "reply", place=place, text="This one."))
    assert done(press(client, desk.article, "comments", "resolve", place=place))
    assert done(press(client, desk.article, "comments", "reopen", place=place))
    assert "This one." in page_of(client, desk.article, "comments")


def test_beside_a_statement_stand_its_comments_and_a_form_for_one_more(desk):
    on(desk)
    client = signed_in(desk.checker)
    assert "Which one?" in page_of(client, desk.article, "check")
    url = reverse("admin:articles_article_check", args=[desk.article.pk])
    answer = press_on(client, url, "comment", of={"place": desk.KEYS[1]}, text="Who says so?")
    assert answer.redirect_chain[-1][0].endswith(f"#s-{desk.KEYS[1]}")
    assert Comment.objects.get(text="Who says so?").place == desk.KEYS[1]
    assert "Who says so?" in page_of(client, desk.article, "check")


def test_the_part_for_the_script_is_the_panel_alone_with_what_was_said(desk):
    client = signed_in(desk.editor)
    answer = client.post(address(desk) + "?part", {"act": "comment", "text": "Hm."}, follow=True)
    html = answer.content.decode()
    assert "Your comment is there." in html
    assert "<html" not in html
    refused = client.post(address(desk) + "?part", {"act": "comment", "text": ""})
    assert refused.status_code == 200
    assert "required" in refusals_on(refused.content.decode())


def test_what_somebody_types_is_text_on_every_page(desk):
    nasty = '<img src=x onerror="alert(1)">'
    on(desk, text=nasty, exact=nasty)
    on(desk, by=None, guest_name=nasty, text="Hello.")
    client = signed_in(desk.editor)
    for name in ("change", "comments", "check"):
        assert nasty not in page_of(client, desk.article, name)


@pytest.mark.parametrize("place", ["", "0", "9" * 30, "x", "-1", "١"])
def test_a_thread_that_is_not_there_is_refused_clearly(desk, place):
    answer = signed_in(desk.editor).post(address(desk), {"act": "resolve", "place": place})
    assert answer.status_code == 200
    assert "comment_unknown" in answer.content.decode()


def test_a_thread_of_another_article_is_not_there(desk):
    other = on(Desk())
    answer = signed_in(desk.editor).post(address(desk), {"act": "resolve", "place": other.pk})
    assert "comment_unknown" in answer.content.decode()
    other.refresh_from_db()
    assert other.resolved_at is None


def test_the_panels_cost_the_same_with_one_thread_and_with_many(desk):
    client = signed_in(desk.editor)
    on(desk)
    urls = [
        reverse(f"admin:articles_article_{name}", args=[desk.article.pk])
        for name in ("change", "comments", "check")
    ]
    for url in urls:
        html_of(client, url)
    few = [queries(client, url) for url in urls]
    for _ in range(4):
        on(desk, by=make_user("editor"))
    assert [queries(client, url) for url in urls] == few


def test_a_resolved_comment_is_folded_and_offers_only_to_open_it_again(desk):
    resolve(on(desk), by=desk.editor, now=NOW)
    html = page_of(signed_in(desk.editor), desk.article, "comments")
    assert offered_acts(html) == {"comment", "reopen"}


def offered(user, asked):
    answer = signed_in(user).get(reverse("admin:articles_article_people"), {"q": asked})
    return answer.status_code, json.loads(answer.content) if answer.status_code == 200 else None


def test_the_chooser_offers_those_who_may_see_drafts_by_user_name_and_name(desk):
    desk.checker.username, desk.checker.first_name, desk.checker.last_name = "cyril", "Cyril", "Sample"
    desk.checker.save()
    boss = make_user("administrator", username="cyra")
    assert offered(desk.editor, "cyr") == (200, [{"username": "cyril", "name": "Cyril Sample"}])
    assert offered(desk.editor, "sam cy")[1] == offered(desk.editor, "cyr")[1]
    assert offered(desk.editor, "%\x00" + "x" * 500) == (200, [])
    assert offered(boss, "cyr")[0] == 403
