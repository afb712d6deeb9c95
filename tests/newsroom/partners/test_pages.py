"""A partner's own pages: its keys and usage for its own people, nothing for others, and nothing of the desk."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from newsroom.accounts.models import User
from newsroom.accounts.roles import Role
from newsroom.partners import webhooks
from newsroom.partners.keys import make_key, revoke_key
from newsroom.partners.models import ApiKey, Delivery, Endpoint, Partner, Product
from newsroom.partners.pages.urls import urlpatterns
from newsroom.partners.usage import add
from tests.making import NOW, make_user
from tests.newsroom.partners.making import make_endpoint

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def person(partner):
    person = User.objects.create(username="person", first_name="Perla", last_name="Wire", is_staff=False)
    partner.people.add(person)
    return person


@pytest.fixture
def at(person):
    client = Client()
    client.force_login(person)
    return client


def addresses(partner, key) -> list[str]:
    """Every page of ``partner``; of those of a record, that of the ``key``, and of a webhook of the key's partner."""
    delivery = Delivery.objects.filter(endpoint__partner=key.partner).first()
    if delivery is None:
        delivery = webhooks.ping(make_endpoint(key.partner, now=NOW)[0], by=None, now=NOW)
    named = {"partner": partner, "key": key, "endpoint": delivery.endpoint, "delivery": delivery}
    every = [
        (pattern.name, pattern.pattern.converters) for pattern in urlpatterns if pattern.name != "partners"
    ]
    return [reverse(name, kwargs={part: named[part].public_id for part in parts}) for name, parts in every]


def secret_on(answer) -> str:
    return re.search(r'class="secret"[^>]* value="([^"]+)"', answer.content.decode())[1]


def test_a_person_makes_exchanges_and_revokes_a_key(at, partner):
    home = at.get(reverse("partners"), follow=True)
    assert home.status_code == 200
    url = reverse("partner-keys", args=[partner.public_id])
    typed = {
        "act": "make_key",
        "name": "website",
        "scopes": ["read", "bulk"],
        "allowed_from": "192.0.2.0/24\r\n",
    }
    made = at.post(url, typed)
    key = ApiKey.objects.get()
    assert (key.name, key.scopes, key.allowed_from) == ("website", ["read", "bulk"], ["192.0.2.0/24"])
    text = secret_on(made)
    assert key.is_made_of(text)
    assert made["Cache-Control"] == "private, no-store"
    own = reverse("partner-key", args=[partner.public_id, key.public_id])
    assert not any(text in at.get(page).content.decode() for page in (url, own))
    exchanged = at.post(own, {"act": "rotate_key", "overlap": "3"})
    newer = ApiKey.objects.exclude(pk=key.pk).get()
    assert newer.is_made_of(secret_on(exchanged))
    key.refresh_from_db()
    assert key.expires_at == NOW + timedelta(days=3, hours=1)
    at.post(own, {"act": "revoke_key"})
    key.refresh_from_db()
    assert key.revoked_at
    assert "no longer lets in" in at.get(own).content.decode()
    refused = at.post(own, {"act": "revoke_key"})
    assert (refused.status_code, 'data-code="revoked_already"' in refused.content.decode()) == (400, True)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"name": ""}, "required"),
        ({"scopes": []}, "required"),
        ({"scopes": ["embargoed"]}, "invalid_choice"),
        ({"allowed_from": "somewhere"}, "network_malformed"),
        ({"expires_at": "2020-01-01T00:00"}, "moment_passed"),
        ({"expires_at": "soon"}, "invalid"),
    ],
)
def test_what_is_refused_is_told_at_its_field(at, partner, typed, code):
    url = reverse("partner-keys", args=[partner.public_id])
    answer = at.post(url, {"act": "make_key", "name": "a", "scopes": ["read"]} | typed)
    assert (answer.status_code, f'data-code="{code}"' in answer.content.decode()) == (400, True)
    assert not ApiKey.objects.exists()


def test_what_is_of_another_partner_is_not_there(at, partner, person):
    other = Partner.objects.create(name="Other", mail="x@other.example")
    theirs, _ = make_key(other, name="theirs", by=None, now=NOW)
    mine, _ = make_key(partner, name="mine", by=None, now=NOW)
    assert {at.get(url).status_code for url in addresses(partner, mine)} == {200}
    across = reverse("partner-key", args=[partner.public_id, theirs.public_id])
    for url in [*addresses(other, theirs), *addresses(other, mine), across]:
        assert (url, at.get(url).status_code) == (url, 404)
        for act in ("make_key", "revoke_key", "rotate_key", "add_endpoint", "remove", "resend"):
            asked = {"act": act, "name": "x", "scopes": ["read"], "overlap": "0", "url": "https://a.example/"}
            assert (url, at.post(url, asked).status_code) == (url, 404)
    assert {key.is_usable(NOW) for key in (theirs, mine)} == {True}
    assert (ApiKey.objects.count(), Endpoint.objects.filter(removed_at=None).count()) == (2, 2)
    # Of two partners one chooses.
    other.people.add(person)
    chosen = at.get(reverse("partners")).content.decode()
    assert all(reverse("partner-keys", args=[each.public_id]) in chosen for each in (partner, other))
    assert at.get(addresses(other, theirs)[1]).status_code == 200


