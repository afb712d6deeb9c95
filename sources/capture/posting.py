"""Tell an address something, with the guard and the distrust of a capture: webhooks."""

from dataclasses import dataclass

import requests

from sources.capture.fetching import failure_of, host_header, in_time, on_one_line, user_agent
from sources.capture.guard import FetchFailed, Guard
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
    session = guard.policy.get_antissrf_session()
    try:
        session.trust_env = False
        exchange.listen_to(session)
        response = session.get_adapter(url).send(request, stream=True, timeout=seconds, verify=True)
        try:
            read = _some_of(response, most)
        finally:
            response.close()
    except Exception as error:
        raise failure_of(error) from error
    finally:
        session.close()
        line.hang_up()
    answer = exchange.answer
    if answer.status < 200:
        raise FetchFailed("connection_failed", "The server answered with an interim status alone.")
    return Answered(
        status=answer.status,
        headers=[(name, on_one_line(str(value))) for name, value in answer.msg.items()],
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
