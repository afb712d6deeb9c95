"""Webhooks reach partners over real connections, signed, again and again over days, and never past the guard."""

import json
import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from standardwebhooks import Webhook, WebhookVerificationError

from articles import corrections
from articles.withdrawing import withdraw_source
from newsroom.notices.models import Notice
from newsroom.partners import webhooks
from newsroom.partners.models import Attempt, Delivery, Endpoint
from newsroom.partners.webhooks import delivering
from newsroom.partners.webhooks.delivering import GIVEN_UP_AFTER, MOST_TRIES, PAUSES, attempt
from newsroom.partners.webhooks.description import TYPES, Event, EventData
from newsroom.partners.webhooks.fanning_out import make_deliveries
from sources.capture.guard import Guard
from tests.articles.standards import validate
from tests.making import NOW, Desk, make_user
from tests.newsroom.partners.making import DAY, LOOPBACK, make_endpoint, make_partner, receiving, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def receiver():
    with receiving() as receiver:
        yield receiver


def told(endpoint, *, now=NOW) -> Delivery:
    """The one delivery of what was published since."""
    Desk().publish()
    assert make_deliveries(now=now) == 1
    return endpoint.deliveries.get()


def test_the_reference_library_verifies_what_arrives_and_what_the_secret_before_signed(receiver, settings):
    settings.NEWSROOM_ORIGIN = "https://news.example"
    endpoint, first = make_endpoint(make_partner(), receiver.url, now=NOW)
    delivery = send(told(endpoint), now=NOW)
    assert (delivery.state, delivery.tries) == ("delivered", 1)
    second = webhooks.rotate_secret(endpoint, by=None, now=NOW)
    for days in (0, 2):
        webhooks.resend(delivery, by=None, now=NOW)
        send(delivery, now=NOW + timedelta(days=days))
    moments = [NOW, NOW, NOW + timedelta(days=2)]
    knows = [(True, False), (True, True), (False, True)]
    for (headers, body), moment, known in zip(receiver.got, moments, knows, strict=True):
        assert headers["webhook-id"] == delivery.message_id
        assert headers["Content-Type"] == "application/json"
        with time_machine.travel(moment):
            for secret, verifies in zip((first, second), known, strict=True):
                if verifies:
                    assert Webhook(secret).verify(body, headers)["type"] == "article.published"
                else:
                    with pytest.raises(WebhookVerificationError):
                        Webhook(secret).verify(body, headers)
    data = json.loads(receiver.got[0][1])["data"]
    edition = delivery.change.edition
    assert data == {
        "id": edition.article.public_id,
        "version": 1,
        "href": f"https://news.example/api/v1/articles/{edition.article.public_id}/",
        "change": 1,
        "kind": "first",
        "article": edition.article.public_id,
        "edition": 1,
        "digest": edition.digest,
    }
    kept = delivery.attempts.first()
    assert (kept.status, kept.answer, kept.ip) == (200, "thanks", "127.0.0.1")
    assert kept.request_headers["webhook-signature"] == receiver.got[0][0]["webhook-signature"]


ANSWERS = [
    # status, headers, what becomes of the delivery, seconds after which it is tried again at least and at most
    (204, {}, "delivered", None),
    (302, {"Location": "/elsewhere"}, "waiting", (5, 6)),
    (404, {}, "waiting", (5, 6)),
    (500, {"Retry-After": "700"}, "waiting", (5, 6)),
    (429, {"Retry-After": "700"}, "waiting", (700, 700)),
    (503, {"Retry-After": "Mon, 01 Jun 2026 13:00:00 GMT"}, "waiting", (3600, 3600)),
    (503, {"Retry-After": "99999999999999999999"}, "waiting", (86_400, 86_400)),
    (503, {"Retry-After": "soon"}, "waiting", (5, 6)),
    (503, {"Retry-After": "Mon, 01 Jan 99999999999 00:00:00 GMT"}, "waiting", (5, 6)),
    (410, {}, "waiting", None),
]


def test_what_the_receiver_answers_decides_and_no_redirect_is_followed(receiver):
    for status, headers, state, pause in ANSWERS:
        endpoint, _ = make_endpoint(make_partner(), receiver.url, now=NOW)
        delivery = webhooks.ping(endpoint, by=None, now=NOW)
        receiver.answers = (status, headers, b"x" * 100_000 if status == 500 else b"\x00\xff<b>")
        before = len(receiver.got)
        send(delivery, now=NOW)
        assert len(receiver.got) == before + 1
        assert delivery.state == state, status
        if pause:
            least, most = pause
            assert least <= (delivery.next_at - NOW).total_seconds() <= most, status
        kept = delivery.attempts.get()
        assert kept.status == status
        assert len(kept.answer) <= 1_000
        assert "\x00" not in kept.answer
        endpoint.refresh_from_db()
        assert endpoint.paused_for == ("gone" if status == 410 else "")


