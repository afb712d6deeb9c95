"""What people do with their webhooks: each act asks who acts, changes one thing, and leaves a trace."""

import itertools
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet

from articles.rules.wanted import wanted
from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from newsroom.partners import webhooks
from newsroom.partners.models import Delivery, Endpoint, Partner
from newsroom.partners.webhooks.fanning_out import make_deliveries
from newsroom.partners.webhooks.secrets import seal_anew, unseal
from tests.making import NOW, Desk, make_user
from tests.newsroom.partners.making import make_endpoint, make_partner

pytestmark = pytest.mark.django_db
URL = "https://partner.example/hook"


def refused(act, *arguments, **options) -> str:
    with pytest.raises(DomainError) as error:
        act(*arguments, **options)
    return error.value.code


def test_the_partners_people_and_administrators_look_after_endpoints_and_nobody_else():
    ours, stranger, administrator = make_user(), make_user("duty_editor"), make_user("administrator")
    partner = make_partner(people=[ours])
    endpoint, secret = webhooks.add_endpoint(partner, url=URL, by=ours, now=NOW)
    assert secret.startswith("whsec_")
    acts = {
        "change": lambda by: webhooks.change_endpoint(endpoint, name="Main", by=by, now=NOW),
        "rotate": lambda by: webhooks.rotate_secret(endpoint, by=by, now=NOW),
        "ping": lambda by: webhooks.ping(endpoint, by=by, now=NOW),
        "resend": lambda by: webhooks.resend(endpoint.deliveries.get(), by=by, now=NOW),
        "resend_since": lambda by: webhooks.resend_since(endpoint, since=NOW, by=by, now=NOW),
        "pause": lambda by: webhooks.pause(endpoint, by=by, now=NOW),
        "resume": lambda by: webhooks.resume(endpoint, by=by, now=NOW),
        "remove": lambda by: webhooks.remove(endpoint, by=by, now=NOW),
    }
    for name, act in acts.items():
        assert refused(act, stranger) == "not_allowed", name
        act(administrator if name in ("pause", "resume") else ours)
    for name, act in acts.items():
        if name != "resend":
            assert refused(act, ours) == "endpoint_removed", name
    made = AuditEvent.objects.filter(act__startswith="webhook.").order_by("pk")
    assert list(made.values_list("act", flat=True)) == [
        f"webhook.{act}"
        for act in ("added changed secret_rotated pinged resent resent paused resumed removed").split()
    ]
    assert secret not in str(list(made.values()))


def test_secrets_lie_encrypted_and_go_with_the_endpoint(settings):
    endpoint, secret = make_endpoint(make_partner(), URL, now=NOW)
    assert secret.encode() not in bytes(endpoint.sealed)
    opened = unseal(endpoint.sealed)
    assert len(opened) == 32
    old = settings.NEWSROOM_IDENTITY_KEYS
    settings.NEWSROOM_IDENTITY_KEYS = [Fernet.generate_key().decode(), *old]
    assert seal_anew() == (1, [])
    settings.NEWSROOM_IDENTITY_KEYS = settings.NEWSROOM_IDENTITY_KEYS[:1]
    endpoint.refresh_from_db()
    assert unseal(endpoint.sealed) == opened
    settings.NEWSROOM_IDENTITY_KEYS = old
    assert seal_anew() == (0, [endpoint.public_id])
    webhooks.remove(endpoint, by=None, now=NOW)
    assert bytes(Endpoint.objects.get().sealed) == b""
    settings.NEWSROOM_IDENTITY_KEYS = []
    assert refused(make_endpoint, make_partner(), URL, now=NOW) == "identity_keys_missing"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("ftp://partner.example/", "scheme_refused"),
        ("https://user@partner.example/", "address_refused"),
        ("https://2130706433/", "address_refused"),
        ("https://0x7f.1/", "address_refused"),
        ("https://partner.example:22/", "port_refused"),
        ("http://partner.example/", "https_only"),
        ("https://partner.example/\x00", "address_refused"),
        ("", "scheme_refused"),
    ],
)
def test_in_production_an_endpoint_has_an_address_of_the_web_with_tls(settings, url, code):
    settings.PRODUCTION = True
    assert refused(webhooks.add_endpoint, make_partner(), url=url, by=None, now=NOW) == code
    assert not Endpoint.objects.exists()


INSIDE = """127.0.0.1 127.255.255.254 0.0.0.0 10.0.0.8 172.16.0.1 192.168.1.1 100.64.0.1 169.254.169.254 224.0.0.1
    255.255.255.255 [::1] [::] [fd00::1] [fe80::1] [ff02::1] [::ffff:127.0.0.1] [::ffff:10.0.0.8] [::127.0.0.1]
    [64:ff9b::7f00:1] [2002:7f00:1::]""".split()


