"""What rests on a source is on its page, and there it is withdrawn, which recalls it, and embargoed."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Release
from sources.models import Source
from tests.articles.admin.pages import done, html_of, offered_acts, press_on, queries, refusals_on, signed_in
from tests.making import Desk, cite, make_claim, make_snapshot, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk(now=timezone.now())


@pytest.fixture
def duty(desk):
    return signed_in(desk.duty)


def at(source):
    return reverse("admin:sources_source_cited_by", args=[source.pk])


def listed(html, name) -> list[str]:
    """The statements of one list, by their keys."""
    found = re.search(rf'data-list="{name}">(.*?)</ul>', html, re.DOTALL)
    return re.findall(r'data-key="(\w+)"', found[1]) if found else []


def test_what_rests_on_it_alone_stands_apart(desk, duty):
    desk.publish()
    html = html_of(duty, at(desk.second))
    assert listed(html, "only") == [desk.KEYS[1]]
    assert listed(html, "shared") == [desk.KEYS[0]]
    assert set(listed(html, "drafts")) == set(desk.KEYS)
    assert listed(html_of(duty, at(desk.first)), "only") == []


def test_a_source_that_nothing_cites_says_so(desk, duty):
    html = html_of(duty, at(make_source(desk.reporter)))
    assert "Nothing cites this source yet." in html
    assert "No edition that shows or waits cites it." in html


def test_the_state_of_each_passage_is_told(desk, duty):
    source = make_source(desk.reporter)
    claim = make_claim(desk.reporter)
    for _ in range(3):
        cite(claim, source, by=desk.reporter)
    orphan, bare, _stands = claim.citations.all()
    type(orphan).objects.filter(pk=orphan.pk).update(exact="words that stand nowhere")
    type(bare).objects.filter(pk=bare.pk).update(exact="", prefix="", suffix="", snapshot=None, start=None)
    html = html_of(duty, at(source))
    states = dict(re.findall(r'data-citation="(\d+)" data-state="(\w+)"', html))
    assert sorted(states.values()) == ["none", "once", "orphan"]
    assert states[str(orphan.pk)] == "orphan"


def test_a_passage_gone_from_the_latest_capture_is_told(desk, duty):
    make_snapshot(desk.first, "Another text altogether.")
    Source.objects.filter(pk=desk.first.pk).update(changed_at=timezone.now())
    html = html_of(duty, at(desk.first))
    assert "gone from the latest capture" in html
    assert 'data-state="changed"' in html


def test_a_source_is_withdrawn_with_by_whom_and_why_and_reinstated(desk, duty):
    desk.publish()
    answer = press_on(duty, at(desk.second), "withdraw", withdrawn_by="publisher", reason="It was a forgery")
    assert done(answer)
    desk.second.refresh_from_db()
    assert (desk.second.withdrawn_by, desk.second.withdrawal_reason) == ("publisher", "It was a forgery")
    html = html_of(duty, at(desk.second))
    assert "It was a forgery" in html
    assert 'data-state="withdrawn"' in html
    assert "withdraw" not in offered_acts(html)
    assert done(press_on(duty, at(desk.second), "reinstate", reason="It was genuine"))
    desk.second.refresh_from_db()
    assert desk.second.withdrawn_at is None


def test_who_withdraws_a_source_is_led_to_what_is_to_be_repaired(desk, duty):
    desk.publish()
    assert "What is still to be repaired" not in html_of(duty, at(desk.second))
    press_on(duty, at(desk.second), "withdraw", withdrawn_by="publisher", reason="It was a forgery")
    recall = reverse("admin:articles_recall_change", args=[desk.second.recalls.get().pk])
    assert f'href="{recall}"' in html_of(duty, at(desk.second))
    assert set(re.findall(r'data-key="(\w+)"', html_of(duty, recall))) == set(desk.KEYS)
    press_on(duty, at(desk.second), "reinstate", reason="It was genuine")
    assert recall not in html_of(duty, at(desk.second))


def test_an_embargo_moves_what_waits_and_is_lifted_again(desk, duty):
    now = timezone.now().replace(microsecond=0)
    desk.publish(at=now + timedelta(hours=2))
    # At noon: no clock is put forward or back then.
    until = (now + timedelta(days=2)).replace(hour=12).astimezone(timezone.get_default_timezone())
    assert done(press_on(duty, at(desk.first), "embargo", until=f"{until:%Y-%m-%dT%H:%M}"))
    desk.first.refresh_from_db()
    assert desk.first.embargoed_until > now + timedelta(days=1)
    assert Release.objects.get().showing.lower == desk.first.embargoed_until
    html = html_of(duty, at(desk.first))
    assert 'data-code="embargoed"' in html
    assert done(press_on(duty, at(desk.first), "embargo", until=""))
    desk.first.refresh_from_db()
    assert desk.first.embargoed_until is None


REFUSED = [
    ({"act": "withdraw", "withdrawn_by": "nobody", "reason": "x"}, "invalid_choice"),
    ({"act": "withdraw", "withdrawn_by": "publisher", "reason": " "}, "required"),
    ({"act": "withdraw", "withdrawn_by": "publisher", "reason": "x" * 501}, "max_length"),
    ({"act": "withdraw", "withdrawn_by": "publisher", "reason": "\u202e"}, "text_unreadable"),
    ({"act": "reinstate", "reason": "x"}, "not_withdrawn"),
    ({"act": "embargo", "until": "soon"}, "invalid"),
    ({"act": "embargo", "until": "2001-01-01T10:00"}, "moment_passed"),
]


@pytest.mark.parametrize(("facts", "code"), REFUSED)
def test_what_is_refused_says_why_in_its_place(desk, duty, facts, code):
    answer = duty.post(at(desk.first), facts)
    assert answer.status_code == 200
    assert code in refusals_on(answer.content.decode())
    desk.first.refresh_from_db()
    assert (desk.first.withdrawn_at, desk.first.embargoed_until) == (None, None)


def test_withdrawing_twice_is_refused(desk, duty):
    facts = {"act": "withdraw", "withdrawn_by": "newsroom", "reason": "x"}
    assert done(duty.post(at(desk.first), facts, follow=True))
    assert refusals_on(duty.post(at(desk.first), facts).content.decode()) == {"withdrawn_already"}


def test_who_may_not_is_not_asked_and_is_refused(desk):
    reporter = signed_in(desk.reporter)
    assert offered_acts(html_of(reporter, at(desk.first))) == set()
    for act in ("withdraw", "embargo"):
        answer = reporter.post(at(desk.first), {"act": act, "withdrawn_by": "newsroom", "reason": "x"})
        assert refusals_on(answer.content.decode()) == {"not_allowed"}, act


def test_the_page_costs_the_same_with_few_citations_and_with_many(desk, duty):
    html_of(duty, at(desk.second))
    few = queries(duty, at(desk.second))
    for number in range(12):
        make_claim(desk.reporter, desk.second, label=f"Claim {number}")
    html_of(duty, at(desk.second))  # The texts are at hand from now on, as those above were.
    assert queries(duty, at(desk.second)) == few


def test_many_citations_come_in_pages(desk, duty):
    claim = make_claim(desk.reporter)
    for _ in range(55):
        cite(claim, desk.first, by=desk.reporter, archived=False)
    html = html_of(duty, at(desk.first))
    assert len(re.findall(r"data-citation=", html)) == 50
    assert "?page=2" in html
    assert len(re.findall(r"data-citation=", html_of(duty, f"{at(desk.first)}?page=2"))) == 6
    html_of(duty, f"{at(desk.first)}?page=99999999")
