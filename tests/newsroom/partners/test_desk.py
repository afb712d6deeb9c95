"""The desk's pages of partners: for administrators, each act on record."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Section, Treaty
from newsroom.accounts.models import Invitation, User
from newsroom.accounts.roles import Role
from newsroom.audit.models import AuditEvent
from newsroom.partners import webhooks
from newsroom.partners.admin.pages import PAGES
from newsroom.partners.keys import make_key, revoke_key
from newsroom.partners.models import ApiKey, Fetch, Partner, Product
from newsroom.partners.usage import add
from tests.making import NOW, Desk, make_user
from tests.newsroom.partners.making import make_endpoint

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def agnes():
    client = Client()
    client.force_login(make_user(Role.ADMINISTRATOR, username="agnes"))
    return client


def page(name: str, pk: int, model: str = "partner") -> str:
    return reverse(f"admin:partners_{model}_{name}", args=[pk])


def secret_on(answer) -> str:
    return re.search(r'class="desk-secret"[^>]* value="([^"]+)"', answer.content.decode())[1]


def test_an_administrator_enters_a_product_and_a_partner(agnes):
    treaty = Treaty.objects.create(slug="warsaw", title="Treaty of Warsaw", parties=["A", "B"])
    section = Section.objects.create(slug="defence", name="Defence")
    typed = {"name": "Treaties", "treaties": [treaty.pk], "sections": [section.pk], "languages": ["en"]}
    typed |= {"delay": "24", "media": "on", "terms": "Name us."}
    # Text before its moment with what sets it right held back: no such product.
    refused = agnes.post(reverse("admin:partners_product_add"), typed | {"embargoed": "on"})
    assert (refused.status_code, Product.objects.count()) == (200, 0)
    assert "before their moment, or after a delay" in refused.content.decode()
    assert agnes.post(reverse("admin:partners_product_add"), typed).status_code == 302
    product = Product.objects.get()
    assert (product.languages, product.delay, list(product.treaties.all())) == (
        ["en"],
        timedelta(1),
        [treaty],
    )
    typed = {"name": "River Wire", "mail": "desk@river.example", "is_active": "on", "products": [product.pk]}
    assert agnes.post(reverse("admin:partners_partner_add"), typed | {"rate": "30"}).status_code == 200
    assert agnes.post(reverse("admin:partners_partner_add"), typed | {"rate": "90"}).status_code == 302
    partner = Partner.objects.get()
    assert (partner.rate, list(partner.products.all())) == (90, [product])
    acts = set(AuditEvent.objects.values_list("act", flat=True))
    assert {"product.entered", "product.changed", "partner.entered", "partner.changed"} <= acts
    assert agnes.get(page("change", partner.pk)).status_code == 200


def test_an_administrator_makes_exchanges_and_revokes_keys(agnes, partner):
    made = agnes.post(page("keys", partner.pk), {"act": "make_key", "name": "a", "scopes": ["read"]})
    key = ApiKey.objects.get()
    assert key.is_made_of(secret_on(made))
    assert "desk-secret" not in agnes.get(page("keys", partner.pk)).content.decode()
    own = page("change", key.pk, "apikey")
    exchanged = agnes.post(own, {"act": "rotate_key", "overlap": "1"})
    assert ApiKey.objects.exclude(pk=key.pk).get().is_made_of(secret_on(exchanged))
    agnes.post(own, {"act": "revoke_key"})
    key.refresh_from_db()
    assert key.revoked_at
    listed = agnes.get(reverse("admin:partners_apikey_changelist")).content.decode()
    assert key.prefix in listed
    assert key.hashed_key not in listed + agnes.get(own).content.decode()
    told = AuditEvent.objects.filter(act__startswith="apikey.").values_list("act", "by__username")
    assert set(told) == {(f"apikey.{act}", "agnes") for act in ("made", "rotated", "revoked")}


def test_an_administrator_invites_somebody_and_takes_them_off(agnes, partner):
    url = page("people", partner.pk)
    agnes.post(url, {"act": "invite_person", "email": "perla@river.example"})
    invitation = Invitation.objects.get()
    assert (invitation.at_desk, invitation.to_partner.partner) == (False, partner)
    assert "perla@river.example" in agnes.get(url).content.decode()
    person = make_user(username="perla")
    partner.people.add(person)
    agnes.post(url, {"act": "remove_person", "place": person.public_id})
    assert not partner.people.exists()


def test_who_is_none_of_the_partners_people_is_taken_off_by_nobody_and_takes_nobody_off(agnes, partner):
    partner.people.add(agnes_herself := User.objects.get(username="agnes"))
    for place in ("", "0123456789ab", make_user().public_id):
        answer = agnes.post(page("people", partner.pk), {"act": "remove_person", "place": place})
        assert 'data-code="not_theirs"' in answer.content.decode(), place
    assert list(partner.people.all()) == [agnes_herself]


def test_the_delay_of_a_product_is_typed_in_whole_hours(agnes):
    url = reverse("admin:partners_product_add")
    for typed in ("", "-1", "1.5", "1 00:00:00", "87601", "9" * 40):
        assert agnes.post(url, {"name": "Late", "delay": typed}).status_code == 200, typed
    assert agnes.post(url, {"name": "Late", "delay": "1"}).status_code == 302
    product = Product.objects.get()
    assert product.delay == timedelta(hours=1)
    # Saved unread, what was no whole number of hours opens nothing earlier.
    Product.objects.update(delay=timedelta(minutes=90))
    shown = agnes.get(page("change", product.pk, "product")).content.decode()
    assert 'value="2"' in re.search(r'<input[^>]* name="delay"[^>]*>', shown)[0]


def test_of_what_ended_and_of_people_pages_list_so_many_and_no_more(agnes, partner, monkeypatch):
    for bound in (
        "pages.keys.MOST_ENDED",
        "admin.pages.MOST_ENDED",
        "admin.pages.MOST_PEOPLE",
        "pages.webhooks.MOST_REMOVED",
    ):
        monkeypatch.setattr(f"newsroom.partners.{bound}", 1)
    partner.people.add(User.objects.get(username="agnes"), make_user())
    make_key(partner, name="in use", by=None, now=NOW)
    for number in range(2):
        now = NOW + timedelta(minutes=number)
        revoke_key(make_key(partner, name=f"ended {number}", by=None, now=now)[0], by=None, now=now)
        webhooks.remove(make_endpoint(partner, name=f"ended {number}", now=now)[0], by=None, now=now)
        typed = {"act": "invite_person", "email": f"ended.{number}@river.example"}
        agnes.post(page("people", partner.pk), typed)
    own = [reverse(f"partner-{name}", args=[partner.public_id]) for name in ("keys", "webhooks")]
    for url in [page("keys", partner.pk), page("people", partner.pk), *own]:
        shown = agnes.get(url).content.decode()
        assert [bool(re.search(f"ended.{number}", shown)) for number in range(2)] == [False, True], url
        assert "people" not in url or shown.count('data-act="remove_person"') == 1


def test_what_was_used_and_fetched_is_told(agnes, partner):
    key, _ = make_key(partner, name="website", by=None, now=NOW)
    usage = agnes.get(page("usage", partner.pk)).content.decode()
    assert ("No request was made in the last 30 days." in usage, "<table" in usage) == (True, False)
    add(key.pk, NOW.date(), cost=1_234, sent=2048)
    editions = [(desk := Desk()).publish()]
    Fetch.objects.create(partner=partner, edition=editions[0], first_at=NOW, last_at=NOW, times=3)
    usage = agnes.get(page("usage", partner.pk)).content.decode()
    assert "1,234" in usage
    assert usage.count("<rect ") >= 30
    fetched = agnes.get(page("fetches", partner.pk)).content.decode()
    assert desk.article.slug in fetched
    assert agnes.get(page("fetches", partner.pk) + "?after=x").status_code == 404
    assert agnes.get(reverse("admin:partners_usage_changelist")).status_code == 200


def test_the_log_of_fetches_goes_on_where_a_page_ends(agnes, partner, monkeypatch):
    monkeypatch.setattr("newsroom.partners.admin.pages.ROWS", 1)
    desk = Desk()
    first = desk.publish()
    desk.save(headline="Another headline of it")
    for number, edition in enumerate((first, desk.publish(now=NOW + timedelta(hours=1)))):
        Fetch.objects.create(partner=partner, edition=edition, first_at=NOW, last_at=NOW, times=number + 70)
    url, seen = page("fetches", partner.pk), []
    for _ in range(2):
        html = agnes.get(url).content.decode()
        seen += re.findall(r"<td>(7\d)</td>", html)
        further = re.search(r'href="(\?after=[^"]+)"', html)
        url = page("fetches", partner.pk) + (further[1] if further else "")
    assert (seen, further) == (["71", "70"], None)


def test_nobody_else_at_the_desk_opens_them(partner):
    key, _ = make_key(partner, name="a", by=None, now=NOW)
    for role in (Role.REPORTER, Role.DUTY_EDITOR):
        client = Client()
        client.force_login(make_user(role))
        urls = [of_partner.address(partner.pk) for of_partner in PAGES] + [page("change", key.pk, "apikey")]
        for url in urls:
            assert (url, client.get(url).status_code) == (url, 403)
            for act in ("make_key", "revoke_key", "rotate_key", "invite_person"):
                assert (url, client.post(url, {"act": act}).status_code) == (url, 403)
    key.refresh_from_db()
    assert key.is_usable(NOW)