def test_what_hangs_breaks_off_or_must_not_be_asked_has_failed(receiver, monkeypatch):
    monkeypatch.setattr(delivering, "SECONDS", 0.3)
    receiver.hangs = threading.Event()
    nobody = "http://127.0.0.1:9/hook"
    cases = [(receiver.url, LOOPBACK, "timed_out"), (nobody, LOOPBACK, "connection_failed")]
    inside = ["127.0.0.1", "[::ffff:127.0.0.1]", "10.0.0.8", "169.254.169.254", "[fd00::1]", "0.0.0.0"]  # noqa: S104
    anywhere = Guard(ports=LOOPBACK.ports)
    cases += [(f"http://{host}:8443/hook", anywhere, "address_refused") for host in inside]
    for url, guard, failure in cases:
        endpoint, _ = make_endpoint(make_partner(), now=NOW)
        # As if the networks of the settings had been others when it was added.
        Endpoint.objects.filter(pk=endpoint.pk).update(url=url)
        delivery = webhooks.ping(endpoint, by=None, now=NOW)
        attempt(delivery.pk, tries=0, now=NOW, guard=guard)
        delivery.refresh_from_db()
        assert (delivery.state, delivery.attempts.get().failure) == ("waiting", failure), url
    receiver.hangs.set()


def test_a_try_counts_once_and_each_has_its_moment_and_signature(receiver):
    endpoint, secret = make_endpoint(make_partner(), receiver.url, now=NOW)
    delivery = webhooks.ping(endpoint, by=None, now=NOW)
    receiver.answers = (500, {}, b"")
    moment, moments = NOW, []
    for tries in range(MOST_TRIES):
        endpoint.refresh_from_db()
        endpoint.failing_since = moment  # As if something else had got through meanwhile.
        endpoint.save()
        moments.append(moment)
        attempt(delivery.pk, tries=tries, now=moment, guard=LOOPBACK)
        attempt(delivery.pk, tries=tries, now=moment, guard=LOOPBACK)
        delivery.refresh_from_db()
        if tries < len(PAUSES):
            pause = delivery.next_at - moment
            assert PAUSES[tries] <= pause <= PAUSES[tries] * 1.2
            moment += pause + timedelta(days=2)
    assert (delivery.state, len(receiver.got)) == ("failed", MOST_TRIES)
    assert len({headers["webhook-signature"] for headers, _ in receiver.got}) == MOST_TRIES
    for (headers, body), at in zip(receiver.got, moments, strict=True):
        with time_machine.travel(at):
            Webhook(secret).verify(body, headers)


def test_while_an_endpoint_fails_only_what_cannot_wait_is_tried_and_then_everything_at_once(receiver):
    endpoint, _ = make_endpoint(make_partner(), receiver.url, now=NOW)
    desk = Desk()
    desk.publish()
    corrections.retract(desk.reload(), by=desk.duty, now=NOW, note="It was made up.")
    make_deliveries(now=NOW)
    published, retracted = endpoint.deliveries.order_by("change")
    assert (published.urgent, retracted.urgent) == (False, True)
    Desk().publish()
    make_deliveries(now=NOW)
    other = endpoint.deliveries.order_by("change").last()
    receiver.answers = (500, {}, b"")
    send(published, now=NOW)
    send(other, now=NOW)
    assert (other.tries, len(receiver.got)) == (0, 1)
    # Who sends a test waits to see whether it works by now.
    test = webhooks.ping(endpoint, by=None, now=NOW)
    send(test, now=NOW)
    assert (test.tries, len(receiver.got)) == (1, 2)
    receiver.answers = (200, {}, b"")
    send(retracted, now=NOW)
    assert retracted.state == "delivered"
    published.refresh_from_db()
    assert published.tries == 0
    for delivery in (published, other, test):
        send(delivery, now=NOW)
    assert {delivery.state for delivery in endpoint.deliveries.all()} == {"delivered"}


def test_an_endpoint_that_failed_for_days_is_paused_told_of_and_misses_nothing(receiver):
    administrator = make_user("administrator")
    endpoint, _ = make_endpoint(make_partner(), receiver.url, now=NOW)
    delivery = told(endpoint)
    receiver.answers = (500, {}, b"")
    send(delivery, now=NOW)
    later = NOW + GIVEN_UP_AFTER
    send(delivery, now=later)
    endpoint.refresh_from_db()
    assert (endpoint.paused_for, delivery.state) == ("failing", "waiting")
    assert Notice.objects.get(kind="partner.webhook_paused").to == administrator
    Desk().publish()
    assert make_deliveries(now=later) == 0
    send(delivery, now=later)
    assert len(receiver.got) == 2
    webhooks.resume(endpoint, by=None, now=later)
    assert make_deliveries(now=later) == 1
    receiver.answers = (200, {}, b"")
    for each in endpoint.deliveries.all():
        assert send(each, now=later).state == "delivered"
    assert mail.outbox == []  # It waits in the queue, as every letter does.


