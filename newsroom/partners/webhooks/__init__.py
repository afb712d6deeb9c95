"""Webhooks (Standard Webhooks): tell partners what became visible, and let them look after where it is sent.

Acts for the partner's own page, the desk and commands alike: each takes ``by`` (a user, None: the system) and ``now``.
"""

from newsroom.partners.webhooks.looking_after import (
    add_endpoint,
    change_endpoint,
    pause,
    ping,
    remove,
    resend,
    resend_since,
    resume,
    rotate_secret,
)

__all__ = [
    "add_endpoint",
    "change_endpoint",
    "pause",
    "ping",
    "remove",
    "resend",
    "resend_since",
    "resume",
    "rotate_secret",
]
