"""A browser at the desk: signed in as anybody, and heard when the browser complains."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse


@pytest.fixture
def complaints(page, live_server):
    """What the browser refused or could not load, and requests to anywhere else."""
    heard = []
    page.on("console", lambda m: heard.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on(
        "request",
        lambda r: None if r.url.startswith((live_server.url, "data:", "blob:")) else heard.append(r.url),
    )
    yield heard
    assert heard == []


@pytest.fixture
def at_desk(page, live_server, complaints):
    """Open a page of the desk as somebody: ``at_desk(user, "articles_article_check", pk)``; ``query`` follows a ?."""

    def opened(user, name, *arguments, query=""):
        client = Client()
        client.force_login(user)
        cookie = {
            "name": settings.SESSION_COOKIE_NAME,
            "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        }
        page.context.add_cookies([cookie | {"url": live_server.url}])
        page.goto(live_server.url + reverse(f"admin:{name}", args=arguments) + (query and f"?{query}"))
        return page

    return opened
