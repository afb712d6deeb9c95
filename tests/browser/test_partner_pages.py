"""A partner's own pages: legible and accessible, on a telephone too, and usable without any script."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from newsroom.accounts.models import User
from newsroom.partners import webhooks
from newsroom.partners.keys import make_key, revoke_key
from newsroom.partners.models import Scope
from newsroom.partners.usage import add
from tests.browser.looking import faults
from tests.newsroom.partners.making import make_endpoint, make_partner

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def partner():
    """One with keys, usage and a webhook that was tried."""
    partner = make_partner(embargoed=True, terms="Name us, and keep the numbers of our sources.")
    now = timezone.now()
    key, _ = make_key(
        partner, name="website", by=None, now=now, scopes=list(Scope), allowed_from=["2001:db8::/48"]
    )
    revoke_key(make_key(partner, name="old", by=None, now=now)[0], by=None, now=now)
    for day in range(30):
        add(key.pk, now.date() - timedelta(days=day), cost=day * 37 % 400, sent=day * 99_000)
    endpoint, _ = make_endpoint(partner, "https://hooks.example/a/rather/long/address/that/breaks", now=now)
    webhooks.ping(endpoint, by=None, now=now)
    return partner


def signed_in(page, live_server, user):
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])


def looked_at(page, url: str) -> list:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(url)
    found = [(url, fault) for fault in faults(page)]
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), url
    return found


def test_a_partners_pages_are_legible_and_accessible_and_no_browser_complains(
    page, live_server, partner, complaints
):
    person = User.objects.create(username="perla", first_name="Perla", last_name="Wire")
    partner.people.add(person)
    signed_in(page, live_server, person)
    key, endpoint = partner.keys.get(name="website"), partner.endpoints.get()
    mine = [partner.public_id]
    hook = [*mine, endpoint.public_id]
    pages = [("partner-keys", mine), ("partner-key", [*mine, key.public_id]), ("partner-usage", mine)]
    pages += [("partner-terms", mine), ("partner-webhooks", mine), ("partner-webhook", hook)]
    pages += [("partner-delivery", [*hook, endpoint.deliveries.get().public_id])]
    found = []
    for name, arguments in pages:
        found += looked_at(page, live_server.url + reverse(name, args=arguments))
    assert found == []


def test_a_key_is_made_by_hand_and_its_text_is_ready_to_be_copied(new_context, live_server, partner):
    page = new_context(java_script_enabled=False).new_page()
    person = User.objects.create(username="perla")
    partner.people.add(person)
    signed_in(page, live_server, person)
    page.goto(live_server.url + reverse("partners"))
    page.get_by_label("Name").fill("newsletter")
    page.get_by_role("button", name="Make the key").click()
    text = page.locator("#key-text").input_value()
    assert partner.keys.get(name="newsletter").is_made_of(text)
    page.get_by_role("link", name="All keys").click()
    expect(page.get_by_role("link", name="newsletter")).to_have_count(1)
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign out").wait_for(state="detached")
    page.goto(live_server.url + reverse("partners"))
    assert reverse("account_login") in page.url
