"""The desk has sessions and a content policy of its own; the reader's road has neither."""

import pytest
from django.contrib import admin
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from newsroom import desk_middleware
from newsroom.admin_site import DeskSite
from tests.making import make_user


def seen_by_the_view(middleware, request):
    """The request as it arrives at a view behind ``middleware``."""
    middleware(lambda request: HttpResponse())(request)
    return request


@pytest.mark.parametrize(("path", "on_desk"), [("/admin/", True), ("/admin/login/", True), ("/", False)])
def test_sessions_are_for_the_desk(rf, path, on_desk):
    request = seen_by_the_view(desk_middleware.DeskSessionMiddleware, rf.get(path))
    assert hasattr(request, "session") is on_desk


@pytest.mark.parametrize("path", ["/articles/admin/", "/administration/", "/api/v1/articles/", "//admin/"])
def test_addresses_that_look_like_the_desk_are_not(rf, path):
    request = seen_by_the_view(desk_middleware.DeskSessionMiddleware, rf.get(path))
    assert not hasattr(request, "session")


def test_a_reader_with_the_desks_cookies_gets_no_cookie_and_costs_no_query(client):
    client.cookies["sessionid"] = "stale"
    client.cookies["csrftoken"] = "x" * 32
    answer = client.get("/healthz")  # Without access to the database a query would fail here.
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


def test_what_changes_something_at_the_desk_needs_a_token():
    assert Client(enforce_csrf_checks=True).post("/admin/login/").status_code == 403


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_pages_for_readers_have_no_method_that_changes_something(method):
    """Nothing of the page is asked for: without the database, it could not answer."""
    pages = ("/", "/articles/x/", "/treaties/", "/search/", "/feeds/atom.xml", "/robots.txt", "/oembed/")
    for path in (*pages, "/challenges/", "/embed/claims/abcdefabcdef/", "/healthz", "/api/v1/schema/"):
        answer = getattr(Client(enforce_csrf_checks=True), method)(path)
        assert answer.status_code == 405, path
        assert {"GET", "HEAD"} <= set(answer["Allow"].split(", ")), path
    assert getattr(Client(enforce_csrf_checks=True), method)("/nowhere/").status_code == 404


@pytest.mark.django_db
def test_who_is_not_signed_in_finds_the_page_to_sign_in(client):
    answer = client.get(reverse("admin:login"), follow=True)
    assert answer.status_code == 200
    assert "password" in answer.content.decode()


def test_the_admin_is_the_desk():
    assert isinstance(admin.site, DeskSite) or admin.site._wrapped.__class__ is DeskSite


def test_readers_get_the_strict_policy(client):
    policy = client.get("/healthz")["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy


@pytest.mark.django_db
def test_the_desk_may_evaluate_but_not_run_inline_scripts(client, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("duty", password="a password for tests"))
    for path in (reverse("admin:login"), reverse("admin:index"), reverse("admin:password_change")):
        answer = client.get(path, follow=True)
        policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
        assert "'unsafe-eval'" in policy["script-src"]
        assert "'unsafe-inline'" not in policy["script-src"]
        assert policy["style-src"] == "'self' 'unsafe-inline'"
        assert policy["frame-ancestors"] == "'self'"


@pytest.mark.django_db
def test_what_the_desk_refuses_is_a_page_that_leads_back_to_the_desk(client):
    back = '<a href="/admin/">'
    client.force_login(make_user("reporter"))
    refused = client.get(reverse("admin:scorecard"))
    assert refused.status_code == 403
    missing = client.get(reverse("admin:articles_article_ready", args=[1]))
    unreadable = client.get(reverse("admin:calendar"), {"day": "x"})
    expired = Client(enforce_csrf_checks=True).post(reverse("admin:flash"))
    for answer, words in (
        (refused, "This page is not open to you"),
        (missing, "Page not found"),
        (unreadable, "This address cannot be read"),
        (expired, "The form was not taken"),
    ):
        html = answer.content.decode()
        assert words in html
        assert back in html
    assert back not in client.get("/nowhere/").content.decode()
    polish = client.get(reverse("admin:scorecard"), headers={"Accept-Language": "pl"})
    assert "Ta strona nie jest dla Ciebie dostępna" in polish.content.decode()
