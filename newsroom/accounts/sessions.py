"""The sessions of a person: where they are signed in, and how that ends."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from newsroom.accounts.asking import raise_if_may_not
from newsroom.accounts.models import User
from newsroom.audit.recording import record

# Nobody is signed in at more places; a list of them is never longer.
MOST = 100


def sessions_of(user: User) -> list[UserSession]:
    """Where ``user`` is signed in, the latest first."""
    open_ones = Session.objects.filter(session_key__in=_keys(user)).values("session_key")
    found = UserSession.objects.filter(user=user, session_key__in=open_ones)
    return list(found.order_by("-last_seen_at")[:MOST])


def end_all(user: User) -> int:
    """Sign ``user`` out everywhere; part of an act, which checks and records. Returns how many sessions ended."""
    ended, _ = Session.objects.filter(session_key__in=_keys(user)).delete()
    UserSession.objects.filter(user=user).delete()
    return ended


def _keys(user: User):
    return UserSession.objects.filter(user=user).values("session_key")


@transaction.atomic
def end_sessions(user: User, *, by: User, now: datetime) -> int:
    """Sign ``user`` out everywhere. Codes: ``not_allowed``."""
    raise_if_may_not(by, "administer")
    ended = end_all(user)
    record("user.sessions_ended", user, by=by, now=now, ended=ended)
    return ended
