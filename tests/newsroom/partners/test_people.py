"""Who keeps a partner's keys: invited by an administrator, by a letter, to no place at the desk."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from newsroom.accounts.models import User
from newsroom.accounts.roles import Role
from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from newsroom.partners.people import invite_person, remove_person
from tests.making import make_user
from tests.newsroom.accounts.signing import PASSWORD, letters_sent, sign_in

pytestmark = pytest.mark.django_db
ADDRESS = "perla@river.example"


def test_from_invitation_to_the_partners_own_page(partner):
    agnes = make_user(Role.ADMINISTRATOR)
    invite_person(partner, ADDRESS, by=agnes, now=timezone.now(), site="http://testserver")
    letter = letters_sent()[-1].body
    assert "pages for partners" in letter
    assert "desk of" not in letter
    perla = Client()
    form = perla.get(re.search(r"http://testserver(/admin/account/invitation/\S+)", letter)[1], follow=True)
    assert "invited you to the pages for partners" in form.content.decode()
    typed = {"username": "perla", "first_name": "Perla", "last_name": "Wire"}
    perla.post(reverse("invitation_accept"), typed | {"password": PASSWORD, "again": PASSWORD})
    user = User.objects.get(username="perla")
    assert (user.is_staff, user.is_superuser, user.roles) == (False, False, frozenset())
    assert list(partner.people.all()) == [user]
    answer = sign_in(perla, "perla")
    assert answer["Location"] == reverse("partners")
    assert perla.get(reverse("partners"), follow=True).status_code == 200
    assert perla.get(reverse("admin:index"), follow=True).status_code == 403
    acts = set(AuditEvent.objects.values_list("act", flat=True))
    assert {"partner.person_invited", "invitation.sent", "invitation.accepted", "user.entered"} <= acts
    remove_person(partner, user, by=agnes, now=timezone.now())
    assert perla.get(reverse("partners")).status_code == 403
    with pytest.raises(DomainError) as refused:
        remove_person(partner, user, by=agnes, now=timezone.now())
    assert refused.value.code == "not_theirs"


def test_somebody_with_an_account_comes_at_once(partner):
    agnes, perla = make_user(Role.ADMINISTRATOR), User.objects.create(username="perla", email=ADDRESS)
    facts = {"by": agnes, "now": timezone.now(), "site": "http://testserver"}
    assert invite_person(partner, ADDRESS.upper(), **facts) is None
    assert (list(partner.people.all()), letters_sent()) == ([perla], [])
    with pytest.raises(DomainError) as refused:
        invite_person(partner, ADDRESS, **facts)
    assert (refused.value.code, refused.value.place) == ("theirs_already", "email")


@pytest.mark.parametrize("who", [Role.DUTY_EDITOR, None])
def test_only_an_administrator_invites_and_removes(partner, who):
    by = make_user(who) if who else User.objects.create(username="person")
    partner.people.add(by)
    for act in (
        lambda: invite_person(partner, ADDRESS, by=by, now=timezone.now(), site="http://testserver"),
        lambda: remove_person(partner, by, by=by, now=timezone.now()),
    ):
        with pytest.raises(DomainError) as refused:
            act()
        assert refused.value.code == "not_allowed"
