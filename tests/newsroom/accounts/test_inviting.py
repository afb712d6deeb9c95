"""Invitations: a letter, a link that is good once, an account that is made to set up a second factor."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from newsroom.accounts import inviting
from newsroom.accounts.models import Invitation, User
from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from tests.articles.admin.pages import press_on, refusals_on, signed_in
from tests.making import make_user
from tests.newsroom.accounts.signing import PASSWORD, letters_sent, person, sign_in

pytestmark = pytest.mark.django_db

ADDRESS = "ada@press.example"
TYPED = {
    "username": "ada",
    "first_name": "Ada",
    "last_name": "Sample",
    "password": PASSWORD,
    "again": PASSWORD,
}


@pytest.fixture
def agnes():
    return make_user("administrator")


def invited(agnes, **changed) -> Invitation:
    facts = {"email": ADDRESS, "roles": ["reporter"], "by": agnes, "now": timezone.now()} | changed
    return inviting.invite(site="http://testserver", **facts)


def link_in_latest_letter() -> str:
    return re.search(r"http://testserver(/admin/account/invitation/\S+)", letters_sent()[-1].body)[1]


def test_from_invitation_to_the_page_that_sets_up_a_second_factor(agnes, settings):
    page = signed_in(agnes)
    answer = press_on(
        page, reverse("admin:accounts_invitation_add"), "invite", email=ADDRESS, roles=["reporter", "editor"]
    )
    assert answer.redirect_chain
    assert not User.objects.filter(email=ADDRESS).exists()
    link = link_in_latest_letter()
    key = link.rstrip("/").rpartition("/")[2]
    assert key not in str(list(Invitation.objects.values())) + str(list(ProcrastinateJob.objects.values()))
    ada = Client()
    form = ada.get(link, follow=True)
    assert key not in form.redirect_chain[-1][0]
    answer = ada.post(reverse("invitation_accept"), TYPED)
    assert answer["Location"] == reverse("account_login")
    user = User.objects.get(email=ADDRESS)
    assert (user.is_staff, user.roles) == (True, {"reporter", "editor"})
    settings.NEWSROOM_SECOND_FACTOR = True
    sign_in(ada, ADDRESS)
    assert ada.get("/admin/")["Location"] == reverse("mfa_index")
    told = list(AuditEvent.objects.order_by("pk").values_list("act", flat=True))
    assert told == ["invitation.sent", "invitation.accepted", "user.entered", "user.signed_in"]
    assert key not in str(list(AuditEvent.objects.values()))


@pytest.mark.parametrize("how", ["used", "withdrawn", "expired", "sent again", "wrong", "short"])
def test_a_link_that_is_not_good_says_so(agnes, how, time_machine):
    invitation = invited(agnes)
    link = link_in_latest_letter()
    if how == "used":
        first = Client()
        first.get(link)
        first.post(reverse("invitation_accept"), TYPED)
    elif how == "withdrawn":
        inviting.withdraw(invitation, by=agnes, now=timezone.now())
    elif how == "expired":
        time_machine.move_to(timezone.now() + timedelta(days=3))
    elif how == "sent again":
        inviting.send_again(invitation, by=agnes, now=timezone.now(), site="http://testserver")
    elif how == "wrong":
        link = link[:-5] + "aaaa/"
    else:
        link = "/admin/account/invitation/x%00y/"
    late = Client()
    answer = late.get(link, follow=True)
    assert answer.status_code == 410
    known = how in ("used", "withdrawn", "expired")
    assert refusals_on(answer.content.decode()) == {"invitation_closed" if known else "invitation_unknown"}
    assert late.post(reverse("invitation_accept"), TYPED | {"username": "other"}).status_code == 410
    assert User.objects.filter(email=ADDRESS).count() == (how == "used")


def test_sent_again_the_new_link_works(agnes):
    invitation = invited(agnes)
    inviting.send_again(invitation, by=agnes, now=timezone.now(), site="http://testserver")
    client = Client()
    assert client.get(link_in_latest_letter(), follow=True).status_code == 200


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"email": "TAKEN@press.example"}, "email_taken"),
        ({"email": "WAITING@press.example"}, "already_invited"),
        ({"roles": []}, "no_role"),
        ({"roles": ["king"]}, "no_role"),
        ({"by": "editor"}, "not_allowed"),
    ],
)
def test_what_inviting_refuses(agnes, changed, code):
    person("reporter", username="taken", email="taken@press.example")
    invited(agnes, email="waiting@press.example")
    if "by" in changed:
        changed = {"by": make_user(changed["by"])}
    with pytest.raises(DomainError) as refused:
        invited(agnes, **changed)
    assert refused.value.code == code
    assert Invitation.objects.count() == 1


def test_an_address_whose_invitation_is_over_can_be_invited_anew(agnes):
    old = invited(agnes, now=timezone.now() - timedelta(days=4))
    invited(agnes)
    old.refresh_from_db()
    assert old.state(timezone.now()) == "withdrawn"


@pytest.mark.parametrize(
    "changed",
    [
        {"username": "TAKEN"},
        {"username": "a b\x00"},
        {"username": "x" * 151},
        {"password": "short", "again": "short"},
        {"password": "sample-ada", "again": "sample-ada"},
        {"again": "something else"},
        {"first_name": "x" * 151},
        {"first_name": ""},
    ],
)
def test_an_account_is_not_made_of_bad_input(agnes, changed):
    make_user(username="taken")
    invited(agnes)
    client = Client()
    client.get(link_in_latest_letter())
    answer = client.post(reverse("invitation_accept"), TYPED | changed)
    assert answer.status_code == 200
    assert "desk-error" in answer.content.decode()
    assert not User.objects.filter(email=ADDRESS).exists()


@pytest.mark.parametrize("typed", [{"email": "a\x00@b.example"}, {"email": "x" * 300 + "@b.example"}, {}])
def test_hostile_addresses_are_refused_on_the_page(agnes, typed):
    answer = press_on(signed_in(agnes), reverse("admin:accounts_invitation_add"), "invite", **typed)
    assert answer.status_code == 200
    assert not Invitation.objects.exists()


def test_the_page_of_a_person_shows_and_ends_what_is_open(agnes):
    ada = person("reporter", username="ada")
    client = Client()
    sign_in(client, "ada", headers={"User-Agent": "Ada’s own"})
    for _ in range(5):
        sign_in(Client(), "ada", "wrong")
    desk, url = signed_in(agnes), reverse("admin:accounts_user_signing_in", args=[ada.pk])
    html = desk.get(url).content.decode()
    assert "127.0.0.1, for guessing" in html
    press_on(desk, url, "unlock")
    press_on(desk, url, "end_sessions")
    assert client.get("/admin/").status_code == 302
    assert sign_in(Client(), "ada").status_code == 302
    assert signed_in(ada).get(url).status_code == 403


def test_who_is_put_out_of_the_desk_is_signed_out_for_good(agnes):
    ada = person("reporter", username="ada")
    client = Client()
    sign_in(client, "ada")
    facts = {"username": "ada", "first_name": "", "last_name": "", "email": "", "groups": []}
    url = reverse("admin:accounts_user_change", args=[ada.pk])
    desk = signed_in(agnes)
    assert desk.post(url, facts).status_code == 302
    assert desk.post(url, facts | {"is_active": "on", "is_staff": "on"}).status_code == 302
    ada.refresh_from_db()
    assert ada.is_active
    assert client.get("/admin/").status_code == 302


def test_nobody_is_added_but_by_invitation(agnes):
    assert signed_in(agnes).get(reverse("admin:accounts_user_add")).status_code == 403
    assert reverse("admin:accounts_user_add") not in (
        signed_in(agnes).get(reverse("admin:accounts_user_changelist")).content.decode()
    )


def test_a_password_that_an_administrator_gave_is_in_the_log_and_nowhere_else(agnes):
    ada = person("reporter", username="ada")
    url = reverse("admin:auth_user_password_change", args=[ada.pk])
    given = {
        "password1": "given by an admin 1",
        "password2": "given by an admin 1",
        "usable_password": "true",
    }
    assert signed_in(agnes).post(url, given).status_code == 302
    event = AuditEvent.objects.get(act="user.password_given")
    assert (event.by, event.object_id) == (agnes, ada.public_id)
    assert "given by an admin" not in str(event.data)


def test_the_first_administrator_is_made_by_a_command_once():
    told = StringIO()
    call_command("first_administrator", "agnes", "agnes@press.example", site="http://testserver", stdout=told)
    link = told.getvalue().strip().removeprefix("http://testserver")
    client = Client()
    form = client.get(link, follow=True)
    chosen = {"password1": PASSWORD, "password2": PASSWORD}
    assert client.post(form.redirect_chain[-1][0], chosen).status_code == 302
    assert sign_in(client, "agnes")["Location"] == "/admin/"
    assert client.get(reverse("admin:accounts_invitation_add")).status_code == 200
    with pytest.raises(CommandError, match="administrator_there"):
        call_command("first_administrator", "other", "other@press.example")


@pytest.mark.parametrize(
    ("name", "address"), [("a b", "a@b.example"), ("agnes", "nothing"), ("x\x00", "a@b.example")]
)
def test_the_command_refuses_bad_names_in_one_line(name, address):
    with pytest.raises(CommandError):
        call_command("first_administrator", name, address)
