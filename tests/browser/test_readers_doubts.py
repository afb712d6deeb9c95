"""Without script and by keys alone: a reader says what is wrong with a sentence; and a card stands on another site."""

from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone

from articles.models import Challenge
from articles.public import challenges
from tests.browser.by_keys import tab_to, take
from tests.making import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}


@pytest.fixture
def desk():
    desk = Desk(slug="a-treaty", now=timezone.now())
    desk.publish()
    return desk


def faults(page) -> list[str]:
    found = Axe().run(page, options=OPTIONS).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [fault["id"] for fault in found] + (["wider than the window"] if wide else [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_reader_says_what_is_wrong_and_follows_it(browser, live_server, desk, monkeypatch, scheme):
    monkeypatch.setattr(challenges, "SOONEST", timedelta(0))
    script = scheme == "light"  # In the dark by a browser that runs none.
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": 320, "height": 700}, java_script_enabled=script
    )
    page = context.new_page()
    page.goto(live_server.url + reverse("report-sentence", args=["a-treaty", desk.KEYS[0]]))
    if script:
        assert faults(page) == []
        tab_to(page, "input[name=doubt]")
        page.keyboard.press("ArrowDown")
        tab_to(page, "textarea")
        page.keyboard.type("It was the 28th.")
        take(page, ".guest button")
    else:
        page.get_by_label("A fact is wrong").check()
        page.get_by_label("What should it say").fill("It was the 28th.")
        page.locator(".guest button").click()
    page.wait_for_url("**/challenges/mine/*/")
    assert page.get_by_text("It is with the desk.").is_visible()
    assert not script or faults(page) == []
    assert context.cookies() == []
    challenge = Challenge.objects.get()
    assert (challenge.doubt, challenge.words) == ("wrong_fact", "It was the 28th.")
    context.close()


@pytest.fixture
def another_site():
    """Serves ``html`` to whoever asks, at an origin of its own."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(self.server.html.encode())

        def log_message(self, *about):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_a_card_stands_on_another_site_and_nothing_else_of_ours_does(page, live_server, desk, another_site):
    card = live_server.url + reverse("embed-quote", args=[desk.quote.public_id])
    page.goto(card)
    assert faults(page) == []
    framed = f'<iframe id="card" src="{card}" sandbox="allow-popups"></iframe>'
    another_site.html = f'{framed}<iframe id="home" src="{live_server.url}/"></iframe>'
    page.goto(f"http://127.0.0.1:{another_site.server_port}/")
    page.frame_locator("#card").get_by_text("a good day", exact=True).wait_for()
    assert page.frame_locator("#home").get_by_text("All articles").count() == 0
