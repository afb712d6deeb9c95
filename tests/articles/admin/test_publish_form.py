"""The form "Publish": its kinds follow what readers know, its note is drafted from what has changed."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from articles import corrections
from articles.models import Edition
from tests.articles.admin.pages import done, page_of, press, refusals_on, signed_in
from tests.making import Desk

pytestmark = pytest.mark.django_db

NEXT = ["update", "minor", "correction", "clarification"]


@pytest.fixture
def desk():
    return Desk(now=timezone.now())


@pytest.fixture
def duty(desk):
    return signed_in(desk.duty)


def kinds(html) -> list[str]:
    chosen = re.search(r'<select name="kind"[^>]*>(.*?)</select>', html, re.DOTALL)[1]
    return re.findall(r'value="(\w*)"', chosen)


def drafted(html) -> str:
    return unescape(re.search(r'<textarea name="note"[^>]*>(.*?)</textarea>', html, re.DOTALL)[1]).strip()


def corrected(desk):
    """The desk with an approved draft that differs from the edition that shows."""
    desk.publish()
    desk.save(body=desk.body(signed="Three states signed a treaty on 27 May 2026"))
    desk.check_all()
    desk.approve()
    return desk


def test_before_the_first_edition_only_that_is_offered(desk, duty):
    desk.check_all()
    desk.approve()
    assert kinds(page_of(duty, desk.article, "ready")) == ["first"]


def test_for_a_next_edition_a_person_says_of_which_kind_it_is(desk, duty):
    assert kinds(page_of(duty, corrected(desk).article, "ready")) == ["", *NEXT]
    answer = press(duty, desk.article, "ready", "publish", kind="", note="", at="")
    assert refusals_on(answer.content.decode()) == {"required"}
    assert Edition.objects.count() == 1


GONE = {
    "retract": {"note": "All of it was wrong."},
    "unpublish": {"reason": "Asked to"},
    "take_down": {"reason": "An injunction"},
}


@pytest.mark.parametrize("act", sorted(GONE))
def test_what_readers_can_no_longer_read_is_only_reinstated(desk, duty, act):
    corrected(desk)
    getattr(corrections, act)(desk.article, by=desk.duty, now=timezone.now(), **GONE[act])
    html = page_of(duty, desk.article, "ready")
    assert kinds(html) == ["reinstatement"]
    assert drafted(html) == ""
    assert "What has changed" not in html
    refused = press(duty, desk.article, "ready", "publish", kind="update", note="x", at="")
    assert refusals_on(refused.content.decode()) == {"invalid_choice"}
    assert done(press(duty, desk.article, "ready", "publish", kind="reinstatement", note="It holds.", at=""))


def test_what_has_changed_stands_beside_the_form_and_the_note_is_drafted_from_it(desk, duty):
    html = page_of(duty, corrected(desk).article, "ready")
    assert "<del>Two states signed a treaty on 27 May 2026</del>" in html
    assert "<ins>Three states signed a treaty on 27 May 2026</ins>" in html
    assert drafted(html) == (
        "An earlier version said: “Two states signed a treaty on 27 May 2026”. "
        "It should have said: “Three states signed a treaty on 27 May 2026”."
    )


def test_the_note_is_drafted_in_the_language_of_the_article(desk, duty):
    desk.publish()
    desk.save(body=desk.body(signed="Three states signed a treaty on 27 May 2026"), language="pl")
    desk.check_all()
    desk.approve()
    note = drafted(page_of(duty, desk.article, "ready"))
    assert "Three states" in note
    assert "An earlier version" not in note


def test_what_the_person_wrote_into_the_note_stays_when_it_is_refused(desk, duty):
    answer = press(
        duty,
        corrected(desk).article,
        "ready",
        "publish",
        kind="correction",
        note="Mine.",
        at="2001-01-01T10:00",
    )
    html = answer.content.decode()
    assert refusals_on(html) == {"moment_passed"}
    assert drafted(html) == "Mine."
    assert "What has changed" in html


def test_an_edition_waits_under_embargo_until_its_moment(desk, duty):
    corrected(desk)
    without = press(duty, desk.article, "ready", "publish", kind="update", note="", at="", embargoed="on")
    assert refusals_on(without.content.decode()) == {"embargo_without_moment"}
    # At noon: no clock is put forward or back then.
    noon = (desk.now + timedelta(days=3)).replace(hour=12)
    at = timezone.localtime(noon, timezone.get_default_timezone())
    answer = press(
        duty,
        desk.article,
        "ready",
        "publish",
        kind="update",
        note="",
        at=f"{at:%Y-%m-%dT%H:%M}",
        embargoed="on",
    )
    assert done(answer)
    assert Edition.objects.latest("number").release.embargoed


@pytest.mark.parametrize(
    ("moment", "code"), [("2099-03-29T01:30", "moment_skipped"), ("2099-10-25T01:30", "moment_twice")]
)
def test_a_time_that_does_not_exist_or_comes_twice_is_refused_on_the_field(desk, duty, moment, code):
    answer = press(duty, corrected(desk).article, "ready", "publish", kind="update", note="", at=moment)
    html = answer.content.decode()
    assert refusals_on(html) == {code}
    assert f'value="{moment}' in html
    assert Edition.objects.count() == 1


def test_the_newsrooms_zone_stands_beside_every_moment(desk, duty, settings):
    settings.NEWSROOM_TIME_ZONE = "Europe/Warsaw"
    html = page_of(duty, desk.article, "ready")
    assert html.count('type="datetime-local"') == html.count("Times are those of Europe/Warsaw.") > 0
