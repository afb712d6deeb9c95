"""One HTTP exchange over a connection that counts what it is sent and that another thread can cut."""

import io
import socket
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPResponse
from threading import Lock

from requests import Session
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from sources.capture.guard import FetchFailed

_BUFFER = 8192


class Line:
    """The connections of one fetch, one after another; once cut, the open one is dead and no other can be made."""

    def __init__(self):
        self._lock = Lock()
        self._held: socket.socket | None = None
        self._is_cut = False

    def take(self, connection: socket.socket) -> None:
        """Hold ``connection``, so that :meth:`cut` reaches it. Raises OSError, and closes it, if the line is cut."""
        with self._lock:
            if self._is_cut:
                connection.close()
                raise OSError("the line is cut")
            # A copy: TLS takes the socket itself over, and must be cut in the middle of its handshake too.
            self._held = connection.dup()

    def hang_up(self) -> None:
        with self._lock:
            if self._held:
                self._held.close()
                self._held = None

    def cut(self) -> None:
        """Wake whoever reads or writes; called by another thread than theirs."""
        with self._lock:
            self._is_cut = True
            if self._held:
                with suppress(OSError):  # The other side may have been quicker.
                    self._held.shutdown(socket.SHUT_RDWR)


@dataclass
class Exchange:
    """What is said and answered on ``line``: at most ``head_bytes`` of status lines and headers, interim answers
    included, and about twice ``body_bytes`` after them, chunk sizes and trailers included.

    Filled in as it goes: the headers as sent, the address connected to, the answer's head.
    """

    line: Line
    host: str
    head_bytes: int
    body_bytes: int
    ip: str = ""
    request_headers: list[tuple[str, str]] = field(default_factory=list)
    answer: HTTPResponse | None = None

    @property
    def answer_headers(self) -> list[tuple[str, str]]:
        """(name, value) in the order sent, each on one line."""
        return [(name, on_one_line(str(value))) for name, value in self.answer.msg.items()]

    def listen_to(self, session: Session) -> None:
        """Let the one request that ``session`` is for go over this line."""
        plain = type("Plain", (_Watched, HTTPConnection), {"exchange": self})
        secure = type("Secure", (_Watched, HTTPSConnection), {"exchange": self})
        pools = {
            "http": type("Plains", (HTTPConnectionPool,), {"ConnectionCls": plain}),
            "https": type("Secures", (HTTPSConnectionPool,), {"ConnectionCls": secure}),
        }
        for adapter in session.adapters.values():
            adapter.poolmanager.pool_classes_by_scheme = pools


def on_one_line(value: str) -> str:
    """A header's value, which an old server may have folded, as one that can be written down again as it is."""
    return value.replace("\r\n", " ").replace("\r", " ").replace("\n", " ")


class _Watched:
    """A connection that tells its exchange what happens."""

    exchange: Exchange

    def _new_conn(self):
        connection = super()._new_conn()
        self.exchange.line.take(connection)
        self.exchange.ip = connection.getpeername()[0]
        return connection

    def request(self, method, url, body=None, headers=None, **options):
        # Said anew: the guarded session leaves a port out.
        headers = {"Host": self.exchange.host, **{name: headers[name] for name in headers if name != "Host"}}
        self.exchange.request_headers = list(headers.items())
        super().request(method, url, body=body, headers=headers, **options)

    def response_class(self, connection, **options):
        self.exchange.answer = _Measured(connection, self.exchange, **options)
        return self.exchange.answer


class _Measured(HTTPResponse):
    """An answer of which no part can be endless: the standard library bounds lines, but neither interim answers,
    chunk extensions nor trailers."""

    def __init__(self, connection, exchange: Exchange, **options):
        super().__init__(connection, **options)
        self._meter = _Meter(self.fp.detach(), exchange.head_bytes + _BUFFER)
        self._more = 2 * exchange.body_bytes
        self.fp = io.BufferedReader(self._meter, _BUFFER)

    def begin(self):
        super().begin()
        self._meter.left += self._more


class _Meter(io.RawIOBase):
    """Reads ``raw`` until more than ``left`` bytes have come."""

    def __init__(self, raw: io.RawIOBase, left: int):
        self._raw = raw
        self.left = left

    def readable(self):
        return True

    def readinto(self, buffer):
        count = self._raw.readinto(buffer)
        self.left -= count or 0
        if self.left < 0:
            raise FetchFailed("too_large", "The answer is larger than what is kept.")
        return count

    def close(self):
        self._raw.close()
        super().close()
