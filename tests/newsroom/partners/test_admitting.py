"""Who is let in: by one query, as what its products open, and with one answer for every key that does not."""

from datetime import timedelta

import pytest
from django.db import OperationalError

from articles.models import Section, Treaty
from newsroom.partners.admitting import admitted
from newsroom.partners.keys import make_key, revoke_key
from newsroom.partners.models import ApiKey, Product, Scope
from tests.making import NOW

pytestmark = pytest.mark.django_db
HERE, HOUR = "192.0.2.1", timedelta(hours=1)
ROOT = "/api/v1/"


def test_a_key_lets_in_by_one_query_with_everything_its_products_open(partner, django_assert_num_queries):
    product = Product.objects.create(
        name="Cut",
        languages=["pl", "en"],
        delay=timedelta(days=2, milliseconds=5),
        media=False,
    )
    partner.products.add(Product.objects.create(name="Early", embargoed=True))
    for slug in ("warsaw", "lisbon"):
        product.treaties.add(Treaty.objects.create(slug=slug, title=slug, parties=["A", "B"]))
    product.sections.add(Section.objects.create(slug="defence", name="Defence"))
    partner.products.add(product)
    key, text = make_key(partner, name="a", by=None, now=NOW, scopes=list(Scope))
    admitted(text, address=HERE, now=NOW)  # Which tells the use.
    with django_assert_num_queries(1):
        reader = admitted(text, address=HERE, now=NOW)
    assert reader.key == key
    assert reader.partner == partner
    assert set(reader.entitlement.products) == set(partner.entitlement.products)
    assert reader.entitlement.reads_embargoed
    plain = make_key(partner, name="b", by=None, now=NOW)[1]
    assert admitted(plain, address=HERE, now=NOW).entitlement == partner.entitlement.without_embargoed()


def test_a_partner_without_products_reads_nothing(partner):
    partner.products.clear()
    _, text = make_key(partner, name="a", by=None, now=NOW)
    assert admitted(text, address=HERE, now=NOW).entitlement.products == ()


def test_every_key_that_does_not_let_in_gets_the_same_answer(partner, clock, client):
    def made(**given):
        return make_key(partner, **{"name": "a", "by": None, "now": NOW, **given})

    good = made()[1]
    revoked, revoked_text = made()
    revoke_key(revoked, by=None, now=NOW)
    refused = {
        "of nobody": "nrk_aaaaaaaa.bbbbbbbb",
        "half": good[:-1],
        "another's secret": good.partition(".")[0] + "." + revoked_text.partition(".")[2],
        "revoked": revoked_text,
        "expired": made(expires_at=NOW + HOUR)[1],
        "used from elsewhere": made(allowed_from=["198.51.100.0/24"])[1],
        "long": "nrk_" + "x" * 10_000,
        "empty": "",
        "no letters": "nrk_\x7f.ą",
    }
    answers = {}
    for name, text in refused.items():
        answer = client.get(ROOT, headers={"authorization": f"Bearer {text}"})
        assert (name, answer.status_code, answer.json()["code"]) == (name, 401, "key_refused")
        assert answer["WWW-Authenticate"] == 'Bearer realm="api"'
        assert answer["Content-Type"] == "application/problem+json"
        answers[name] = answer.content
    assert len(set(answers.values())) == 1
    assert client.get(ROOT, headers={"authorization": f"Bearer {good}"}).status_code == 200
    assert client.get(ROOT, headers={"authorization": f"Basic {good}"}).status_code == 401
    partner.is_active = False
    partner.save()
    assert client.get(ROOT, headers={"authorization": f"Bearer {good}"}).content == answers["of nobody"]


def test_where_a_key_is_used_from_is_told_by_our_own_proxies_alone(partner, clock, client, settings):
    _, text = make_key(partner, name="a", by=None, now=NOW, allowed_from=["198.51.100.0/24"])
    headers = {"authorization": f"Bearer {text}", "x-forwarded-for": "198.51.100.9"}
    assert client.get(ROOT, headers=headers).status_code == 401
    settings.NEWSROOM_PROXIES = 1
    assert client.get(ROOT, headers=headers).status_code == 200
    forged = headers | {"x-forwarded-for": "198.51.100.9, 203.0.113.5"}
    assert client.get(ROOT, headers=forged).status_code == 401


def test_when_a_key_was_last_used_is_told_to_the_minute(partner, clock, django_assert_num_queries):
    key, text = make_key(partner, name="a", by=None, now=NOW)
    events = ApiKey.pgh_event_model.objects.all()
    for seconds, told in [(0, 0), (59, 0), (60, 60), (61, 60), (200, 200)]:
        admitted(text, address=HERE, now=NOW + timedelta(seconds=seconds))
        key.refresh_from_db()
        assert key.last_used_at == NOW + timedelta(seconds=told)
    assert events.count() == 1


@pytest.mark.parametrize(
    ("scopes", "asked", "status", "code"),
    [
        (["read"], "read", 200, None),
        (["read"], "bulk", 403, "scope_missing"),
        (["bulk"], "read", 403, "scope_missing"),
        (["read", "bulk"], "bulk", 200, None),
        (None, "read", 200, None),
        (None, "bulk", 401, "not_authenticated"),
        (None, "confirm", 401, "not_authenticated"),
    ],
)
def test_a_key_is_good_for_what_it_is_for(partner, clock, client, monkeypatch, scopes, asked, status, code):
    monkeypatch.setattr("articles.api.views.Root.scope", asked)
    headers = {}
    if scopes:
        headers["authorization"] = f"Bearer {make_key(partner, name='a', by=None, now=NOW, scopes=scopes)[1]}"
    answer = client.get(ROOT, headers=headers)
    assert (answer.status_code, answer.json().get("code")) == (status, code)


def test_reading_without_a_key_can_be_turned_off(reader, clock, client, settings):
    settings.NEWSROOM_ANONYMOUS_API = False
    answer = client.get(ROOT)
    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
    assert "WWW-Authenticate" in answer
    assert reader.get(ROOT).status_code == 200


@pytest.mark.parametrize("path", [ROOT, f"{ROOT}export/", f"{ROOT}confirmations/"])
def test_a_browser_asks_before_it_sends_a_key(path, db, clock, client, settings):
    settings.NEWSROOM_ANONYMOUS_API, settings.NEWSROOM_ANONYMOUS_RATE = False, 60
    asked = {"origin": "https://a.example", "access-control-request-method": "GET"}
    answer = client.options(path, headers=asked)
    assert answer.status_code == 204
    assert "Authorization" in answer["Access-Control-Allow-Headers"]
    assert "r=59;" in answer["RateLimit"]


def test_while_the_database_is_down_a_key_waits_for_it_once_and_is_told_to_come_back(reader, monkeypatch):
    asked = []

    def down(*_, **__):
        asked.append(1)
        raise OperationalError("down")

    monkeypatch.setattr("newsroom.partners.admitting.admitted", down)
    answer = reader.get(ROOT)
    assert (answer.status_code, answer["Retry-After"], len(asked)) == (503, "5", 1)


def test_what_cannot_be_noted_is_answered_all_the_same_and_logged(reader, clock, monkeypatch, caplog):
    def down(*_, **__):
        raise OperationalError("down")

    monkeypatch.setattr("newsroom.partners.admitting.note", down)
    assert reader.get(ROOT).status_code == 200
    assert "is not noted" in caplog.text
