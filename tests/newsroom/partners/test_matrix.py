"""Every address of the API, for every kind of reader, in every state of an article.

The addresses are those of ``articles.rules.surfaces``, which a test holds against the router: a new one is asked here
without anybody adding it. An article that a reader is not entitled to is to them as if it had never been.
"""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from articles.models import Treaty
from articles.rules.after_publication import Shows
from articles.rules.surfaces import SURFACES, Part
from newsroom.partners.keys import make_key
from newsroom.partners.models import ApiKey, Partner, Product, Scope
from tests.articles.after_publication.story import GONE, MARKS, Story, in_state
from tests.articles.after_publication.test_surfaces import OF_ADDRESSES, addresses
from tests.making import NOW

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
# What a reader's product is cut by, and whether the story is theirs.
READERS = {
    "anybody": (None, True),
    "everything": ({}, True),
    "its treaty": ({"treaties": ["nowhere"]}, True),
    "its section and language": ({"sections": ["world"], "languages": ["en"]}, True),
    "its treaty, soon": ({"treaties": ["nowhere"], "delay": timedelta(minutes=20)}, True),
    "its treaty, without pictures, before its moment": (
        {"treaties": ["nowhere"], "media": False, "embargoed": True},
        True,
    ),
    "another treaty": ({"treaties": ["elsewhere"]}, False),
    "another language": ({"treaties": ["nowhere"], "languages": ["pl"]}, False),
    "everything, much later": ({"delay": DAY}, False),
    "nothing": (..., False),
}
OF_WHAT_WAITS = {"api-embargoed", "api-embargoed-changed"}
API = {name: states for name, states in SURFACES.items() if name.startswith("api-")}


def key_of(name: str, cut, story, scopes=tuple(Scope.values)) -> str | None:
    """A key of a partner with a product cut like this; ``...``: without any."""
    if cut is None:
        return None
    partner = Partner.objects.create(name=name, mail="desk@wire.example")
    if cut is not ...:
        subjects = {kind: cut[kind] for kind in ("treaties", "sections") if kind in cut}
        product = Product.objects.create(
            name=name, **{field: value for field, value in cut.items() if field not in subjects}
        )
        partner.products.add(product)
        for kind, slugs in subjects.items():
            field = getattr(product, kind)
            field.set(field.model.objects.filter(slug__in=slugs))
    return make_key(partner, name="a key", by=None, now=NOW, scopes=list(scopes))[1]


def seen(url: str, key: str | None):
    """The status, and the parts of the story found in the answer."""
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    answer = Client().get(url, headers=headers)
    body = answer.content
    text = f"{answer.headers}{body.decode()}"
    return answer.status_code, {part for part, mark in MARKS.items() if mark in text} - {Part.ADDRESS}


@pytest.mark.parametrize("state", list(Shows))
def test_every_address_shows_each_reader_what_they_are_entitled_to(state):
    assert not OF_ADDRESSES & API.keys()
    story = in_state(state)
    Treaty.objects.create(slug="elsewhere", title="Treaty of Elsewhere")
    keys = {name: key_of(name, cut, story) for name, (cut, _) in READERS.items()}
    asked = {name: url for name, url in addresses(story).items() if name in API}
    wrong = {}
    with time_machine.travel(GONE + timedelta(seconds=1), tick=False):
        for reader, (_, is_theirs) in READERS.items():
            for name, url in asked.items():
                status, parts = API[name][state if is_theirs else Shows.NOTHING]
                if name in OF_WHAT_WAITS and "before its moment" in reader:
                    status = 200  # Nothing waits; to all others there is no such list.
                found = seen(url, keys[reader])
                if found != (status, set(parts)):
                    wrong[reader, name] = found, (status, set(parts))
    assert wrong == {}


def test_what_waits_is_seen_by_whom_it_is_open_to_at_its_own_addresses_and_nowhere_else():
    story = Story()
    story.publish(at=NOW + DAY, embargoed=True)
    Treaty.objects.create(slug="elsewhere", title="Treaty of Elsewhere")
    keys = {name: key_of(name, cut, story) for name, (cut, _) in READERS.items()}
    keys["a key for reading alone"] = key_of("a key for reading alone", {"embargoed": True}, story, ["read"])
    keys["another treaty, before its moment"] = key_of(
        "another treaty, before its moment", {"treaties": ["elsewhere"], "embargoed": True}, story
    )
    asked = {name: url for name, url in addresses(story).items() if name in API}
    with time_machine.travel(NOW + DAY - timedelta(seconds=1), tick=False):
        found = {
            (reader, name) for reader, key in keys.items() for name, url in asked.items() if seen(url, key)[1]
        }
    reader = "its treaty, without pictures, before its moment"
    assert found == {(reader, "api-embargoed"), (reader, "api-embargoed-edition")}


def test_no_address_lets_in_a_key_that_was_made_up_or_has_ended():
    story = in_state(Shows.TEXT)
    keys = {name: key_of(name, {}, story) for name in ("expired", "revoked", "not active", "good")}
    ends = {
        "expired": {"expires_at": NOW},
        "revoked": {"revoked_at": NOW},
    }
    for name, fields in ends.items():
        ApiKey.objects.filter(partner__name=name).update(**fields)
    Partner.objects.filter(name="not active").update(is_active=False)
    prefix = keys["good"].partition(".")[0]
    made_up = [f"{prefix}.", f"{prefix}.{'x' * 32}", "nrk_", "x" * 300, keys["good"][:-1]]
    with time_machine.travel(GONE + timedelta(seconds=1), tick=False):
        for url in [url for name, url in addresses(story).items() if name in API]:
            assert seen(url, keys["good"])[0] != 401, url
            for key in [*[keys[name] for name in ("expired", "revoked", "not active")], *made_up]:
                status, parts = seen(url, key)
                assert (status, parts) == (401, set()), (url, key)
