"""Keys: made, exchanged and ended by a partner's own people or an administrator, each time on record."""

from datetime import timedelta
from itertools import product

import pytest

from newsroom.accounts.models import User
from newsroom.accounts.roles import Role
from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from newsroom.partners import keys
from newsroom.partners.keys import make_key, revoke_key, rotate_key
from newsroom.partners.models import ApiKey, Partner, Scope
from newsroom.partners.networks import is_within, networks_in
from tests.making import NOW, make_user

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def person(partner):
    """Somebody of the partner's, who has no place at the desk."""
    person = User.objects.create(username="person", is_staff=False)
    partner.people.add(person)
    return person


def told():
    return list(AuditEvent.objects.order_by("pk").values_list("act", "by__username"))


def test_the_text_of_a_key_is_told_once_and_kept_as_a_digest(partner, person):
    key, text = make_key(partner, name=" the  site ", by=person, now=NOW, allowed_from=["192.0.2.7", "::/64"])
    assert text.startswith(f"{key.prefix}.")
    assert key.prefix.startswith("nrk_")
    kept = ApiKey.objects.get()
    assert (kept.name, kept.scopes, kept.allowed_from) == ("the site", ["read"], ["192.0.2.7/32", "::/64"])
    assert not any(text.partition(".")[2] in str(value) for value in vars(kept).values())
    assert kept.is_made_of(text)
    assert told() == [("apikey.made", "person")]


def test_an_exchanged_key_lets_in_for_a_while_beside_the_one_that_takes_its_place(partner, person):
    key, _ = make_key(
        partner, name="a", by=person, now=NOW, scopes=list(Scope), allowed_from=["10.0.0.0/8"],
        expires_at=NOW + 30 * DAY,
    )  # fmt: skip
    made, text = rotate_key(key, by=person, now=NOW + DAY, overlap=2 * DAY)
    assert (made.name, made.scopes, made.allowed_from) == ("a", key.scopes, ["10.0.0.0/8"])
    assert made.expires_at == NOW + 31 * DAY
    assert made.is_made_of(text)
    key.refresh_from_db()
    assert [key.is_usable(NOW + days * DAY) for days in (2, 3)] == [True, False]
    # One that ends sooner by itself is not prolonged.
    short, _ = make_key(partner, name="b", by=person, now=NOW, expires_at=NOW + DAY)
    rotate_key(short, by=person, now=NOW, overlap=7 * DAY)
    short.refresh_from_db()
    assert short.expires_at == NOW + DAY
    assert told()[1] == ("apikey.rotated", "person")


def test_a_revoked_key_ends_at_once_and_stays_on_record(partner, person):
    key, text = make_key(partner, name="a", by=person, now=NOW)
    revoke_key(key, by=person, now=NOW + DAY)
    key = ApiKey.objects.get()
    assert [key.is_usable(NOW + DAY - timedelta(microseconds=1)), key.is_usable(NOW + DAY)] == [True, False]
    assert key.is_made_of(text)
    assert told()[-1] == ("apikey.revoked", "person")
    for act in (revoke_key, rotate_key):
        with pytest.raises(DomainError):
            act(key, by=person, now=NOW + DAY)


def test_only_the_partners_own_people_and_administrators_may(partner, person):
    other = Partner.objects.create(name="Other", mail="x@other.example")
    stranger = User.objects.create(username="stranger")
    other.people.add(stranger)
    off = User.objects.create(username="off", is_active=False)
    partner.people.add(off)
    may = {person, make_user(Role.ADMINISTRATOR)}
    for user in {stranger, off, make_user(Role.DUTY_EDITOR), User.objects.create_superuser("root"), *may}:
        for act in (
            lambda by: make_key(partner, name="b", by=by, now=NOW),
            lambda by: rotate_key(make_key(partner, name="a", by=None, now=NOW)[0], by=by, now=NOW),
            lambda by: revoke_key(make_key(partner, name="c", by=None, now=NOW)[0], by=by, now=NOW),
        ):
            if user in may:
                act(user)
                continue
            with pytest.raises(DomainError) as refused:
                act(user)
            assert (refused.value.code, user) == ("not_allowed", user)
    partner.is_active = False
    partner.save()
    with pytest.raises(DomainError, match="act for"):
        make_key(partner, name="b", by=person, now=NOW)


