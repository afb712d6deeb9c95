"""Deliveries are made from the change feed: once, in full, and of nothing that a partner may not read."""

import json

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from articles import addresses, corrections
from articles.models import Change, Edition, Section, Treaty
from articles.publishing import announce_due
from articles.rules.wanted import ALWAYS, wanted
from articles.withdrawing import withdraw_source
from newsroom.partners import webhooks
from newsroom.partners.catching_up import board
from newsroom.partners.confirming import confirm
from newsroom.partners.models import Delivery
from newsroom.partners.noting import note_fetch
from newsroom.partners.opening import tell_of_openings
from newsroom.partners.webhooks import fanning_out
from newsroom.partners.webhooks.fanning_out import LOST_AFTER, make_deliveries, queue_lost
from tests.making import NOW, Desk
from tests.newsroom.partners.making import DAY, make_endpoint, make_partner, send

pytestmark = pytest.mark.django_db


def told(endpoint) -> list[str]:
    """The kinds it was told of, in the order of the feed."""
    bodies = endpoint.deliveries.order_by("change").values_list("body", flat=True)
    return [json.loads(body)["data"]["kind"] for body in bodies]


def jobs(task: str) -> list[ProcrastinateJob]:
    return list(ProcrastinateJob.objects.filter(task_name=f"newsroom.partners.tasks.{task}").order_by("id"))


@pytest.fixture
def desk():
    desk = Desk()
    desk.save(section=Section.objects.create(slug="defence", name="Defence"))
    return desk


def test_each_endpoint_is_told_once_what_it_wants_and_may_know_and_of_nothing_before_it_was_added(desk):
    Desk().publish()
    everything, _ = make_endpoint(make_partner(), now=NOW)
    updates, _ = make_endpoint(make_partner(), now=NOW, wanted=wanted(kinds=["update"]))
    source, _ = make_endpoint(make_partner(), now=NOW, wanted=wanted(source=desk.first.public_id))
    other, _ = make_endpoint(make_partner(languages=["pl"]), now=NOW)
    paused, _ = make_endpoint(make_partner(), now=NOW)
    webhooks.pause(paused, by=None, now=NOW)
    desk.publish()
    desk.save(headline="A treaty was signed on 27 May 2026")
    desk.publish(kind="correction", note="It was signed.")
    addresses.change_address(desk.reload(), slug="the-treaty", by=desk.duty, now=NOW)
    withdraw_source(desk.first, by=desk.duty, now=NOW, withdrawn_by="publisher", reason="Forged.")
    corrections.take_down(desk.reload(), by=desk.duty, now=NOW, reason="An order.")
    assert make_deliveries(now=NOW) == 5 + 2 + 3
    assert make_deliveries(now=NOW) == 0
    assert told(everything) == ["first", "correction", "moved", "source_withdrawn", "take_down"]
    assert told(updates) == ["correction", "take_down"]
    # Neither headline nor address is a sentence that cites it.
    assert told(source) == ["first", "source_withdrawn", "take_down"]
    assert told(other) == told(paused) == []
    webhooks.resume(paused, by=None, now=NOW)
    make_deliveries(now=NOW)
    assert told(paused) == told(everything)
    for body in Delivery.objects.values_list("body", flat=True):
        assert "order" not in body
        assert "the-treaty" not in body


def test_what_an_endpoint_is_to_be_told_of_is_named_by_id_or_slug_as_in_lists(desk):
    treaty = Treaty.objects.create(slug="warsaw", title="Treaty of Warsaw", parties=["Poland", "France"])
    desk.save(treaties=[treaty])
    records = {"treaty": treaty, "section": Section.objects.get(), "speaker": desk.speaker}
    hooks = {
        (name, named): make_endpoint(make_partner(), now=NOW, wanted=wanted(**{name: named}))[0]
        for name, record in records.items()
        for named in (record.public_id, record.slug)
    }
    Desk().publish()
    desk.publish()
    make_deliveries(now=NOW)
    for how, hook in hooks.items():
        assert told(hook) == ["first"], how


def test_what_takes_something_away_overtakes_everything_and_cannot_be_switched_off(desk):
    assert {"correction", "clarification", "retraction", "unpublication", "take_down"} == ALWAYS
    make_endpoint(make_partner(), now=NOW, wanted=wanted(kinds=["first"]))
    desk.publish()
    corrections.retract(desk.reload(), by=desk.duty, now=NOW, note="Made up.")
    make_deliveries(now=NOW)
    sent = {job.args["delivery"]: job for job in jobs("send_delivery")}
    published, retracted = Delivery.objects.order_by("change")
    assert (published.type, retracted.type) == ("article.published", "article.retracted")
    assert (sent[published.pk].priority, sent[retracted.pk].priority) == (0, 100)
    assert sent[published.pk].lock.startswith("webhooks in lane")
    assert sent[retracted.pk].lock is None
    fan_outs = jobs("make_deliveries")
    assert len(fan_outs) == Change.objects.count() == 2
    assert {job.priority for job in fan_outs} == {100}


def test_what_one_act_enters_is_told_by_one_job_however_much_it_is():
    make_partner(delay=DAY)
    tell_of_openings(now=NOW)
    for _ in range(3):
        Desk().publish(at=NOW + DAY / 4)
    assert announce_due(now=NOW + DAY / 2) == 3
    assert len(jobs("make_deliveries")) == 1
    assert tell_of_openings(now=NOW + 2 * DAY) == 3
    assert len(jobs("make_deliveries")) == 2
    told = Change.objects.order_by("number").values_list("number", "kind")
    assert list(told) == [*((n, "first") for n in (1, 2, 3)), *((n, "opened") for n in (4, 5, 6))]


