"""The second factor of people who sign in: who must set one up, and what an administrator does when one is lost."""

from datetime import datetime

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db import transaction

from newsroom.accounts import letters, sessions
from newsroom.accounts.asking import raise_if_may_not
from newsroom.accounts.models import User
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.core.sealing import cipher

# Whoever has no place there is turned away there, whatever they have.
DESK = "/admin/"

# Recovery codes stand in for one of these and are none by themselves.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def factors_of(user):
    """The authenticator app and the passkeys of ``user``."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS)


def must_set_one_up(request) -> bool:
    """Whether whoever asks is signed in without a second factor; asked where one is compulsory."""
    user = request.user
    if not user.is_authenticated or (not user.is_staff and request.path_info.startswith(DESK)):
        return False
    if settings.NEWSROOM_OIDC_SECOND_FACTOR and signed_in_by_provider(request):
        return False
    return not factors_of(user).exists()


def signed_in_by_provider(request) -> bool:
    return any(
        step.get("method") == "socialaccount" for step in get_authentication_records(request, request.user)
    )


@transaction.atomic
def encrypt_anew() -> tuple[int, list[str]]:
    """Encrypt every secret under the first key of the settings, so that the other keys may go.

    Returns how many there are now under it, and the user names of those whose secret no key opens: left as it is.
    """
    done, unreadable = 0, []
    kept = Authenticator.objects.select_for_update(of=("self",)).select_related("user").order_by("pk")
    for factor in kept.exclude(type=Authenticator.Type.WEBAUTHN).iterator():
        name = "secret" if factor.type == Authenticator.Type.TOTP else "seed"
        try:
            factor.data[name] = cipher().rotate(factor.data[name]).decode()
        except InvalidToken:
            unreadable.append(factor.user.username)
        else:
            factor.save(update_fields=["data"])
            done += 1
    return done, unreadable


@transaction.atomic
def reset_factors(user: User, *, by: User, now: datetime) -> None:
    """Take every second factor of ``user`` away, end their sessions and tell them: the device is lost.

    Never one's own: whoever has the desk open would need no second factor to be rid of it. Codes: ``not_allowed``,
    ``own_factors``, ``no_factors``.
    """
    raise_if_may_not(by, "administer")
    if user == by:
        raise DomainError(
            "own_factors", "Ask another administrator, or take them away under your own account."
        )
    User.objects.select_for_update().get(pk=user.pk)
    kinds = sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    if not kinds:
        raise DomainError("no_factors", "There is no second factor to take away.")
    Authenticator.objects.filter(user=user).delete()
    record("user.factors_reset", user, by=by, now=now, factors=kinds)
    sessions.end_all(user)
    letters.tell(user, letters.FACTORS_RESET)