def test_whoever_is_of_no_partner_is_told_so_and_a_stranger_signs_in_first(partner, client):
    key, _ = make_key(partner, name="a", by=None, now=NOW)
    urls = [reverse("partners"), *addresses(partner, key)]
    for url in urls:
        answer = client.get(url)
        assert answer.status_code == 302
        assert answer["Location"] == f"{reverse('account_login')}?next={url}"
    outsiders = [make_user(role) for role in (Role.DUTY_EDITOR, Role.ADMINISTRATOR)]
    outsiders += [User.objects.create_superuser("root"), User.objects.create(username="else")]
    for user in outsiders:
        client.force_login(user)
        for url in urls:
            answer = client.get(url)
            assert (user, answer.status_code) == (user, 403)
            assert ("administrators keep" in answer.content.decode().lower()) == user.is_staff
            assert client.post(url, {"act": "revoke_key"}).status_code == 403
    assert key.is_usable(NOW)


def test_a_partner_that_is_let_in_nowhere_has_no_pages(at, partner):
    partner.is_active = False
    partner.save()
    assert at.get(reverse("partner-keys", args=[partner.public_id])).status_code == 403


def test_a_partners_person_gets_nowhere_at_the_desk_but_to_their_own_account(at, partner):
    from django.contrib import admin  # noqa: PLC0415 - once its pages are there

    for pattern in admin.site.get_urls():
        name = getattr(pattern, "name", None)
        if name and not pattern.pattern.regex.groups and name not in {"logout", "login", "jsi18n"}:
            answer = at.get(reverse(f"admin:{name}"), follow=True)
            assert (name, answer.status_code) in {(name, 403), ("password_change", 200)}
    for name in ("mfa_index", "usersessions_list", "account_change_password"):
        answer = at.get(reverse(name))
        if answer.status_code == 302:  # Asks for the password again.
            continue
        html = answer.content.decode()
        assert (name, answer.status_code) == (name, 200)
        assert reverse("partners") in html
        assert reverse("admin:notices") not in html


def test_a_second_factor_is_asked_for_as_at_the_desk(at, partner, settings):
    settings.NEWSROOM_SECOND_FACTOR = True
    answer = at.get(reverse("partner-keys", args=[partner.public_id]))
    assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_index"))


def test_every_form_is_protected_and_every_page_under_the_strict_policy(person, partner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    url = reverse("partner-keys", args=[partner.public_id])
    assert client.post(url, {"act": "make_key", "name": "a", "scopes": ["read"]}).status_code == 403
    answer = client.get(url)
    assert "csrfmiddlewaretoken" in answer.content.decode()
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "<script" not in answer.content.decode()
    assert not ApiKey.objects.exists()


def test_usage_is_told_by_day_and_by_key(at, partner):
    key, _ = make_key(partner, name="website", by=None, now=NOW)
    add(key.pk, NOW.date(), cost=1_234, sent=2048)
    add(key.pk, date(2026, 5, 20), cost=5, sent=1)
    add(key.pk, date(2026, 1, 1), cost=7_777, sent=1)
    partner.quota = 5_000
    partner.save()
    html = at.get(reverse("partner-usage", args=[partner.public_id])).content.decode()
    assert "1,234 of 5,000 requests" in html
    assert html.count("<rect ") == 30
    assert "7,777" not in html
    assert "website" in html
    polish = at.get(
        reverse("partner-usage", args=[partner.public_id]), headers={"accept-language": "pl"}
    ).content.decode()
    assert 'lang="pl"' in polish
    assert not re.search(r'(?:y|height|x)="\d+,', polish)


def test_where_nothing_was_asked_for_of_late_usage_is_told_in_one_sentence(at, partner):
    key, _ = make_key(partner, name="website", by=None, now=NOW)
    add(key.pk, date(2026, 1, 1), cost=7_777, sent=1)
    for language, words in (
        ("en", "No request was made in the last 30 days."),
        ("pl", "W ciągu ostatnich 30 dni nie było żadnego żądania."),
    ):
        told = at.get(
            reverse("partner-usage", args=[partner.public_id]), headers={"accept-language": language}
        ).content.decode()
        assert (words in told, "<table" in told) == (True, False), language


def test_products_and_terms_are_told(at, partner):
    bought = Product.objects.create(
        name="Late", languages=["en", "pl"], delay=timedelta(days=1, hours=6), terms="Not on paper."
    )
    partner.products.add(bought)
    html = at.get(reverse("partner-terms", args=[partner.public_id])).content.decode()
    assert "Everything" in html
    assert "Name us." in html
    assert reverse("api-schema") in html
    for language, words in (
        ("en", ("English, Polish", "1 day, 6 hours")),
        ("pl", ("angielski, polski", "1 dzień, 6 godzin")),
    ):
        told = at.get(
            reverse("partner-terms", args=[partner.public_id]), headers={"accept-language": language}
        )
        facts = told.content.decode().replace("\xa0", " ")
        assert [f"<dd>{said}</dd>" for said in words if f"<dd>{said}</dd>" not in facts] == []


def test_a_revoked_key_stays_on_the_page(at, partner):
    key, _ = make_key(partner, name="old", by=None, now=NOW)
    revoke_key(key, by=None, now=NOW)
    html = at.get(reverse("partner-keys", args=[partner.public_id])).content.decode()
    assert "Keys that ended" in html
    assert key.prefix in html
