"""Signing in to the desk: who gets how far, with and without a second factor."""

import re
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from newsroom.audit import recording
from newsroom.audit.models import AuditEvent
from tests.newsroom.accounts.signing import code_for, person, set_up_app, sign_in

pytestmark = pytest.mark.django_db

DESK, SIGN_IN, FACTORS = "/admin/", "/admin/account/login/", "/admin/account/2fa/"


def acts():
    return list(AuditEvent.objects.order_by("pk").values_list("act", flat=True))


def signed_in_as(state: str, compulsory) -> Client:
    """A browser in which somebody of this state has tried to sign in."""
    client = Client()
    if state == "anonymous":
        return client
    user = person("reporter", username="ada", is_staff=state != "reader", is_active=state != "inactive")
    if state in ("with factor", "removed since", "inactive since"):
        compulsory.NEWSROOM_SECOND_FACTOR = False
        sign_in(client, "ada")
        set_up_app(client)
        compulsory.NEWSROOM_SECOND_FACTOR = True
    else:
        sign_in(client, "ada")
    if state == "removed since":
        user.is_staff = False
    if state == "inactive since":
        user.is_active = False
    user.save()
    return client


@pytest.mark.parametrize(
    ("state", "path", "status", "to"),
    [
        ("anonymous", DESK, 302, "/admin/login/"),
        ("anonymous", FACTORS, 302, SIGN_IN),
        ("anonymous", "/admin/account/sessions/", 302, SIGN_IN),
        ("anonymous", "/admin/account/password/change/", 302, SIGN_IN),
        ("anonymous", SIGN_IN, 200, ""),
        ("anonymous", "/admin/account/password/reset/", 200, ""),
        ("anonymous", "/admin/account/signup/", 404, ""),
        ("anonymous", "/admin/account/single-sign-on/signup/", 404, ""),
        ("anonymous", "/admin/account/oidc/sso/login/", 404, ""),
        ("without factor", DESK, 302, FACTORS),
        ("without factor", "/admin/articles/article/", 302, FACTORS),
        ("without factor", "/admin/account/password/change/", 302, FACTORS),
        ("without factor", FACTORS, 200, ""),
        ("without factor", "/admin/account/2fa/totp/activate/", 200, ""),
        ("without factor", "/admin/account/2fa/webauthn/add/", 200, ""),
        ("without factor", "/admin/account/logout/", 200, ""),
        ("with factor", DESK, 200, ""),
        ("with factor", FACTORS, 200, ""),
        ("with factor", "/admin/account/sessions/", 200, ""),
        ("with factor", "/admin/account/password/change/", 200, ""),
        ("with factor", "/admin/account/email/", 404, ""),
        ("with factor", "/admin/account/single-sign-on/", 404, ""),
        ("with factor", "/admin/password_change/", 302, "/admin/account/password/change/"),
        ("reader", DESK, 302, "/admin/login/"),
        ("reader", "/admin/login/", 403, ""),
        ("inactive", DESK, 302, "/admin/login/"),
        ("removed since", DESK, 302, "/admin/login/"),
        ("inactive since", DESK, 302, "/admin/login/"),
        ("inactive since", FACTORS, 302, SIGN_IN),
    ],
)
def test_how_far_each_gets_where_a_second_factor_is_compulsory(settings, state, path, status, to):
    settings.NEWSROOM_SECOND_FACTOR = True
    client = signed_in_as(state, settings)
    answer = client.get(path)
    assert (answer.status_code, answer.get("Location", "").partition("?")[0]) == (status, to)


@pytest.mark.parametrize("login", ["ada", "ADA@press.example"])
def test_people_sign_in_by_name_or_address_and_the_log_says_so(client, login):
    person("reporter", username="ada", email="ada@press.example")
    answer = sign_in(client, login)
    assert answer["Location"] == DESK
    assert client.get(DESK).status_code == 200
    assert acts() == ["user.signed_in"]
    client.post(reverse("admin:logout"))
    assert client.get(DESK).status_code == 302
    assert acts() == ["user.signed_in", "user.signed_out"]


def test_the_password_alone_is_not_enough_once_there_is_a_second_factor():
    person("reporter", username="ada")
    first = Client()
    sign_in(first, "ada")
    secret = set_up_app(first)
    second = Client()
    answer = sign_in(second, "ada")
    assert answer["Location"] == reverse("mfa_authenticate")
    assert second.get(DESK)["Location"].startswith("/admin/login/")
    page = second.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert page.status_code == 200
    assert second.get(DESK).status_code == 302
    answer = second.post(reverse("mfa_authenticate"), {"code": code_for(secret, steps=1)})
    assert answer["Location"] == DESK
    assert second.get(DESK).status_code == 200
    assert acts() == [
        "user.signed_in",
        "user.factor_added",
        "user.factor_added",
        "user.factor_failed",
        "user.signed_in",
    ]


