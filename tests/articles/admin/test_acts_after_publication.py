"""The acts of the page "Published": each does what it says, or says on its field why not."""

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.corrections.notices import state_of
from articles.models import Edition, FormerAddress, Removal, Seal
from tests.articles.admin.after import at, editions, page, shows
from tests.articles.admin.pages import done, press, refusals_on, signed_in
from tests.making import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk(now=timezone.now())


@pytest.fixture
def duty(desk):
    return signed_in(desk.duty)


def test_a_retraction_needs_its_note_and_may_close_the_history(desk, duty):
    at(desk, "published")
    assert refusals_on(press(duty, desk.article, "published", "retract", note=" ").content.decode()) == {
        "required"
    }
    answer = press(duty, desk.article, "published", "retract", note="Wrong.", closes_history="on")
    assert done(answer)
    assert Edition.objects.latest("number").closes_history
    assert shows(answer.content.decode())[0] == "retracted_closed"


def test_an_article_is_unpublished_for_a_reason_that_stays_at_the_desk(desk, duty):
    at(desk, "published")
    assert done(press(duty, desk.article, "published", "unpublish", reason="Asked to", note="", at=""))
    assert shows(page(duty, desk))[0] == "unpublished"


def test_an_article_may_be_unpublished_at_a_moment(desk, duty):
    at(desk, "published")
    answer = press(duty, desk.article, "published", "unpublish", reason="x", note="", at="2099-01-01T10:00")
    assert done(answer)
    assert shows(answer.content.decode()) == ("text", "scheduled")
    past = press(duty, desk.article, "published", "unpublish", reason="x", note="", at="2001-01-01T10:00")
    assert refusals_on(past.content.decode()) == {"moment_passed"}


def test_a_take_down_is_confirmed_by_somebody_else(desk, duty):
    at(desk, "published")
    answer = press(duty, desk.article, "published", "take_down", reason="An injunction")
    assert done(answer)
    html = answer.content.decode()
    assert 'data-state="unconfirmed"' in html
    assert "This was your own act: somebody else has to confirm it." in html
    assert done(press(signed_in(desk.editor), desk.article, "published", "confirm_removal"))
    assert Removal.objects.get().confirmed_by == desk.editor
    assert 'data-state="confirmed"' in page(duty, desk)


def test_sealing_asks_for_the_slug(desk):
    at(desk, "confirmed")
    other = signed_in(Desk().duty)
    wrong = press(other, desk.article, "published", "seal", legal_basis="Order 12/26", slug="another")
    assert refusals_on(wrong.content.decode()) == {"slug_differs"}
    assert "Order 12/26" in wrong.content.decode()
    assert not Seal.objects.exists()
    done_now = press(
        other, desk.article, "published", "seal", legal_basis="Order 12/26", slug=desk.article.slug
    )
    assert done(done_now)
    assert 'data-state="sealed"' in done_now.content.decode()


def test_a_waiting_edition_gets_another_moment_and_is_put_on_hold(desk, duty):
    at(desk, "scheduled")
    place = {"place": "1"}
    moved = press(duty, desk.article, "published", "reschedule", of=place, at="2099-07-01T12:00")
    assert done(moved)
    assert "It shows from 1 Jul 2099, 12:00 instead of" in moved.content.decode()
    past = press(duty, desk.article, "published", "reschedule", of=place, at="2001-07-01T12:00")
    assert refusals_on(past.content.decode()) == {"moment_passed"}
    assert done(press(duty, desk.article, "published", "cancel", of=place))
    assert editions(page(duty, desk)) == {"1": "held"}


@pytest.mark.parametrize("place", ["", "7", "x", "²", "99999999999999999999"])
def test_an_edition_that_is_not_there_does_not_wait(desk, duty, place):
    url = reverse("admin:articles_article_published", args=[at(desk, "published").article.pk])
    answer = duty.post(url, {"act": "cancel", "place": place})
    assert refusals_on(answer.content.decode()) == {"not_waiting"}


def test_the_address_is_changed_and_the_former_one_stays(desk, duty):
    was = at(desk, "published").article.slug
    for slug, code in (
        ("no slug!", "slug_invalid"),
        (was, "nothing_changed"),
        (Desk().article.slug, "slug_taken"),
    ):
        refused = press(duty, desk.article, "published", "change_address", slug=slug)
        assert refusals_on(refused.content.decode()) == {code}
    answer = press(duty, desk.article, "published", "change_address", slug="a-better-one")
    assert done(answer)
    assert desk.reload().slug == "a-better-one"
    assert FormerAddress.objects.get().slug == was
    assert f"<code>{was}</code>" in answer.content.decode()


def test_what_is_archived_leaves_the_list_unless_it_is_asked_for(desk, duty):
    here = f'href="/admin/articles/article/{desk.article.pk}/change/'
    url = reverse("admin:articles_article_changelist")

    def listed(query=""):
        return here in duty.get(url + query).content.decode()

    assert (listed(), listed("?archived=yes"), listed("?archived=all")) == (True, False, True)
    assert done(press(duty, desk.article, "published", "archive"))
    assert (listed(), listed("?archived=yes"), listed("?archived=all")) == (False, True, True)
    assert done(press(duty, desk.article, "published", "unarchive"))
    assert listed()


REFUSED = [
    "retract",
    "unpublish",
    "take_down",
    "confirm_removal",
    "change_address",
    "archive",
    "seal",
    "cancel",
]


@pytest.mark.parametrize("act", REFUSED)
def test_who_may_not_is_refused_though_no_button_was_shown(desk, act):
    at(desk, "published")
    url = reverse("admin:articles_article_published", args=[desk.article.pk])
    facts = {"note": "x", "reason": "x", "legal_basis": "x", "slug": desk.article.slug, "place": "1"}
    before = state_of(desk.article, now=timezone.now())
    answer = signed_in(desk.reporter).post(url, {"act": act} | facts)
    assert refusals_on(answer.content.decode()) == {"not_allowed"}
    assert state_of(desk.article, now=timezone.now()) == before
    outsider = Desk().duty
    outsider.groups.clear()
    assert signed_in(outsider).post(url, {"act": act} | facts).status_code == 403


def test_a_time_that_the_clock_skips_or_shows_twice_is_refused_with_why(desk, duty):
    at(desk, "published")
    for moment, code, words in (
        ("2099-03-29T01:30", "moment_skipped", "this time does not exist"),
        ("2099-10-25T01:30", "moment_twice", "this time comes twice"),
    ):
        answer = press(duty, desk.article, "published", "unpublish", reason="x", note="", at=moment)
        html = answer.content.decode()
        assert refusals_on(html) == {code}
        assert words in html.partition('id="unpublish-all-at_error"')[2].partition("</p>")[0]
