"""The client as a partner uses it: its copy is what readers see, whatever was done and whenever it was stopped."""

from contextlib import closing, suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
import requests
import time_machine

from articles import corrections
from articles.withdrawing import withdraw_source
from newsroom.partners.client import Mirror, Newsroom
from newsroom.partners.keys import make_key
from newsroom.partners.models import Partner, Product, Scope
from tests.making import NOW, Desk

pytestmark = pytest.mark.django_db(transaction=True)

TAKEN = "A headline that nobody may read any more"


class Stopped(Exception):
    """The power went."""


class Interrupted(Newsroom):
    """Stops at one of its requests."""

    def __init__(self, *arguments, at: int):
        super().__init__(*arguments)
        self._left = at

    def _ask(self, *arguments, **options):
        if not self._left:
            raise Stopped
        self._left -= 1
        return super()._ask(*arguments, **options)


@pytest.fixture
def clock():
    with time_machine.travel(NOW + timedelta(hours=1), tick=False) as traveller:
        yield traveller


@pytest.fixture
def desks():
    desks = [Desk(slug=f"treaty-{number}") for number in range(4)]
    desks[2].save(headline=TAKEN)
    for desk in desks:
        desk.publish()
    return desks


@pytest.fixture
def key():
    partner = Partner.objects.create(name="The Wire", mail="desk@wire.example")
    partner.products.add(Product.objects.create(name="Everything"))
    return make_key(partner, name="copy", by=None, now=NOW, scopes=Scope.values)[1]


def set_right(desks: list[Desk]) -> None:
    """Everything that can become of an article, each of the first three another."""
    corrected, retracted, taken_down, cites = desks
    now = NOW + timedelta(hours=2)
    corrected.now = now
    corrected.save(body=corrected.body(signed="Two states signed a treaty on 28 May 2026"))
    corrected.publish(kind="correction", note="It was signed on 28 May, not on 27 May.")
    corrections.retract(retracted.article, note="It was never signed.", by=retracted.duty, now=now)
    corrections.take_down(taken_down.article, reason="An order.", by=taken_down.duty, now=now)
    withdraw_source(
        cites.second, reason="It was made up.", withdrawn_by="publisher", by=cites.editor, now=now
    )


def shown_by(origin: str, desks: list[Desk]) -> dict:
    """What readers of the API see of each article, at its own address."""
    found = {}
    for desk in desks:
        answer = requests.get(f"{origin}/api/v1/articles/{desk.article.public_id}/", timeout=10)
        if answer.status_code != 404:
            found[desk.article.public_id] = (answer.status_code == 200, answer.json())
    return found


def copied(mirror: Mirror) -> dict:
    return {article.id: (article.shown, article.body) for article in mirror.articles()}


def test_a_copy_is_what_readers_see_before_and_after_all_that_was_set_right(
    live_server, clock, desks, key, tmp_path
):
    file = tmp_path / "copy.sqlite"
    with closing(Mirror(Newsroom(live_server.url, key), file)) as mirror:
        mirror.sync()
        assert copied(mirror) == shown_by(live_server.url, desks)
        assert len(copied(mirror)) == len(desks)
    assert TAKEN.encode() in file.read_bytes()
    set_right(desks)
    clock.shift(timedelta(hours=2))
    with closing(Mirror(Newsroom(live_server.url, key), file)) as mirror:
        assert mirror.sync() >= len(desks)
        assert copied(mirror) == shown_by(live_server.url, desks)
        assert mirror.article(desks[1].article.public_id).shown is False
        assert mirror.sync() == 0
    assert TAKEN.encode() not in file.read_bytes()


def test_wherever_it_was_stopped_it_goes_on_and_misses_nothing(live_server, clock, desks, key, tmp_path):
    file = tmp_path / "copy.sqlite"
    for stage, at in ((stage, at) for stage in (1, 2) for at in range(8)):
        if (stage, at) == (2, 0):
            set_right(desks)
            clock.shift(timedelta(hours=2))
        with closing(Mirror(Interrupted(live_server.url, key, at=at), file)) as mirror, suppress(Stopped):
            mirror.sync()
    with closing(Mirror(Newsroom(live_server.url, key), file)) as mirror:
        mirror.sync()
        assert copied(mirror) == shown_by(live_server.url, desks)


def test_it_tells_the_newsroom_once_which_editions_it_shows(live_server, clock, desks, key, tmp_path):
    with closing(Mirror(Newsroom(live_server.url, key), tmp_path / "copy.sqlite")) as mirror:
        mirror.sync()
        assert (mirror.confirm(), mirror.confirm()) == (len(desks), 0)


def test_without_a_key_for_everything_the_feed_is_followed_from_its_beginning(
    live_server, clock, desks, tmp_path
):
    with closing(Mirror(Newsroom(live_server.url), tmp_path / "copy.sqlite")) as mirror:
        assert mirror.sync() == len(desks)
        assert copied(mirror) == shown_by(live_server.url, desks)


def test_it_waits_as_long_as_it_is_asked_to_and_not_for_ever():
    answers, waited = [(429, "7"), (503, ""), (200, ""), *[(429, "900")] * 9], []

    class Busy(BaseHTTPRequestHandler):
        def do_GET(self):
            status, wait = answers.pop(0)
            self.send_response(status)
            if wait:
                self.send_header("Retry-After", wait)
            self.end_headers()
            self.wfile.write(b'{"results": [], "last": 3, "next": null}')

        def log_message(self, *arguments):
            pass

    with HTTPServer(("127.0.0.1", 0), Busy) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        newsroom = Newsroom(f"http://127.0.0.1:{server.server_port}", sleep=waited.append)
        assert newsroom.changes(3) == ([], 3, False)
        assert waited == [7, 4]
        with pytest.raises(Exception, match="429"):
            newsroom.changes(3)
        assert waited[2:] == [60, 60, 60, 60]
        server.shutdown()
        thread.join()
