"""A browser at the desk: signed in as anybody, and heard when the browser complains."""

import socket
import threading

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from articles import offering

# A request that is still answered after so long will never end.
SECONDS = 20


class Visitors:
    """Who is connected to a server of threads: from the moment they are let in until their thread has ended."""

    def __init__(self, httpd):
        self.address = httpd.server_address
        self.changed = threading.Condition()
        self.inside, self.came = 0, set()
        self.let_in, self.serve = httpd.process_request, httpd.process_request_thread
        httpd.process_request, httpd.process_request_thread = self.comes, self.is_served

    def comes(self, request, client):
        with self.changed:
            self.inside += 1
            self.came.add(client)
        self.let_in(request, client)

    def is_served(self, request, client):
        try:
            self.serve(request, client)
        finally:
            with self.changed:
                self.inside -= 1
                self.changed.notify_all()

    def wait_until_gone(self) -> None:
        """Return once everybody has left, also who stands before the door; nobody new may come."""
        with socket.create_connection(self.address) as last:
            # They are let in in the order they came: once this one is in, everybody before is.
            me = last.getsockname()
        with self.changed:
            assert self.changed.wait_for(lambda: me in self.came and not self.inside, SECONDS), self.inside
            self.came.clear()


@pytest.fixture(scope="session")
def visitors(live_server):
    return Visitors(live_server.thread.httpd)


@pytest.fixture(autouse=True)
def _nothing_runs_on(visitors, transactional_db, browser):
    """Let every request end before the tables are emptied.

    A closed page leaves some behind (it saves, asks and lets go as it goes); one that still reads while the tables
    are locked is a deadlock. The browser's pages are closed before this, the tables are emptied after it.
    """
    yield
    # A test that failed may have left one open.
    for context in browser.contexts:
        context.close()
    visitors.wait_until_gone()


@pytest.fixture(autouse=True, scope="session")
def _searches_are_waited_for():
    """What the desk offers while one types, it gives up where the server is slow: on a busy machine without need."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(offering, "PATIENCE_MS", SECONDS * 1_000)
        yield


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