def test_more_than_a_page_is_told_in_as_many_jobs_as_it_takes(monkeypatch):
    monkeypatch.setattr(fanning_out, "PAGE", 1)
    monkeypatch.setattr(fanning_out, "PAGES", 2)
    endpoint, _ = make_endpoint(make_partner(), now=NOW)
    for _ in range(3):
        Desk().publish()
    before = len(jobs("make_deliveries"))
    assert make_deliveries(now=NOW) == 2
    assert len(jobs("make_deliveries")) == before + 1
    assert make_deliveries(now=NOW) == 1
    endpoint.refresh_from_db()
    assert endpoint.reached == 3


def test_a_job_that_looked_at_the_clock_before_the_entry_was_made_passes_over_nothing(desk):
    """Of a partner who may not read everything, editions are asked for by the clock."""
    cut, _ = make_endpoint(make_partner(sections=["defence"]), now=NOW)
    follows, _ = make_endpoint(make_partner(), now=NOW, wanted=wanted(source=desk.first.public_id))
    desk.publish(now=NOW + DAY)
    addresses.change_address(desk.reload(), slug="the-treaty", by=desk.duty, now=NOW + DAY)
    make_deliveries(now=NOW)
    assert told(cut) == ["first", "moved"]
    assert told(follows) == ["first"]


def test_what_a_partner_has_a_copy_of_is_set_right_for_it_though_its_products_open_it_no_more(desk):
    """Thinly: of what was set right, and by which receipt, it may read nothing."""
    desk.publish()
    partners = {name: make_partner(sections=["defence"]) for name in ("fetched", "confirmed", "neither")}
    hooks = {name: make_endpoint(partner, now=NOW)[0] for name, partner in partners.items()}
    first = Edition.objects.get()
    note_fetch(partners["fetched"], [first.pk], now=NOW)
    by = partners["confirmed"].entitlement
    confirm(partners["confirmed"], {"article": desk.article.public_id, "edition": 1}, by=by, now=NOW)
    desk.save(headline="A treaty was signed on 27 May 2026")
    desk.publish(kind="correction", note="It was signed.")
    make_deliveries(now=NOW)
    for partner in partners.values():
        partner.products.get().sections.set([Section.objects.get_or_create(slug="sport", name="Sport")[0]])
    addresses.change_address(desk.reload(), slug="the-treaty", by=desk.duty, now=NOW)
    corrections.retract(desk.reload(), by=desk.duty, now=NOW, note="Made up.")
    make_deliveries(now=NOW)
    waited = {name: send(hook.deliveries.order_by("change").first(), now=NOW) for name, hook in hooks.items()}
    states = {name: delivery.state for name, delivery in waited.items()}
    assert states == {"fetched": "waiting", "confirmed": "waiting", "neither": "dropped"}
    for name, expected in [("fetched", True), ("confirmed", True), ("neither", False)]:
        assert told(hooks[name]) == ["correction", "retraction"][: 1 + expected]
    data = json.loads(hooks["fetched"].deliveries.order_by("change").last().body)["data"]
    assert data.keys() == {"id", "version", "href", "change", "kind", "article", "edition", "digest"}
    assert [{line.partner for line in row.behind} for row in board(now=NOW + DAY)] == [
        {partners["fetched"], partners["confirmed"]}
    ] * 2


def test_what_a_worker_lost_is_queued_again(desk):
    endpoint, _ = make_endpoint(make_partner(), now=NOW)
    desk.publish()
    make_deliveries(now=NOW)
    ProcrastinateJob.objects.all().delete()
    assert queue_lost(now=NOW + LOST_AFTER) == 0
    late = NOW + LOST_AFTER * 1.1
    assert [queue_lost(now=late) for _ in range(2)] == [1, 0]
    assert [job.args["delivery"] for job in jobs("send_delivery")] == [endpoint.deliveries.get().pk]
    Desk().publish()
    ProcrastinateJob.objects.all().delete()
    queue_lost(now=late)
    assert len(jobs("make_deliveries")) == 1


def test_partners_who_read_with_a_delay_are_told_when_it_is_over_and_of_what_came_later_at_once(desk):
    delayed, _ = make_endpoint(make_partner(sections=["defence"], delay=DAY), now=NOW)
    at_once, _ = make_endpoint(make_partner(), now=NOW)
    Desk().publish(now=NOW - 3 * DAY)
    assert tell_of_openings(now=NOW) == 0
    desk.publish()
    Desk().publish()
    desk.save(headline="A treaty was signed on 27 May 2026")
    desk.publish(kind="correction", note="It was signed.")
    make_deliveries(now=NOW)
    assert told(delayed) == []
    over = NOW + DAY * 1.01
    assert [tell_of_openings(now=at) for at in (NOW + DAY / 2, over, over, over + DAY)] == [0, 1, 0, 0]
    make_deliveries(now=over)
    assert told(delayed) == ["opened"]
    corrections.retract(desk.reload(), by=desk.duty, now=over, note="Made up.")
    make_deliveries(now=over)
    assert told(delayed) == ["opened", "retraction"]
    assert told(at_once) == ["first", "first", "first", "correction", "retraction"]
    opened = json.loads(delayed.deliveries.order_by("change").first().body)
    assert (opened["type"], opened["data"]["version"]) == ("article.published", 2)