@pytest.mark.parametrize(("status", "tries"), [(410, 0), (500, MOST_TRIES - 1)])
def test_the_very_delivery_that_ended_an_endpoint_is_sent_when_it_resumes(receiver, status, tries):
    endpoint, _ = make_endpoint(make_partner(), receiver.url, now=NOW)
    delivery = webhooks.ping(endpoint, by=None, now=NOW)
    Delivery.objects.update(tries=tries)
    endpoint.failing_since = NOW - GIVEN_UP_AFTER
    endpoint.save()
    receiver.answers = (status, {}, b"")
    assert send(delivery, now=NOW).state == "waiting"
    assert send(delivery, now=NOW).attempts.count() == 1  # It pauses.
    webhooks.resume(endpoint, by=None, now=NOW)
    receiver.answers = (200, {}, b"")
    assert send(delivery, now=NOW).state == "delivered"


def test_another_address_is_tried_at_once_and_the_same_one_after_its_pause(receiver):
    endpoint, _ = make_endpoint(make_partner(), receiver.url, now=NOW)
    delivery = webhooks.ping(endpoint, by=None, now=NOW)
    receiver.answers = (503, {"Retry-After": "86400"}, b"")
    send(delivery, now=NOW)
    for url, tries, waits in [(receiver.url, 1, DAY), (receiver.url + "/new", 0, timedelta())]:
        webhooks.change_endpoint(endpoint, url=url, by=None, now=NOW, guard=LOOPBACK)
        delivery.refresh_from_db()
        endpoint.refresh_from_db()
        assert (delivery.tries, delivery.next_at) == (tries, NOW + waits), url
        assert endpoint.quiet_until == (NOW + waits if waits else None)


def test_nothing_is_sent_to_who_may_not_read_it_any_more(receiver):
    partner = make_partner()
    endpoint, _ = make_endpoint(partner, receiver.url, now=NOW)
    delivery = told(endpoint)
    partner.is_active = False
    partner.save()
    send(delivery, now=NOW)
    assert delivery.state == "waiting"
    partner.is_active = True
    partner.save()
    partner.products.clear()
    send(delivery, now=NOW)
    assert (delivery.state, receiver.got, Attempt.objects.count()) == ("dropped", [], 0)


def test_events_of_articles_are_as_the_standard_has_them(settings, tmp_path):
    settings.NEWSROOM_ORIGIN = "https://news.example"
    endpoint, _ = make_endpoint(make_partner(), now=NOW)
    desk = Desk()
    desk.publish()
    desk.save(headline="A treaty was signed on 27 May 2026")
    desk.publish(kind="correction", note="It is signed already.")
    corrections.take_down(desk.reload(), by=desk.duty, now=NOW, reason="A court said so.")
    webhooks.ping(endpoint, by=None, now=NOW)
    assert make_deliveries(now=NOW) == 3
    file = tmp_path / "event.json"
    for delivery in endpoint.deliveries.all():
        file.write_text(delivery.body)
        assert validate("webhook", file) == [], delivery.body


def test_events_are_as_the_description_has_them():
    endpoint, _ = make_endpoint(make_partner(), now=NOW)
    desk = Desk()
    desk.publish()
    desk.save(headline="A treaty was signed on 27 May 2026")
    desk.publish(kind="clarification", note="It is signed already.")
    withdraw_source(desk.first, by=desk.duty, now=NOW, withdrawn_by="publisher", reason="Forged.")
    webhooks.ping(endpoint, by=None, now=NOW)
    assert make_deliveries(now=NOW) == 3
    for delivery in endpoint.deliveries.all():
        event = json.loads(delivery.body)
        described = Event(data=event)
        assert described.is_valid(), described.errors
        assert event["data"].keys() <= EventData().fields.keys()
        assert event["type"] == delivery.type
        assert event["type"] in TYPES


def test_no_event_is_large_or_tells_words(receiver):
    endpoint, _ = make_endpoint(make_partner(), receiver.url, now=NOW)
    delivery = told(endpoint)
    assert "treaty" not in delivery.body
    assert len(delivery.body) < 1_000
    assert datetime.fromisoformat(json.loads(delivery.body)["timestamp"]).tzinfo == UTC
