"""The board and the calendar: a card moves by an act, what refuses is said on the spot; what is planned by day."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import review
from articles.models import Claim
from tests.articles.admin.pages import html_of, signed_in
from tests.making import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk(now=timezone.now())


def move(user, article, act, *, script=True, **more):
    headers = {"Accept": "application/json"} if script else {}
    fields = {"article": article if isinstance(article, str) else article.pk, "act": act} | more
    return signed_in(user).post(reverse("admin:board"), fields, headers=headers)


def test_a_move_is_the_act_itself(desk):
    answer = move(desk.reporter, desk.article, "submit")
    assert (answer.status_code, answer.json()) == (200, {"stage": "fact_check"})
    assert move(desk.checker, desk.article, "send_to_review").json() == {"stage": "review"}
    assert move(desk.editor, desk.article, "send_back", reason="The date.").json() == {"stage": "draft"}


# (who, act, fields) on a submitted draft → the refusal's code.
REFUSALS = [
    ("checker", "submit", {}, "not_allowed"),
    ("reporter", "submit", {}, "wrong_stage"),
    ("editor", "send_back", {}, "reason_missing"),
    ("editor", "approve", {}, "read_first"),
    ("editor", "publish", {}, "wrong_stage"),
    ("editor", "none", {}, "wrong_stage"),
    ("editor", "send_back", {"reason": "x" * 3000}, "text_too_long"),
    ("editor", "send_back", {"reason": "\x00"}, "text_unreadable"),
]


@pytest.mark.parametrize(("who", "act", "fields", "code"), REFUSALS)
def test_what_refuses_says_so_and_moves_nothing(desk, who, act, fields, code):
    review.submit(desk.article, by=desk.reporter, now=desk.now)
    answer = move(getattr(desk, who), desk.article, act, **fields)
    assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert desk.reload().stage == "fact_check"


@pytest.mark.parametrize("number", ["0", "-1", "9" * 40, "x", "²"])
def test_a_number_that_no_article_has_is_refused(desk, number):
    assert move(desk.editor, number, "submit").json()["code"] == "not_found"


def test_without_a_script_the_board_comes_back_with_what_was_said(desk):
    answer = move(desk.reporter, desk.article, "submit", script=False)
    assert answer.headers["Location"] == reverse("admin:board")
    html = html_of(signed_in(desk.checker), reverse("admin:board"))
    assert f'id="card-{desk.article.pk}"' in html
    assert "Send to review" in html


def test_the_calendar_shows_what_is_planned_by_the_newsrooms_clock(desk):
    at = timezone.now().replace(hour=10, minute=30) + timedelta(days=1)
    desk.publish(at=at)
    Claim.objects.filter(pk=desk.claim.pk).update(review_by=timezone.localdate(at))
    url = reverse("admin:calendar") + f"?day={timezone.localdate(at)}"
    for view in ("month", "week"):
        html = html_of(signed_in(desk.reporter), f"{url}&view={view}")
        assert 'data-kind="scheduled"' in html
        assert 'data-kind="stale"' in html
        assert "Times are those of" in html


@pytest.mark.parametrize(
    "asked", ["?view=year", "?day=2026-02-30", "?day=x", "?day=0001-01-01", "?day=9999-12-31"]
)
def test_a_day_that_there_is_none_of_is_a_bad_request(desk, asked):
    assert signed_in(desk.reporter).get(reverse("admin:calendar") + asked).status_code == 400


@pytest.mark.parametrize("asked", ["x", "2026-01-01", "2026-01-01.x", "2026-01-01." + "9" * 30])
def test_a_place_in_the_stale_claims_that_there_is_none_of_is_a_bad_request(desk, asked):
    assert signed_in(desk.reporter).get(reverse("admin:stale") + f"?behind={asked}").status_code == 400
