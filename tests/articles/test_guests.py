"""What somebody without an account says about a draft by its link: it reaches its sentence and whoever writes it."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from articles import sharing, trashing
from articles.models import Comment, ShareLink
from newsroom.notices.models import Notice
from tests.making import NOW, Desk

pytestmark = pytest.mark.django_db
SAID = {"name": "Olga Outside", "place": Desk.KEYS[0], "text": "Was it not the 28th?"}


@pytest.fixture
def desk():
    return Desk(slug="a-treaty")


def link_to(desk, **options):
    options = {"expires_at": NOW + timedelta(days=7), "pinned": False, "may_comment": True} | options
    return sharing.share(desk.article, by=desk.editor, now=NOW, **options)


def say(token, at=NOW, **typed):
    with time_machine.travel(at, tick=False):
        # Strict about forgery: there is no cookie that a forged form could borrow.
        return Client(enforce_csrf_checks=True).post(reverse("shared", args=[token]), SAID | typed)


def page(token, query=""):
    with time_machine.travel(NOW, tick=False):
        return Client().get(reverse("shared", args=[token]) + query)


@pytest.mark.parametrize("pinned", [False, True])
def test_it_stands_at_its_sentence_and_the_writer_is_told_by_whom(desk, pinned):
    _, token = link_to(desk, pinned=pinned)
    answer = say(token)
    assert (answer.status_code, answer["Cache-Control"], answer.cookies) == (303, "private, no-store", {})
    made = Comment.objects.get()
    assert (made.place, made.text, made.by, made.guest_name) == (
        SAID["place"],
        SAID["text"],
        None,
        SAID["name"],
    )
    notice = Notice.objects.get(to=desk.reporter, kind="comment.made")
    assert notice.facts["who"] == SAID["name"]
    assert "Your comment is with the desk." in page(token, "?said").text
    # What was said is for the desk alone.
    assert SAID["text"] not in page(token).text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": " "}, "Say who you are."),
        ({"text": ""}, "Write what you have to say."),
        ({"text": "x" * 2001}, "more than 2000 characters"),
        ({"name": "x" * 81}, "more than 80 characters"),
        ({"text": "a\x00b"}, "cannot be shown"),
        ({"place": "../etc"}, "no such place"),
    ],
)
def test_what_is_refused_is_shown_again_with_the_reason(desk, typed, said):
    _, token = link_to(desk)
    answer = say(token, **typed)
    assert answer.status_code == 400
    assert said in answer.text
    assert (SAID | typed)["text"] in answer.text or "\x00" in str(typed)
    assert not Comment.objects.exists()


def test_hostile_words_stay_words(desk):
    _, token = link_to(desk)
    answer = say(token, name="<script>alert(1)</script>", text="")
    assert "<script>alert" not in answer.text


def test_a_machine_that_fills_in_everything_is_thanked_and_not_heard(desk):
    _, token = link_to(desk)
    assert say(token, website="https://spam.example").status_code == 303
    assert not Comment.objects.exists()


def test_no_more_is_heard_within_an_hour_than_a_desk_can_read(desk, monkeypatch):
    monkeypatch.setattr(sharing, "MOST_SAID", 2)
    _, token = link_to(desk)
    assert [say(token).status_code for _ in range(3)] == [303, 303, 400]
    assert say(token, at=NOW + timedelta(hours=1, seconds=1)).status_code == 303


def test_a_link_that_is_opened_without_end_answers_that_it_is_too_much_and_opens_again_later(
    desk, monkeypatch
):
    monkeypatch.setattr(sharing, "MOST_OPENED", 2)
    _, token = link_to(desk)
    _, other = link_to(desk)
    assert [page(token).status_code for _ in range(3)] == [200, 200, 429]
    refused = page(token)
    assert (refused["Retry-After"], refused["Cache-Control"]) == ("60", "private, no-store")
    assert "opened too often" in refused.text
    # A refused comment shows the page as well.
    assert say(token, text="").status_code == 429
    assert page(other).status_code == 200
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        assert Client().get(reverse("shared", args=[token])).status_code == 200
    assert ShareLink.objects.get(uses=3).counted == 1


def closed(desk, link):
    sharing.revoke_share(link, by=desk.editor, now=NOW)


def thrown_away(desk, link):
    trashing.trash(desk.article, by=desk.editor, now=NOW, reason="Twice.")


def silent(desk, link):
    ShareLink.objects.update(may_comment=False)


@pytest.mark.parametrize("happens", [closed, thrown_away, silent])
def test_a_link_that_does_not_open_or_takes_no_comments_hears_none(desk, happens):
    link, token = link_to(desk)
    happens(desk, link)
    assert say(token).status_code == 404
    assert not Comment.objects.exists()
    assert "Tell the desk" not in page(token).text


def test_a_link_is_revoked_in_the_trash_too_and_stays_so(desk):
    link, token = link_to(desk)
    thrown_away(desk, link)
    sharing.revoke_share(link, by=desk.editor, now=NOW)
    trashing.restore_from_trash(desk.article, by=desk.editor, now=NOW)
    assert page(token).status_code == 404
