"""Who guesses passwords is locked out for a while: what axes counts by, what it answers, and who lifts it."""

from datetime import datetime
from hashlib import sha256

from allauth.core.internal.httpkit import clean_client_ip
from axes.models import AccessAttempt
from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.shortcuts import render

from newsroom.accounts.asking import raise_if_may_not
from newsroom.accounts.models import User
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError

# The most that a name to sign in by may have; a longer one is nobody's.
LONGEST = 254


def address_of(request) -> str:
    """The address of whoever asks: as our own proxies tell it (NEWSROOM_PROXIES), else that of the connection."""
    told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if settings.NEWSROOM_PROXIES else []
    # Each proxy adds at the end whom it heard from; what stands before is the client's own word.
    told = [entry.strip() for entry in told if entry.strip()][-settings.NEWSROOM_PROXIES :]
    for candidate in (told[0] if told else "", request.META.get("REMOTE_ADDR", "")):
        if address := clean_client_ip(candidate):
            return address
    return "0.0.0.0"  # noqa: S104 - a socket of this machine has no address; nothing is bound here


def person_named(typed: str) -> User | None:
    """Whom ``typed``, a user name or an e-mail address, stands for."""
    typed = typed.replace("\x00", "").strip()
    if not typed or len(typed) > LONGEST:
        return None
    found = User.objects.filter(username__iexact=typed) | User.objects.filter(email__iexact=typed)
    return found.order_by("pk").first()


def name_tried(request, credentials: dict | None) -> str:
    """Under which name axes counts a try: the person's, by whichever name they were called.

    Of a name that is nobody's only the digest is kept: people type passwords there by mistake.
    """
    given = credentials or {}
    typed = str(given.get("email") or given.get("username") or "")
    user = person_named(typed)
    return user.username if user else f"?{sha256(typed.encode('utf-8', 'replace')).hexdigest()[:40]}"


def locked_out(request, original_response=None, credentials=None):
    """What who is locked out sees instead."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "account/locked_out.html", {"minutes": minutes}, status=429)


def lockouts_of(user: User, *, now: datetime) -> list[str]:
    """The addresses from which ``user`` is locked out at ``now``."""
    tries = AccessAttempt.objects.filter(
        username=user.username, attempt_time__gte=now - settings.AXES_COOLOFF_TIME
    )
    counted = tries.values("ip_address").annotate(failures=Sum("failures_since_start"))
    over = counted.filter(failures__gte=settings.AXES_FAILURE_LIMIT).order_by("ip_address")
    return list(over.values_list("ip_address", flat=True)[:100])


@transaction.atomic
def unlock(user: User, *, by: User, now: datetime) -> None:
    """Let ``user`` try again at once. Codes: ``not_allowed``, ``not_locked``."""
    raise_if_may_not(by, "administer")
    if not lockouts_of(user, now=now):
        raise DomainError("not_locked", "Nobody is locked out of this account.")
    AccessAttempt.objects.filter(username=user.username).delete()
    record("user.unlocked", user, by=by, now=now)
