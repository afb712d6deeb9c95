"""Between the web server and Django: whoever sends slowly, or nothing more, does not keep pages from others.

Granian hands a request on before its body has come and waits for it without end, in one of the few threads that make
pages. The cache before the site takes bodies whole (``deploy/``); where there is none, pages go on being made here, and
others who send something are told to come again.
"""

import tempfile
import threading
from collections.abc import Callable, Iterable

# Of a body, in bytes: the most that is taken, read at a time, and kept in memory.
MOST, PART, IN_MEMORY = 64 * 2**20, 64 * 2**10, 2**20
# In each process one body is read at a time, and a request waits so many seconds for its turn: the other thread makes
# pages. A body that is there already is read in a fraction of this.
PATIENCE = 0.2


class SlowSenders:
    """``app``, a WSGI application, which gets the bodies of requests as files that are there already."""

    def __init__(self, app: Callable):
        self.app = app
        self._turn = threading.Lock()

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        """The answer of the application; 400, 413 or 503 where the body is not taken."""
        length = environ.get("CONTENT_LENGTH") or "0"
        if length == "0":
            return self.app(environ, start_response)
        if not (length.isascii() and length.isdigit()):
            return _refuse(start_response, "400 Bad Request")
        if len(length) > len(str(MOST)) or int(length) > MOST:
            return _refuse(start_response, "413 Content Too Large")
        if not self._turn.acquire(timeout=PATIENCE):
            return _refuse(start_response, "503 Service Unavailable", ("Retry-After", "5"))
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as body:
            try:
                _copy(environ["wsgi.input"], int(length), body)
            finally:
                self._turn.release()
            return self.app(environ | {"wsgi.input": body}, start_response)


def _copy(sent, length: int, body) -> None:
    """What ``sent`` brings of ``length`` bytes, to the file ``body``, which is at its beginning then."""
    while length and (part := sent.read(min(length, PART))):
        length -= len(part)
        body.write(part)
    body.seek(0)


def _refuse(start_response: Callable, status: str, *headers: tuple[str, str]) -> list[bytes]:
    told = f"{status[4:]}.\n".encode()
    start_response(status, [("Content-Type", "text/plain"), ("Content-Length", str(len(told))), *headers])
    return [told]
