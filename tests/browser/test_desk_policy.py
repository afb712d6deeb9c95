"""The desk works under its content policy: nothing it needs is refused, nothing leaves the machine."""

import pytest
from django.conf import settings
from django.urls import reverse


@pytest.fixture
def complaints(page, live_server):
    """What the browser refused or could not load, and requests to anywhere else."""
    heard = []
    page.on(
        "console",
        lambda message: (
            heard.append(f"{message.text} {message.location['url']}") if message.type == "error" else None
        ),
    )
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith((live_server.url, "data:")) else heard.append(request.url)
        ),
    )
    return heard


@pytest.mark.browser
def test_signing_in_and_looking_round_breaks_no_rule(page, live_server, complaints, django_user_model):
    django_user_model.objects.create_superuser("duty", password="a password for tests")
    page.goto(live_server.url + reverse("admin:index"))
    page.fill("[name=login]", "duty")
    page.fill("[name=password]", "a password for tests")
    page.click("main [type=submit]:not([form])")
    page.wait_for_url(live_server.url + reverse("admin:index"))
    # Alpine takes the mark away when it has come to life; under the readers' policy it never does.
    assert page.locator("html[x-cloak]").count() == 0
    page.goto(live_server.url + reverse("admin:password_change"))
    assert complaints == []
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
    assert cookies[settings.SESSION_COOKIE_NAME]["httpOnly"]
