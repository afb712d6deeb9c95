"""A partner, and somebody who reads with its key at noon."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from newsroom.partners import counting
from newsroom.partners.keys import make_key
from newsroom.partners.models import Partner, Product, Scope
from tests.making import NOW


@pytest.fixture(autouse=True)
def _nothing_held():
    """No process of another test holds units of this one's."""
    counting.forget()


@pytest.fixture
def clock():
    with time_machine.travel(NOW + timedelta(hours=1), tick=False) as traveller:
        yield traveller


@pytest.fixture
def partner(db):
    partner = Partner.objects.create(name="River Wire", mail="desk@river.example")
    partner.products.add(Product.objects.create(name="Everything", terms="Name us."))
    return partner


@pytest.fixture
def key(partner):
    """A key for everything, and its text."""
    return make_key(partner, name="first", by=None, now=NOW, scopes=list(Scope))


@pytest.fixture
def reader(key):
    """A client that sends the key."""
    return Client(headers={"authorization": f"Bearer {key[1]}"})