def test_a_second_factor_whose_removal_cannot_be_entered_in_the_log_stays(monkeypatch):
    person("reporter", username="ada")
    client = Client(raise_request_exception=False)
    sign_in(client, "ada")
    set_up_app(client)
    monkeypatch.delitem(recording.ACTS, "user.factor_removed")
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 500
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()
    monkeypatch.undo()
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert not Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()
    assert "user.factor_removed" in acts()


def test_a_second_factor_that_cannot_be_entered_in_the_log_is_not_added(monkeypatch):
    person("reporter", username="ada")
    client = Client(raise_request_exception=False)
    sign_in(client, "ada")
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'id="authenticator_secret"[^>]*value="([A-Z2-7]+)"', page)[1]
    monkeypatch.delitem(recording.ACTS, "user.factor_added")
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    assert (answer.status_code, Authenticator.objects.count()) == (500, 0)
    monkeypatch.undo()
    set_up_app(client)
    codes = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES)
    monkeypatch.delitem(recording.ACTS, "user.codes_made_anew")
    assert client.post(reverse("mfa_generate_recovery_codes")).status_code == 500
    assert Authenticator.objects.filter(pk=codes.pk).exists()
    monkeypatch.undo()
    assert client.post(reverse("mfa_generate_recovery_codes")).status_code == 302
    assert acts() == ["user.signed_in", "user.factor_added", "user.factor_added", "user.codes_made_anew"]
    assert not Authenticator.objects.filter(pk=codes.pk).exists()


def test_a_code_is_good_once():
    person("reporter", username="ada")
    first = Client()
    sign_in(first, "ada")
    secret = set_up_app(first)
    code = code_for(secret, steps=1)
    for expected in (302, 200):
        client = Client()
        sign_in(client, "ada")
        assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == expected


def test_the_last_factor_stays_where_one_is_compulsory(client, settings):
    person("reporter", username="ada")
    sign_in(client, "ada")
    set_up_app(client)
    settings.NEWSROOM_SECOND_FACTOR = True
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(type="totp").count() == 1
    settings.NEWSROOM_SECOND_FACTOR = False
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(type="totp").count() == 0


def test_the_secret_of_an_app_lies_encrypted(client):
    person("reporter", username="ada")
    sign_in(client, "ada")
    secret = set_up_app(client)
    stored = Authenticator.objects.get(type="totp").data
    assert secret not in str(stored)


def test_the_secrets_of_second_factors_move_to_a_new_key_with_the_identities(client, settings):
    person("reporter", username="ada")
    sign_in(client, "ada")
    secret = set_up_app(client)
    old = list(settings.NEWSROOM_IDENTITY_KEYS)
    new = Fernet.generate_key().decode()
    settings.NEWSROOM_IDENTITY_KEYS = [new]
    with pytest.raises(CommandError, match=r"factor_unreadable.*ada"):
        call_command("rotate_identity_keys", stdout=StringIO())
    settings.NEWSROOM_IDENTITY_KEYS = [new, *old]
    call_command("rotate_identity_keys", stdout=StringIO())
    settings.NEWSROOM_IDENTITY_KEYS = [new]
    other = Client()
    sign_in(other, "ada")
    assert other.post(reverse("mfa_authenticate"), {"code": code_for(secret, steps=1)})["Location"] == DESK


def test_a_change_of_factors_asks_who_is_there_unless_that_was_just_said(client):
    user = person("reporter", username="ada")
    client.force_login(user)
    answer = client.get(reverse("mfa_activate_totp"))
    assert answer["Location"].startswith(reverse("account_reauthenticate"))


def test_reading_the_site_sets_no_cookie_and_knows_no_session(client):
    for path in ("/", "/robots.txt", "/nothing/"):
        answer = client.get(path)
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")
    assert settings.SESSION_COOKIE_NAME not in client.cookies


def test_where_signing_in_leads_is_never_another_site(client):
    person("reporter", username="ada")
    answer = client.post(
        reverse("account_login") + "?next=https://elsewhere.example/",
        {"login": "ada", "password": "a long password for tests", "next": "https://elsewhere.example/"},
    )
    assert answer["Location"] == DESK


@pytest.mark.parametrize(
    "typed",
    [
        {"login": "a\x00da", "password": "x"},
        {"login": "a" * 5000, "password": "x" * 5000},
        {"login": "ada@press.example\r\nbcc: x@y.example", "password": "x"},
        {},
    ],
)
def test_hostile_names_are_refused_without_an_error(client, typed):
    assert client.post(reverse("account_login"), typed).status_code == 200