@pytest.mark.parametrize(
    ("given", "code", "place"),
    [
        ({"name": " "}, "name_missing", "name"),
        ({"name": "x" * 51}, "text_too_long", "name"),
        ({"name": "a\x00"}, "text_unreadable", "name"),
        ({"scopes": []}, "scope_unknown", "scopes"),
        ({"scopes": ["read", "write"]}, "scope_unknown", "scopes"),
        ({"expires_at": NOW}, "moment_passed", "expires_at"),
        ({"allowed_from": ["192.0.2.1/24"]}, "network_malformed", "allowed_from"),
        ({"allowed_from": ["here"]}, "network_malformed", "allowed_from"),
        ({"allowed_from": [f"192.0.2.{n}" for n in range(21)]}, "too_many_networks", "allowed_from"),
    ],
)
def test_what_no_key_can_be_is_refused_at_its_place(partner, given, code, place):
    with pytest.raises(DomainError) as refused:
        make_key(partner, by=None, now=NOW, **{"name": "a"} | given)
    assert (refused.value.code, refused.value.place) == (code, place)
    assert not ApiKey.objects.exists()


def test_keys_in_use_are_bounded_and_ended_ones_do_not_count(partner, monkeypatch):
    monkeypatch.setattr(keys, "MOST_KEYS", 2)
    first, _ = make_key(partner, name="a", by=None, now=NOW)
    make_key(partner, name="b", by=None, now=NOW, expires_at=NOW + DAY)
    with pytest.raises(DomainError) as refused:
        make_key(partner, name="c", by=None, now=NOW)
    assert refused.value.code == "too_many_keys"
    make_key(partner, name="c", by=None, now=NOW + DAY)
    revoke_key(first, by=None, now=NOW)
    make_key(partner, name="d", by=None, now=NOW + DAY)
    with pytest.raises(DomainError) as refused:
        rotate_key(first, by=None, now=NOW, overlap=31 * DAY)
    assert refused.value.code == "key_ended"


def test_a_key_lets_in_or_not_alike_by_itself_and_among_many(partner):
    moments = (None, NOW - DAY, NOW, NOW + DAY)
    key, _ = make_key(partner, name="a", by=None, now=NOW)
    for revoked, expires in product(moments, moments):
        ApiKey.objects.update(revoked_at=revoked, expires_at=expires)
        usable = {moment in (None, NOW + DAY) for moment in (revoked, expires)} == {True}
        among_many = [bool(keys) for keys in (partner.keys.usable(NOW), partner.keys.ended(NOW))]
        key.refresh_from_db()
        assert [key.is_usable(NOW), *among_many] == [usable, usable, not usable], (revoked, expires)


def test_a_key_is_exchanged_once_and_no_exchange_goes_past_the_bound(partner, monkeypatch):
    monkeypatch.setattr(keys, "MOST_KEYS", 3)
    first, _ = make_key(partner, name="a", by=None, now=NOW)
    second, _ = rotate_key(first, by=None, now=NOW)
    make_key(partner, name="b", by=None, now=NOW)
    for key, code in [(first, "exchanged_already"), (second, "too_many_keys")]:
        with pytest.raises(DomainError) as refused:
            rotate_key(key, by=None, now=NOW)
        assert refused.value.code == code
    assert ApiKey.objects.count() == 3


def test_an_overlap_has_an_end(partner):
    key, _ = make_key(partner, name="a", by=None, now=NOW)
    for overlap in (31 * DAY, -DAY):
        with pytest.raises(DomainError) as refused:
            rotate_key(key, by=None, now=NOW, overlap=overlap)
        assert (refused.value.code, refused.value.place) == ("overlap_too_long", "overlap")


@pytest.mark.parametrize(
    ("address", "networks", "within"),
    [
        ("192.0.2.9", [], True),
        ("192.0.2.9", ["192.0.2.0/24"], True),
        ("::ffff:192.0.2.9", ["192.0.2.0/24"], True),
        ("198.51.100.1", ["192.0.2.0/24", "198.51.100.1/32"], True),
        ("198.51.100.2", ["192.0.2.0/24", "198.51.100.1/32"], False),
        ("2001:db8::1", ["2001:db8::/48"], True),
        ("2001:db8:1::1", ["2001:db8::/48"], False),
        ("2001:db8::1", ["0.0.0.0/0"], False),
    ],
)
def test_an_address_is_within_a_network_of_its_own_kind(address, networks, within):
    assert is_within(address, networks_in(networks)) == within