def test_a_number_of_no_public_network_is_refused_when_it_is_added_or_changed(settings):
    partner = make_partner()
    endpoint, _ = webhooks.add_endpoint(partner, url=URL, by=None, now=NOW)
    for host in INSIDE:
        for act, about in ((webhooks.add_endpoint, partner), (webhooks.change_endpoint, endpoint)):
            with pytest.raises(DomainError) as error:
                act(about, url=f"https://{host}/hook", by=None, now=NOW)
            assert (host, error.value.code, error.value.place) == (host, "address_refused", "url")
    assert Endpoint.objects.get().url == URL
    settings.NEWSROOM_WEBHOOK_NETWORKS = ["10.0.0.0/8", "fd00::/64"]
    for host in ("8.8.8.8", "[2606:4700::1111]", "10.0.0.8", "[fd00::1]"):
        webhooks.change_endpoint(endpoint, url=f"https://{host}/hook", by=None, now=NOW)
        assert Endpoint.objects.get().url == f"https://{host}/hook"
    for host in ("127.0.0.1", "[fd00:1::1]"):
        assert (
            refused(webhooks.add_endpoint, partner, url=f"https://{host}/", by=None, now=NOW)
            == "address_refused"
        )


def test_an_endpoint_is_told_or_not_alike_by_itself_and_among_many():
    seen = set()
    for paused, removed, active in itertools.product((None, NOW), (None, NOW), (True, False)):
        partner = make_partner()
        endpoint, _ = make_endpoint(partner, now=NOW)
        Endpoint.objects.filter(pk=endpoint.pk).update(paused_at=paused, removed_at=removed)
        Partner.objects.filter(pk=partner.pk).update(is_active=active)
        told = Endpoint.objects.get(pk=endpoint.pk).is_told
        assert Endpoint.objects.told().filter(pk=endpoint.pk).exists() == told, (paused, removed, active)
        seen.add(told)
    assert seen == {True, False}


def test_a_partner_has_so_many_endpoints_and_no_more(monkeypatch):
    monkeypatch.setattr("newsroom.partners.webhooks.looking_after.MOST_ENDPOINTS", 1)
    partner = make_partner()
    endpoint, _ = make_endpoint(partner, now=NOW)
    assert refused(make_endpoint, partner, now=NOW) == "too_many_endpoints"
    webhooks.remove(endpoint, by=None, now=NOW)
    make_endpoint(partner, now=NOW)


def test_what_is_told_is_typed_like_the_filters_of_the_feed():
    endpoint, _ = make_endpoint(make_partner(), now=NOW, wanted=wanted(kinds=["first"], language="pl"))
    assert endpoint.wanted == {"kinds": ["first"], "language": "pl"}
    for name, value in [
        ("kinds", ["frist"]),
        ("language", "xx"),
        ("source", "A B"),
        ("source", "x" * 81),
        ("colour", "blue"),
    ]:
        assert refused(wanted, **{name: value}) == "parameter_malformed"


def test_an_endpoint_pauses_and_resumes_once():
    endpoint, _ = make_endpoint(make_partner(), now=NOW)
    assert refused(webhooks.resume, endpoint, by=None, now=NOW) == "endpoint_not_paused"
    webhooks.pause(endpoint, by=None, now=NOW)
    for act in (webhooks.pause, webhooks.ping):
        assert refused(act, endpoint, by=None, now=NOW) == "endpoint_paused"
    assert refused(webhooks.resend_since, endpoint, since=NOW, by=None, now=NOW) == "endpoint_paused"
    webhooks.resume(endpoint, by=None, now=NOW)


def test_an_order_to_send_again_is_bounded(monkeypatch):
    monkeypatch.setattr("newsroom.partners.webhooks.looking_after.MOST_RESENT", 1)
    endpoint, _ = make_endpoint(make_partner(), now=NOW)
    for _ in range(2):
        Desk().publish()
    assert make_deliveries(now=NOW) == 2
    later = NOW + timedelta(minutes=1)
    assert refused(webhooks.resend_since, endpoint, since=NOW, by=None, now=later) == "too_many_deliveries"
    Delivery.objects.update(state=Delivery.State.DELIVERED)
    monkeypatch.undo()
    assert webhooks.resend_since(endpoint, since=NOW, by=None, now=later) == 2
    assert set(Delivery.objects.values_list("state", "tries")) == {("waiting", 0)}
