"""Tell an address something, with the guard and the distrust of a capture: webhooks."""

from dataclasses import dataclass

import requests

from sources.capture.asking import carry_out, host_header, in_time, user_agent
from sources.capture.guard import Guard
from sources.capture.wire import Exchange, Line

HEAD_BYTES = 16 * 1024


@dataclass(frozen=True)
class Answered:
    """What an address answered: ``body`` is no more than was asked to be read, ``headers`` are (name, value)."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes
    ip: str
    request_headers: list[tuple[str, str]]

    def header(self, name: str) -> str:
        """The last value of the answer's header ``name``, "" without one."""
        return next((value for key, value in reversed(self.headers) if key.lower() == name.lower()), "")


def post(
    url: str,
    body: bytes,
    headers: dict[str, str],
    *,
    purpose: str,
    guard: Guard,
    seconds: float,
    most: int,
) -> Answered:
    """What ``url`` answers to ``body`` within ``seconds``, of its answer ``most`` bytes; no redirect is followed.
    ``purpose`` says to whoever is asked what for (User-Agent).

    The address is put to ``guard``, its name by each address it resolves to. No cookies are sent, no credentials,
    nothing of the environment's proxies. Raises :class:`sources.capture.guard.FetchFailed`.
    """
    url = guard.admit(url)
    own = {"User-Agent": user_agent(purpose), "Accept": "*/*"}
    own |= {"Accept-Encoding": "identity", "Connection": "close"}
    return in_time(
        lambda line: _post(url, line, body, own | headers, guard=guard, seconds=seconds, most=most),
        seconds=seconds,
    )


def _post(
    url: str, line: Line, body: bytes, headers: dict[str, str], *, guard: Guard, seconds: float, most: int
) -> Answered:
    exchange = Exchange(line, host_header(url), head_bytes=HEAD_BYTES, body_bytes=most)
    request = requests.Request("POST", url, headers=headers, data=body).prepare()
    read = carry_out(exchange, request, lambda answer: _some_of(answer, most), guard=guard, seconds=seconds)
    return Answered(
        status=exchange.answer.status,
        headers=exchange.answer_headers,
        body=read,
        ip=exchange.ip,
        request_headers=exchange.request_headers,
    )


def _some_of(response: requests.Response, most: int) -> bytes:
    """The first ``most`` bytes of the body, or fewer where it breaks off: what counts is the status."""
    try:
        return response.raw.read(most, decode_content=False)[:most]
    except Exception:  # Whatever is wrong with what nobody needs.
        return b""
