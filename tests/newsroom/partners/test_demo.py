"""The demo's partners: loaded once however often it is asked, with keys that let in and are told each time."""

from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import Client, RequestFactory

from articles.demo.people import PASSWORD, hire
from newsroom.partners.demo import PERSON, PLANS, key_text
from newsroom.partners.keys import revoke_key
from newsroom.partners.models import ApiKey, Partner
from tests.making import NOW

pytestmark = pytest.mark.django_db


def printed() -> str:
    out = StringIO()
    call_command("load_demo_partners", stdout=out)
    return out.getvalue()


def test_keys_are_told_each_time_and_let_in_as_their_product_says(clock):
    hire(now=NOW)
    first = printed()
    assert printed() == first
    assert (Partner.objects.count(), ApiKey.objects.count()) == (2, 2)
    for plan in PLANS:
        text = key_text(plan.name)
        assert text in first
        answer = Client(headers={"authorization": f"Bearer {text}"}).get("/api/v1/")
        assert answer.status_code == 200
    person = authenticate(RequestFactory().get("/"), username=PERSON, password=PASSWORD)
    assert (person.is_staff, person.partners.get().name) == (False, PLANS[0].name)
    revoke_key(Partner.objects.get(name=PLANS[0].name).keys.get(), by=None, now=NOW)
    assert key_text(PLANS[0].name) not in printed()


def test_it_is_refused_in_production(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="not for production"):
        printed()
