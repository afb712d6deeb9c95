"""What stands outside the process of a test: the site, its worker and other programs on the tests' own database, and a
cache that remembers what it was told to purge."""

import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

from django.db import connection

from newsroom.core.running import worker

ROOT = Path(__file__).resolve().parents[1]
PURGE_TOKEN = "only-for-tests-and-known-to-everybody"
PATIENCE_SECONDS = 60


def wait_until(condition, *, seconds: float = PATIENCE_SECONDS):
    """What ``condition()`` returns once that is true; fails after ``seconds``."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)
    return found


def database_url(host: str | None = None, port: int | None = None) -> str:
    """The address of the tests' database, reached over ``host`` and ``port`` where these are given."""
    told = connection.settings_dict
    person = quote(told["USER"], safe="")
    if told.get("PASSWORD"):
        person += ":" + quote(told["PASSWORD"], safe="")
    place = quote(host or told["HOST"] or "localhost", safe="")
    return f"postgres://{person}@{place}:{port or told['PORT'] or 5432}/{quote(told['NAME'], safe='')}"


def variables(**more: str) -> dict[str, str]:
    """The environment of a process on the tests' database, with the tests' settings."""
    own = {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": database_url(),
    }
    return dict(os.environ) | own | more


@contextmanager
def running_worker(*arguments: str, **environment: str):
    """A real worker of the queue, with no cron job of its own but the site's; yields the process."""
    process = subprocess.Popen(
        [*worker(), *arguments], cwd=ROOT, env=variables(**environment), stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE_SECONDS)


def run(program: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """Run ``program``, Python source that finds Django set up, with ``arguments`` until it ends by itself."""
    return subprocess.run(
        [sys.executable, "-c", "import django; django.setup()\n" + program, *arguments],
        cwd=ROOT,
        env=variables(**environment),
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
    )


class LoopbackCache:
    """A cache that keeps nothing and remembers every purge as (moment, keys, token); ``answers`` is its status."""

    def __init__(self):
        self.purges = []
        self.answers = 200
        self.holds = None
        cache = self

        class Handler(BaseHTTPRequestHandler):
            def do_PURGE(self):
                cache.purges.append((time.monotonic(), self.headers["xkey"], self.headers["x-purge-token"]))
                if cache.holds:
                    cache.holds.wait(PATIENCE_SECONDS)
                with suppress(ConnectionError):
                    self.send_response(cache.answers)
                    self.send_header("Location", "/elsewhere")
                    self.end_headers()

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def keys(self) -> set[str]:
        """Every key it was told to purge."""
        return {key for _, keys, _ in self.purges for key in keys.split()}

    def close(self):
        self._server.shutdown()
        self._server.server_close()


class CuttableDatabase:
    """A road to the tests' database that can be cut and mended: a port on loopback."""

    def __init__(self):
        self.is_cut = False
        self._ends: list[socket.socket] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = database_url("127.0.0.1", self._listening.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self):
        """Break every connection and let none come about."""
        self.is_cut = True
        for end in self._ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._ends.clear()

    def mend(self):
        self.is_cut = False

    def close(self):
        self.cut()
        self._listening.close()

    def _accept(self):
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                if self.is_cut:
                    near.close()
                    continue
                far = self._reach()
                self._ends += [near, far]
                for ends in ((near, far), (far, near)):
                    threading.Thread(target=_pump, args=ends, daemon=True).start()

    @staticmethod
    def _reach() -> socket.socket:
        host, port = connection.settings_dict["HOST"], connection.settings_dict["PORT"] or 5432
        if not host.startswith("/"):
            return socket.create_connection((host or "localhost", int(port)))
        far = socket.socket(socket.AF_UNIX)
        far.connect(f"{host}/.s.PGSQL.{port}")
        return far


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    for end in (source, target):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()
