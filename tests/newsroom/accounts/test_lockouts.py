"""Who guesses is locked out; who forgot gets a letter; nobody learns who has an account."""

import re
from time import time

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from newsroom.accounts import lockouts, second_factor, sessions
from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from tests.making import make_user
from tests.newsroom.accounts.signing import PASSWORD, letters_sent, person, set_up_app, sign_in

pytestmark = pytest.mark.django_db


def guess(times: int, login="ada", **headers):
    """Try wrong passwords, each from a browser of its own as another process would see it; returns the answers."""
    return [sign_in(Client(), login, "wrong", **headers) for _ in range(times)]


def test_the_fifth_wrong_try_locks_name_and_address_and_the_right_password_no_longer_helps():
    person("reporter", username="ada", email="ada@press.example")
    answers = [*guess(3), *guess(2, login="ADA@press.example")]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    page = sign_in(Client(), "ada")
    assert page.status_code == 429
    assert "15 minutes" in page.content.decode()
    assert sign_in(Client(), "ada", REMOTE_ADDR="203.0.113.9").status_code == 302


def test_an_administrator_lets_in_again():
    ada, agnes = person("reporter", username="ada"), make_user("administrator")
    guess(5)
    assert lockouts.lockouts_of(ada, now=timezone.now()) == ["127.0.0.1"]
    with pytest.raises(DomainError) as refused:
        lockouts.unlock(ada, by=ada, now=timezone.now())
    assert refused.value.code == "not_allowed"
    lockouts.unlock(ada, by=agnes, now=timezone.now())
    assert sign_in(Client(), "ada").status_code == 302
    with pytest.raises(DomainError) as refused:
        lockouts.unlock(ada, by=agnes, now=timezone.now())
    assert refused.value.code == "not_locked"


def test_the_time_of_a_lockout_ends(time_machine):
    person("reporter", username="ada")
    guess(5)
    time_machine.move_to(time() + 14 * 60)
    assert sign_in(Client(), "ada").status_code == 429
    time_machine.move_to(time() + 2 * 60)
    assert sign_in(Client(), "ada").status_code == 302


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "198.51.100.1", "127.0.0.1"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        (2, "6.6.6.6, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        (2, "198.51.100.1", "198.51.100.1"),
        (1, "not an address", "127.0.0.1"),
        (1, "", "127.0.0.1"),
        (1, "[2001:db8::1]:443", "2001:db8::1"),
    ],
)
def test_whose_address_counts(rf, settings, proxies, forwarded, address):
    settings.NEWSROOM_PROXIES = proxies
    assert lockouts.address_of(rf.get("/", headers={"X-Forwarded-For": forwarded})) == address


def test_tries_over_many_addresses_add_up_in_every_process():
    person("reporter", username="ada")
    seen = [guess(1, REMOTE_ADDR=f"198.51.100.{n}")[0] for n in range(21)]
    assert "Too many" not in seen[19].content.decode()
    assert "Too many" in seen[20].content.decode()


def test_what_is_kept_of_tries_holds_no_password():
    person("reporter", username="ada")
    sign_in(Client(), "ada", "hunter2-typed")
    sign_in(Client(), "my-password-in-the-wrong-field", "x")
    kept = str(list(lockouts.AccessAttempt.objects.values())) + str(list(AuditEvent.objects.values()))
    assert "hunter2-typed" not in kept
    assert "my-password-in-the-wrong-field" not in kept
    assert list(AuditEvent.objects.values_list("act", flat=True)) == ["user.sign_in_failed"]


def test_a_forgotten_password_is_chosen_anew_by_letter_and_ends_every_session():
    person("reporter", username="ada", email="ada@press.example")
    old, new = Client(), Client()
    sign_in(old, "ada")
    answer = new.post(reverse("account_reset_password"), {"email": "ada@press.example"})
    assert "key" not in str(list(ProcrastinateJob.objects.values_list("args", flat=True)))
    (letter,) = letters_sent()
    link = re.search(r"http://testserver(\S+)", letter.body)[1]
    form = new.get(link, follow=True)
    chosen = {"password1": "another long password", "password2": "another long password"}
    answer = new.post(form.redirect_chain[-1][0], chosen)
    assert answer["Location"] == reverse("account_reset_password_from_key_done")
    assert old.get("/admin/").status_code == 302
    assert sign_in(Client(), "ada").status_code == 200
    assert sign_in(Client(), "ada", "another long password").status_code == 302
    assert "user.password_changed" in set(AuditEvent.objects.values_list("act", flat=True))
    used = Client().get(link, follow=True)
    assert used.status_code == 200
    assert "password1" not in used.content.decode()


@pytest.mark.parametrize("address", ["nobody@press.example", "gone@press.example"])
def test_asking_for_a_password_does_not_tell_who_has_an_account(address):
    person("reporter", username="ada", email="ada@press.example")
    person("reporter", username="gone", email="gone@press.example", is_active=False)
    known = Client().post(reverse("account_reset_password"), {"email": "ada@press.example"})
    unknown = Client().post(reverse("account_reset_password"), {"email": address})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert {to for letter in letters_sent() for to in letter.to} == {"ada@press.example"}


def test_a_lost_second_factor_is_taken_away_by_another_administrator_and_told():
    ada = person("reporter", username="ada", email="ada@press.example")
    agnes = person("administrator", username="agnes")
    client = Client()
    sign_in(client, "ada")
    set_up_app(client)
    for by, code in ((ada, "not_allowed"), (make_user("editor"), "not_allowed")):
        with pytest.raises(DomainError) as refused:
            second_factor.reset_factors(ada, by=by, now=timezone.now())
        assert refused.value.code == code
    with pytest.raises(DomainError) as refused:
        second_factor.reset_factors(agnes, by=agnes, now=timezone.now())
    assert refused.value.code == "own_factors"
    second_factor.reset_factors(ada, by=agnes, now=timezone.now())
    assert client.get("/admin/").status_code == 302
    assert sign_in(Client(), "ada")["Location"] == "/admin/"
    assert any("second factor was taken away" in letter.subject for letter in letters_sent())
    with pytest.raises(DomainError) as refused:
        second_factor.reset_factors(ada, by=agnes, now=timezone.now())
    assert refused.value.code == "no_factors"


def test_people_see_where_they_are_signed_in_and_end_the_other_places():
    ada = person("reporter", username="ada")
    here, there = Client(), Client()
    sign_in(there, "ada", headers={"User-Agent": "The other one"})
    sign_in(here, "ada")
    assert "The other one" in here.get(reverse("usersessions_list")).content.decode()
    here.post(reverse("usersessions_list"))
    assert there.get("/admin/").status_code == 302
    assert here.get("/admin/").status_code == 200
    assert len(sessions.sessions_of(ada)) == 1


def test_a_changed_password_ends_the_other_sessions():
    person("reporter", username="ada")
    here, there = Client(), Client()
    sign_in(there, "ada")
    sign_in(here, "ada")
    typed = {
        "oldpassword": PASSWORD,
        "password1": "another long password",
        "password2": "another long password",
    }
    assert here.post(reverse("account_change_password"), typed).status_code == 302
    assert there.get("/admin/").status_code == 302
    assert here.get("/admin/").status_code == 200


def test_an_administrator_ends_the_sessions_of_a_person():
    ada, agnes = person("reporter", username="ada"), make_user("administrator")
    client = Client()
    sign_in(client, "ada")
    with pytest.raises(DomainError):
        sessions.end_sessions(ada, by=ada, now=timezone.now())
    assert sessions.end_sessions(ada, by=agnes, now=timezone.now()) == 1
    assert client.get("/admin/").status_code == 302
