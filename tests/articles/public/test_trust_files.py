"""Files by which others check who we are: right without anybody touching them."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from articles.public.trust_files import security_txt
from articles.site_pages import approve_page, write_page
from newsroom import environment
from tests.articles.standards import validate
from tests.making import NOW, make_user

pytestmark = pytest.mark.django_db
ORIGIN = "https://news.example"


@pytest.fixture(autouse=True)
def _origin(settings):
    settings.NEWSROOM_ORIGIN = ORIGIN


def show_page(subject):
    page = write_page(subject, "en", title="T", body="<p>Text.</p>", after=0, by=make_user("editor"), now=NOW)
    approve_page(page, by=make_user("duty_editor"), now=NOW)


def test_security_txt_is_valid_and_says_how_to_reach_us(client, tmp_path, clock):
    clock.move_to(datetime.now(UTC) + timedelta(days=400))
    answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.text.startswith(f"Contact: {ORIGIN}/contact/\n")
    assert f"Canonical: {ORIGIN}/.well-known/security.txt\n" in answer.text
    file = tmp_path / "security.txt"
    file.write_text(answer.text)
    assert validate("securitytxt", file) == []
    moved = client.get("/security.txt")
    assert (moved.status_code, moved["Location"]) == (301, "/.well-known/security.txt")


def test_it_never_expires_within_five_months_nor_more_than_half_a_year_ahead():
    now = datetime(2027, 1, 1, tzinfo=UTC)
    for hours in range(0, 24 * 500, 7):
        at = now + timedelta(hours=hours)
        text = security_txt(ORIGIN, now=at)
        expires = datetime.fromisoformat(text.split("Expires: ")[1].split("\n")[0])
        assert timedelta(days=148) < expires - at <= timedelta(days=180)


def test_it_is_the_same_file_for_a_month_and_may_name_other_contacts(settings):
    settings.NEWSROOM_SECURITY_CONTACTS = ["mailto:security@news.example", "tel:+48-22-000"]
    days = {security_txt(ORIGIN, now=datetime(2027, 3, day, 5, tzinfo=UTC)) for day in (1, 17, 31)}
    assert len(days) == 1
    assert days.pop().startswith("Contact: mailto:security@news.example\nContact: tel:+48-22-000\n")


def test_trust_txt_names_only_pages_that_are_written(client, tmp_path, settings, django_assert_num_queries):
    settings.NEWSROOM_TRUST = [("belongto", "https://association.example/")]
    assert client.get("/trust.txt").text == "belongto=https://association.example/\ndatatrainingallowed=no\n"
    show_page("ethics")
    show_page("contact")
    settings.NEWSROOM_DATA_TRAINING = True
    with django_assert_num_queries(1):
        answer = client.get("/trust.txt")
    assert answer.text.splitlines()[1:] == [
        f"contact={ORIGIN}/contact/",
        f"disclosure={ORIGIN}/ethics/",
        "datatrainingallowed=yes",
    ]
    assert "page-ethics" in answer["Surrogate-Key"].split()
    file = tmp_path / "trust.txt"
    file.write_text(answer.text)
    assert validate("trusttxt", file) == []


def test_the_manifest_names_the_site_and_icons_that_are_there(client):
    answer = client.get("/site.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    told = json.loads(answer.content)
    assert (told["name"], told["start_url"]) == ("Newsroom", "/")
    assert {icon["sizes"] for icon in told["icons"]} == {"any", "192x192", "512x512"}
    assert client.get("/site.webmanifest", headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert 'rel="manifest" href="/site.webmanifest"' in client.get("/").text


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (environment.contacts, "security@news.example"),
        (environment.contacts, "http://news.example/security"),
        (environment.contacts, "mailto:a@b.example\nX: y"),
        (environment.affiliations, "belongto=news.example"),
        (environment.affiliations, "friend=https://news.example"),
        (environment.affiliations, "https://news.example"),
        (environment.affiliations, "member=https://news.example/\nmember=x"),
    ],
)
def test_what_cannot_stand_in_such_a_file_is_refused_at_the_start(read, text, monkeypatch):
    monkeypatch.setenv("SOME_NAME", text)
    with pytest.raises(ImproperlyConfigured, match="SOME_NAME: entry 1"):
        read("SOME_NAME")
