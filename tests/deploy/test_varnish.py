"""The real site behind a real cache: after an act no reader gets an old byte, and none while the database is away."""

import gzip
import threading
import time
from dataclasses import dataclass
from itertools import product

import pytest
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from articles import corrections
from newsroom.core.running import Processes, granian, wait_until_ready
from tests.deploy.caching import Answer, ask, free_port, varnish
from tests.making import Desk
from tests.outside import PURGE_TOKEN, CuttableDatabase, variables, wait_until

pytestmark = [pytest.mark.varnish, pytest.mark.django_db(transaction=True)]

# From the commit to the last old byte.
EDGE_SECONDS = 2
WATCHED_SECONDS = 0.8
READERS = 6


@pytest.fixture(scope="module")
def place(django_db_setup, django_db_blocker, tmp_path_factory):
    """Database, site and cache side by side: (road to the database, port of the cache)."""
    database = CuttableDatabase()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in variables(DATABASE_URL=database.url).items():
            patch.setenv(name, value)
        with Processes() as processes:
            site = free_port()
            processes.start("web server", granian("127.0.0.1", site))
            assert wait_until_ready(f"http://127.0.0.1:{site}/readyz", processes)
            with varnish(tmp_path_factory.mktemp("varnish"), site, patience=1) as cache:
                yield database, cache
    database.close()


@pytest.fixture
def cache(place, settings):
    """The port of the cache; what is done in this process purges it."""
    settings.NEWSROOM_PURGE_URLS = [f"http://127.0.0.1:{place[1]}/"]
    settings.NEWSROOM_PURGE_TOKEN = PURGE_TOKEN
    return place[1]


@pytest.fixture
def database(place):
    yield place[0]
    place[0].mend()
    wait_until(lambda: ask(place[1], "/readyz").status == 200)


@pytest.fixture
def desk():
    desk = Desk(now=timezone.now())
    desk.publish()
    return desk


def correct(desk):
    desk.save(headline="A pact is signed", body=desk.body(signed="Two states signed a treaty on 28 May 2026"))
    desk.publish(kind="correction", note="The day was wrong.", now=timezone.now())


def retract(desk):
    note = "It was never signed."
    corrections.retract(desk.article, by=desk.duty, now=timezone.now(), note=note, closes_history=True)


def take_down(desk):
    corrections.take_down(desk.article, by=desk.duty, now=timezone.now(), reason="An order.")


def addresses(desk) -> list[str]:
    """Everything that shows the story's text; what is not built yet answers 404, which is never an old byte."""
    page = reverse("article", args=[desk.article.slug])
    return [
        page,
        f"{page}editions/1/",
        f"{page}history/",
        f"{page}sources.bib",
        reverse("home"),
        reverse("api-article", args=[desk.article.public_id]),
        reverse("api-articles"),
    ]


@dataclass(frozen=True)
class Old:
    """What an address answered before the act."""

    tag: str
    body: bytes

    def is_in(self, answer: Answer) -> bool:
        same_tag = self.tag and _bare(answer.etag) == self.tag
        return answer.status == 304 or bool(same_tag) or _plain(answer) == self.body != b""


def _bare(tag: str | None) -> str:
    return (tag or "").removeprefix("W/").strip('"').removesuffix("-gz")


def _plain(answer: Answer) -> bytes:
    zipped = answer.headers["Content-Encoding"] == "gzip"
    return gzip.decompress(answer.body) if zipped and answer.body else answer.body


class Readers:
    """Threads that ask for every address in every way, over and over, and note when they last got what was old."""

    def __init__(self, cache: int, paths: list[str], *, ways=("GET", "HEAD")):
        self.cache = cache
        self.old = {path: self._before(path) for path in paths}
        self.ways = list(product(paths, ways, ({}, {"Accept_Encoding": "gzip"}), (False, True)))
        self.answers = []
        self.broken = []
        self._enough = threading.Event()
        self._threads = [threading.Thread(target=self._read, args=[start]) for start in range(READERS)]

    def _before(self, path):
        answer = ask(self.cache, path)
        return Old(_bare(answer.etag), answer.body) if answer.status == 200 else Old("", b"")

    def _read(self, start):
        try:
            turn = start * len(self.ways) // READERS
            while not self._enough.is_set():
                path, method, headers, conditional = self.ways[turn % len(self.ways)]
                turn += 1
                if conditional and self.old[path].tag:
                    tag = self.old[path].tag
                    headers = headers | {"If_None_Match": f'"{tag}-gz", W/"{tag}-gz", "{tag}"'}
                answer = ask(self.cache, path, method, **headers)
                self.answers.append((answer.asked, path, method, conditional, answer))
        except Exception as error:
            self.broken.append(repr(error))

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._enough.set()
        for thread in self._threads:
            thread.join()

    def asked_since(self, since: float) -> set[str]:
        """The addresses that were asked for after ``since`` (monotonic)."""
        return {path for asked, path, *_ in list(self.answers) if asked > since}

    def got_old(self, since: float) -> list[tuple]:
        """Requests made after ``since`` (monotonic) that were answered with what was old then."""
        assert self.broken == []
        assert self.asked_since(since) == set(self.old)
        late = [entry for entry in self.answers if entry[0] > since]
        return [entry[1:] for entry in late if self.old[entry[1]].is_in(entry[-1])]


@pytest.mark.parametrize(
    ("act", "told"), [(correct, True), (retract, True), (take_down, True), (take_down, False)]
)
def test_two_seconds_after_an_act_no_request_gets_an_old_byte(cache, desk, settings, act, told):
    """Also where the cache could not be told: what the site says now comes before what was kept."""
    if not told:
        settings.NEWSROOM_PURGE_URLS = []
    paths = addresses(desk)
    if act is correct:
        paths = [path for path in paths if "editions/1" not in path and not path.endswith(".bib")]
    with Readers(cache, paths) as readers:
        wait_until(lambda: len(readers.answers) > 4 * len(readers.ways) or readers.broken)
        assert [path for path in paths if readers.old[path].body]
        act(desk)
        committed = time.monotonic()
        wait_until(
            lambda: (
                (
                    time.monotonic() > committed + EDGE_SECONDS + WATCHED_SECONDS
                    and readers.asked_since(committed + EDGE_SECONDS) == set(paths)
                )
                or readers.broken
            )
        )
    assert readers.got_old(committed + EDGE_SECONDS) == []


def test_right_after_an_act_the_next_request_is_answered_anew(cache, desk):
    for act in (correct, retract):
        old = {
            path: Old(_bare((answer := ask(cache, path)).etag), answer.body) for path in addresses(desk)[::4]
        }
        act(desk)
        assert [path for path, was in old.items() if was.is_in(ask(cache, path))] == []


def test_while_the_database_is_away_readers_get_what_is_public_and_nothing_that_was(cache, desk, database):
    other = Desk(now=timezone.now())
    other.publish()
    stays, *_ = addresses(other)
    gone, *_, detail, _ = addresses(desk)
    for path in (gone, detail, stays, "/"):
        # The first page of a process takes longest.
        wait_until(lambda path=path: ask(cache, path).status == 200)
    was_home = ask(cache, "/").body
    time.sleep(EDGE_SECONDS)

    take_down(desk)
    connections.close_all()
    database.cut()
    for _ in range(3):
        answer = ask(cache, stays)
        assert (answer.status, other.article.headline.encode() in answer.body) == (200, True)
        for path in (gone, detail, "/", f"{gone}editions/1/"):
            answer = ask(cache, path)
            assert answer.status in {404, 410, 503}
            assert b"27 May 2026" not in answer.body
            assert answer.body != was_home
