"""What the database has by code, number or name, in words for a partner's people."""

from datetime import timedelta

from django.utils.timesince import TIME_STRINGS
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from articles.rules.change_kinds import CHANGE_KINDS
from articles.rules.languages import Language
from articles.rules.subjects import About
from articles.rules.wanted import ALWAYS
from newsroom.partners.models import ApiKey, Scope

# Why no answer came, by the code of an attempt.
FAILURES = {
    "address_refused": _("the address leads nowhere that we may send to"),
    "port_refused": _("its port is none that we send to"),
    "scheme_refused": _("its address begins with neither http nor https"),
    "https_only": _("its address is without https"),
    "host_unknown": _("there is no host of this name"),
    "connection_failed": _("your server could not be reached, or broke off"),
    "timed_out": _("your server did not answer in time"),
    "too_large": _("the head of the answer was too large"),
    "tls_failed": _("your server could not prove who it is (TLS)"),
    "secret_unreadable": _("the secret can no longer be read: make a new one"),
    "identity_keys_missing": _("we could not sign it"),
}
_KINDS = dict(CHANGE_KINDS)
_SUBJECTS = {"article": _("article"), **{about.value: about.label for about in About}}


def failure(code: str) -> str:
    """Why an attempt had no answer."""
    return str(FAILURES.get(code) or say("it could not be sent"))


def told_of(kept: dict) -> list[str]:
    """What an endpoint is told of, of what it has in ``wanted``; [] is everything."""
    parts = []
    if kinds := kept.get("kinds"):
        parts.append(", ".join(str(label) for kind, label in _KINDS.items() if kind in {*kinds, *ALWAYS}))
    for name, value in kept.items():
        if name != "kinds":
            shown = languages([value]) if name == "language" else value
            parts.append(f"{_SUBJECTS[name]}: {shown}")
    return parts


def languages(codes: list[str]) -> str:
    """The languages by their names."""
    return ", ".join(str(Language(code).label) for code in codes)


def delay(length: timedelta) -> str:
    """How long in days, hours and begun minutes; "" for none."""
    minutes = -(-length // timedelta(minutes=1))
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    counted = (("day", days), ("hour", hours), ("minute", minutes))
    return ", ".join(TIME_STRINGS[unit] % {"num": n} for unit, n in counted if n)


def scopes_of(key: ApiKey) -> list[str]:
    """What the key is for."""
    return [str(Scope(scope).label) for scope in key.scopes]
