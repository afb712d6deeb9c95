"""Ask an address something over a line that can be cut, trusting nothing that answers."""

import socket
import threading
from collections.abc import Callable
from concurrent.futures import Future
from urllib.parse import urlsplit

import requests
from AntiSSRF import AntiSSRFError
from django.conf import settings
from urllib3.exceptions import HTTPError, ReadTimeoutError

from newsroom.core.slugs import slug_of
from sources.capture.guard import SCHEMES, FetchFailed, Guard, leads_inside
from sources.capture.wire import Exchange, Line


def in_time[Found](work: Callable[[Line], Found], *, seconds: float) -> Found:
    """What ``work`` comes back with over the line it is given. Raises FetchFailed ``timed_out`` after ``seconds``."""
    line, outcome = Line(), Future()

    def working():
        try:
            outcome.set_result(work(line))
        except BaseException as error:
            outcome.set_exception(error)

    # In a thread of its own: no timeout of a socket ends a server that sends a byte now and then, and none ends a
    # look-up of a name. A look-up that hangs is left behind; it finds the line cut when it returns.
    threading.Thread(target=working, name="fetch", daemon=True).start()
    try:
        return outcome.result(timeout=seconds)
    except TimeoutError:
        raise FetchFailed(
            "timed_out", "No whole answer came within %(seconds)g seconds.", retryable=True, seconds=seconds
        ) from None
    finally:
        line.cut()


def carry_out(
    exchange: Exchange,
    request: requests.PreparedRequest,
    read: Callable[[requests.Response], bytes],
    *,
    guard: Guard,
    seconds: float,
) -> bytes:
    """What ``read`` gives of the answer to ``request``, of an admitted address; ``exchange`` then has the rest of it.
    Raises FetchFailed."""
    session = guard.policy.get_antissrf_session()
    try:
        session.trust_env = False
        exchange.listen_to(session)
        # The adapter is asked, not the session: that would read the body of a redirect whole, and decompress it.
        adapter = session.get_adapter(request.url)
        response = adapter.send(request, stream=True, timeout=seconds, verify=True)
        try:
            body = read(response)
        finally:
            response.close()
    except Exception as error:
        raise failure_of(error) from error
    finally:
        session.close()
        exchange.line.hang_up()
    if exchange.answer.status < 200:
        raise FetchFailed("connection_failed", "The server answered with an interim status alone.")
    return body


def user_agent(purpose: str) -> str:
    """Who asks, and what for, honestly: the newsroom's name in letters that a header can hold, and where to find it."""
    name = slug_of(settings.NEWSROOM_NAME) or "newsroom"
    home = f"; +{settings.NEWSROOM_ORIGIN}" if settings.NEWSROOM_ORIGIN else ""
    return f"{name}/1.0 ({purpose}{home})"


def host_header(url: str) -> str:
    """The host of ``url``, with its port unless that is the scheme's own (RFC 9110, 7.2)."""
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return host if parts.port in (None, SCHEMES[parts.scheme]) else f"{host}:{parts.port}"


def failure_of(error: Exception) -> FetchFailed:
    """``error`` of the layers below in our words."""
    if isinstance(error, FetchFailed):
        return error
    if isinstance(error, AntiSSRFError):
        return leads_inside()
    if isinstance(error, socket.gaierror):
        # Anything else says that the look-up failed, not that there is no such name.
        if error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)):
            return FetchFailed("host_unknown", "There is no host of this name.", retryable=True)
        return FetchFailed("connection_failed", "The name could not be looked up.", retryable=True)
    if isinstance(error, requests.exceptions.SSLError):
        return FetchFailed("tls_failed", "The server could not prove who it is (TLS).")
    if isinstance(error, requests.exceptions.Timeout | ReadTimeoutError):
        return FetchFailed("timed_out", "The server did not answer in time.", retryable=True)
    if isinstance(error, requests.exceptions.InvalidURL | UnicodeError):
        return FetchFailed("address_refused", "This is no address.")
    if isinstance(error, requests.RequestException | HTTPError | OSError | ValueError):
        return FetchFailed(
            "connection_failed", "The server could not be reached or broke off.", retryable=True
        )
    raise error
