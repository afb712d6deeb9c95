"""A partner's webhooks on its own pages: added, tried, paused, resent and removed, with a log of every attempt."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from articles.rules.wanted import wanted
from newsroom.accounts.models import User
from newsroom.partners import webhooks
from newsroom.partners.models import Delivery, Endpoint, Partner
from newsroom.partners.pages.wording import FAILURES
from newsroom.partners.webhooks import looking_after
from tests.making import NOW
from tests.newsroom.partners.making import LOOPBACK, make_endpoint, receiving, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def at(partner):
    person = User.objects.create(username="person", is_staff=False)
    partner.people.add(person)
    client = Client()
    client.force_login(person)
    return client


def page_of(partner, *rest) -> str:
    name = ["partner-webhooks", "partner-webhook", "partner-delivery"][len(rest)]
    return reverse(name, args=[partner.public_id, *(each.public_id for each in rest)])


def test_from_the_form_to_the_log_and_back(at, partner, monkeypatch):
    monkeypatch.setattr(looking_after, "usual_guard", lambda: LOOPBACK)
    with receiving() as receiver:
        typed = {
            "act": "add_endpoint",
            "url": receiver.url,
            "name": "site",
            "kind": ["first"],
            "treaty": "warsaw",
        }
        made = at.post(page_of(partner), typed).content.decode()
        endpoint = Endpoint.objects.get()
        assert re.search(r'class="secret"[^>]* value="whsec_', made)
        assert endpoint.wanted["treaty"] == "warsaw"
        assert {"first", "retraction", "correction"} <= set(endpoint.wanted["kinds"])
        own = page_of(partner, endpoint)
        shown = at.get(own).content.decode()
        assert "whsec_" not in shown
        assert re.search(r'value="first"[^>]* checked', shown)
        at.post(own, {"act": "ping"})
        delivery = send(Delivery.objects.get(), now=NOW + timedelta(hours=1))
        assert "endpoint.ping" in at.get(own).content.decode()
        log = at.get(page_of(partner, endpoint, delivery)).content.decode()
        assert all(part in log for part in (delivery.message_id, "webhook-signature", "thanks", ": 200"))
        at.post(page_of(partner, endpoint, delivery), {"act": "resend"})
        delivery.refresh_from_db()
        assert delivery.state == Delivery.State.WAITING
    changed = {"act": "change_endpoint", "url": endpoint.url, "name": "other"}
    assert at.post(own, changed).status_code == 302
    assert "secret" in at.post(own, {"act": "rotate_secret"}).content.decode()
    for act in ("pause", "resume", "remove"):
        assert (act, at.post(own, {"act": act}).status_code) == (act, 302)
    endpoint.refresh_from_db()
    assert (endpoint.name, bool(endpoint.removed_at), endpoint.paused_at) == ("other", True, None)
    assert at.get(own).status_code == 200
    assert at.post(own, {"act": "resume"}).status_code == 404


def test_an_address_that_leads_inside_is_refused_at_its_field_in_the_language_of_who_typed_it(at, partner):
    endpoint, _ = make_endpoint(partner, now=NOW)
    typed = {"url": "https://192.168.1.1/hook", "name": "site"}
    for language, words in (
        ("en", "This address leads into a network that is not public."),
        ("pl", "Ten adres prowadzi do sieci, która nie jest publiczna."),
    ):
        for url, act in ((page_of(partner), "add_endpoint"), (page_of(partner, endpoint), "change_endpoint")):
            answer = at.post(url, typed | {"act": act}, headers={"accept-language": language})
            told = re.search(r'id="[^"]*url_error">([^<]*)<', answer.text)
            assert (answer.status_code, told and told[1].strip()) == (400, words), (language, act)
    assert Endpoint.objects.get().url == endpoint.url


def test_what_a_webhook_is_told_of_and_why_it_failed_stands_there_in_words(at, partner):
    followed = wanted(kinds=["first"], language="pl", treaty="warsaw")
    endpoint, _ = make_endpoint(partner, now=NOW, wanted=followed)
    webhooks.rotate_secret(endpoint, by=None, now=NOW)
    delivery = send(webhooks.ping(endpoint, by=None, now=NOW), now=NOW)
    own = page_of(partner, endpoint)
    shown = at.get(own).content.decode()
    assert "first edition, correction, clarification, retraction, unpublished, taken down; " in shown
    assert "treaty: warsaw; language: Polish" in shown
    assert "signs too until" in shown
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        at.force_login(partner.people.get())
        assert "signs too until" not in at.get(own).content.decode()
    failed = at.get(page_of(partner, endpoint, delivery)).content.decode()
    assert "your server could not be reached, or broke off" in failed
    assert "connection_failed" not in failed


def test_every_failure_of_an_attempt_has_its_words():
    """Whatever keeps a request from an answer: the codes that the modules write out which send one."""
    senders = ("capture/guard.py", "capture/asking.py", "capture/posting.py", "capture/wire.py")
    code = "".join((settings.BASE_DIR / "sources" / name).read_text() for name in senders)
    codes = set(re.findall(r'FetchFailed\(\s*"(\w+)"', code))
    assert codes
    assert codes <= set(FAILURES)


def test_of_a_webhook_that_pauses_nothing_is_sent_and_the_page_says_what_comes_first(at, partner):
    endpoint, _ = make_endpoint(partner, now=NOW)
    delivery = webhooks.ping(endpoint, by=None, now=NOW)
    webhooks.pause(endpoint, by=None, now=NOW)
    for url, act in ((page_of(partner, endpoint), "ping"), (page_of(partner, endpoint, delivery), "resend")):
        assert (act, f'data-act="{act}"' in at.get(url).content.decode()) == (act, False)
        # Who still has the page from before is told why.
        refused = at.post(url, {"act": act})
        html = refused.content.decode()
        assert (act, refused.status_code, html.count('data-code="endpoint_paused"')) == (act, 400, 1)
        assert "resume it first" in html
    assert Delivery.objects.count() == 1


def test_what_is_refused_is_told_at_its_field(at, partner):
    for typed, code in [
        ({"url": "ftp://example.org/"}, "scheme_refused"),
        ({"url": "https://example.org/", "treaty": "no slug!"}, "parameter_malformed"),
        ({"url": ""}, "required"),
    ]:
        answer = at.post(page_of(partner), {"act": "add_endpoint"} | typed)
        assert (code, answer.status_code) == (code, 400)
        assert f'data-code="{code}"' in answer.content.decode()
    assert not Endpoint.objects.exists()


def test_a_long_log_is_read_a_page_at_a_time(at, partner):
    endpoint, _ = make_endpoint(partner, now=NOW)
    for _ in range(32):
        webhooks.ping(endpoint, by=None, now=NOW)
    first = at.get(page_of(partner, endpoint)).content.decode()
    assert first.count("<code>endpoint.ping") == 30
    further = re.search(r'href="(\?before=[^"]+)"', first)[1]
    assert at.get(page_of(partner, endpoint) + further).content.decode().count("<code>endpoint.ping") == 2
    assert at.get(page_of(partner, endpoint) + "?before=x").status_code == 404


def test_webhooks_of_another_partner_are_not_there(at, partner):
    other = Partner.objects.create(name="Other", mail="x@other.example")
    theirs, _ = make_endpoint(other, now=NOW)
    mine, _ = make_endpoint(partner, now=NOW)
    sent = webhooks.ping(theirs, by=None, now=NOW)
    urls = [page_of(other), page_of(other, theirs), page_of(other, theirs, sent), page_of(partner, theirs)]
    for url in [*urls, page_of(partner, theirs, sent), page_of(partner, mine, sent)]:
        assert (url, at.get(url).status_code) == (url, 404)
        for act in ("add_endpoint", "remove", "resend", "pause"):
            assert (url, at.post(url, {"act": act, "url": "https://example.org/"}).status_code) == (url, 404)
    theirs.refresh_from_db()
    assert (theirs.removed_at, theirs.paused_at) == (None, None)
