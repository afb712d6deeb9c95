"""Single sign-on against a real provider: it opens accounts there are, and makes none."""

from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from django.urls import reverse

from newsroom.accounts.models import User
from newsroom.audit.models import AuditEvent
from tests.newsroom.accounts.provider import CLIENT, SECRET, running_provider
from tests.newsroom.accounts.signing import person

pytestmark = pytest.mark.django_db

LOGIN = "/admin/account/oidc/sso/login/"


@pytest.fixture
def provider(settings):
    with running_provider() as running:
        app = {"provider_id": "sso", "name": "The house", "client_id": CLIENT, "secret": SECRET}
        app["settings"] = {"server_url": running.address, "oauth_pkce_enabled": True}
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
        settings.NEWSROOM_OIDC_ORIGIN = running.address
        yield running


def sent_back(client, provider) -> str:
    """Go to the provider and sign in there; returns the address it sends the browser back to."""
    there = urlsplit(client.post(LOGIN)["Location"])
    assert f"{there.scheme}://{there.netloc}" == provider.address
    connection = HTTPConnection(there.netloc)
    connection.request("GET", f"{there.path}?{there.query}")
    back = connection.getresponse().headers["Location"]
    connection.close()
    return back.removeprefix("http://testserver")


def test_who_has_an_account_under_the_verified_address_comes_in(client, provider):
    ada = person("reporter", username="ada", email="Ada@press.example")
    assert "The house" in client.get(reverse("account_login")).content.decode()
    assert client.get(sent_back(client, provider))["Location"] == "/admin/"
    assert client.get("/admin/").wsgi_request.user == ada
    assert AuditEvent.objects.get(act="user.signed_in").data["way"] == "single sign-on"
    # From now on the provider's own name for her counts, whatever her address there.
    provider.claims |= {"email": "other@press.example", "email_verified": False}
    again = Client()
    assert again.get(sent_back(again, provider))["Location"] == "/admin/"


@pytest.mark.parametrize(
    ("claims", "account"),
    [
        ({"email_verified": False}, {}),
        ({"email_verified": "false"}, {}),
        ({"email": "nobody@press.example"}, {}),
        ({"email": None}, {}),
        ({"email": "a\x00da@press.example"}, {}),
        ({}, {"is_active": False}),
        ({}, {"is_staff": False}),
    ],
)
def test_nobody_else_does_and_no_account_is_made(client, provider, claims, account):
    person("reporter", username="ada", email="ada@press.example", **account)
    provider.claims |= claims
    assert client.get(sent_back(client, provider)).status_code == 403
    assert client.get("/admin/").status_code == 302
    assert User.objects.count() == 1


def test_who_was_put_out_since_is_not_let_in_again(client, provider):
    ada = person("reporter", username="ada", email="ada@press.example")
    client.get(sent_back(client, provider))
    ada.is_active = False
    ada.save()
    again = Client()
    assert again.get(sent_back(again, provider)).status_code == 403


@pytest.mark.parametrize("wrong", ["signature", "audience", "issuer", "expired", "subject"])
def test_a_token_that_is_not_the_providers_own_is_refused(client, provider, wrong):
    person("reporter", username="ada", email="ada@press.example")
    if wrong == "signature":
        provider.signing_key = rsa.generate_private_key(65537, 2048)
    provider.token_claims = {
        "audience": {"aud": "another-client"},
        "issuer": {"iss": "https://elsewhere.example"},
        "expired": {"exp": 1},
        "subject": {"sub": "eve-2"},
    }.get(wrong, {})
    assert client.get(sent_back(client, provider)).status_code in (401, 502)
    assert client.get("/admin/").status_code == 302


def test_an_answer_to_nobodys_question_is_refused(client, provider):
    person("reporter", username="ada", email="ada@press.example")
    back = sent_back(client, provider)
    stranger = Client()
    assert stranger.get(back).status_code == 401
    assert stranger.get("/admin/").status_code == 302
    assert client.get(LOGIN + "callback/?error=access_denied&state=x").status_code in (302, 401)


def test_a_provider_that_is_down_is_said_to_be(client, provider, settings):
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = (
        "http://127.0.0.1:9"
    )
    assert client.post(LOGIN).status_code == 502


@pytest.mark.parametrize(("trusted", "to"), [(True, None), (False, "/admin/account/2fa/")])
def test_the_desk_asks_for_its_own_second_factor_unless_the_provider_is_trusted_with_it(
    client, provider, settings, trusted, to
):
    settings.NEWSROOM_SECOND_FACTOR, settings.NEWSROOM_OIDC_SECOND_FACTOR = True, trusted
    person("reporter", username="ada", email="ada@press.example")
    client.get(sent_back(client, provider))
    assert client.get("/admin/").get("Location") == to
