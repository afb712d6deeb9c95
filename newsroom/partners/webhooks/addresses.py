"""Which addresses webhooks may go to: guarded as captures are, and over TLS."""

from django.conf import settings

from newsroom.core.errors import DomainError
from sources.capture.guard import SCHEMES, Guard

# 443, and what receivers behind it often have. In development a receiver may run anywhere on this machine.
PORTS = frozenset({SCHEMES["https"], 8443})


def usual_guard() -> Guard:
    """Public addresses over the usual ports, and the networks of NEWSROOM_WEBHOOK_NETWORKS."""
    ports = PORTS if settings.PRODUCTION else frozenset(range(1, 65_536))
    return Guard(ports=ports, also=tuple(settings.NEWSROOM_WEBHOOK_NETWORKS))


def admitted(url: str, guard: Guard) -> str:
    """``url`` in the form in which it is asked. What its name leads to is looked at when it is asked, every time.

    Raises FetchFailed with the codes of :class:`sources.capture.guard.FetchFailed`, DomainError ``https_only``.
    """
    url = url.strip()
    if settings.PRODUCTION and url.partition(":")[0].lower() == "http":
        raise DomainError("https_only", "Webhooks go to addresses with https only.", "url")
    asked = guard.admit(url)
    guard.raise_if_inside(asked)
    return asked
