"""Invite people to the desk: by a letter with a link that is good once and for three days.

Until it is accepted there is no account. The link's key is made by the worker that writes the letter; here and in the
database there is only its digest.
"""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from django.contrib.auth.models import Group
from django.db import transaction
from django.dispatch import Signal

from newsroom.accounts.asking import raise_if_may_not
from newsroom.accounts.models import Invitation, User
from newsroom.accounts.roles import Role
from newsroom.audit.recording import record
from newsroom.core.deferring import defer
from newsroom.core.errors import DomainError

GOOD_FOR = timedelta(days=3)
# What secrets.token_urlsafe(32) gives.
KEY_LENGTH = 43

# Sent when an account was made, in the same transaction, with ``invitation`` and ``user``.
accepted = Signal()

CLOSED = {
    "accepted": "This invitation has been accepted already. Sign in with the account you made.",
    "withdrawn": "This invitation was withdrawn. Ask an administrator for another.",
    "expired": "This invitation was good for three days, which are over. Ask an administrator for another.",
}


@transaction.atomic
def invite(
    email: str,
    roles: Iterable[str],
    *,
    by: User,
    now: datetime,
    site: str,
    first_name="",
    last_name="",
    at_desk: bool = True,
) -> Invitation:
    """Invite whoever reads ``email`` in ``roles``, by a letter with a link to ``site`` (``https://host``).

    Whoever is not invited to the desk (``at_desk``) has no role there and does not get in.

    Codes: ``not_allowed``, ``no_role``, ``email_taken``, ``already_invited``.
    """
    raise_if_may_not(by, "invite")
    given = sorted(set(roles))
    if bool(given) != at_desk or set(given) - set(Role.values):
        raise DomainError("no_role", "Choose at least one role.", "roles")
    # Two administrators at once take turns from here on.
    Group.objects.select_for_update().filter(name=Role.ADMINISTRATOR).first()
    if User.objects.filter(email__iexact=email).exists():
        raise DomainError("email_taken", "Somebody has this address already.", "email")
    for earlier in Invitation.objects.filter(email__iexact=email, accepted_at=None, revoked_at=None):
        if earlier.state(now) == "open":
            raise DomainError(
                "already_invited", "There is an open invitation to this address: send it again.", "email"
            )
        _close(earlier, by=by, now=now)
    invitation = Invitation.objects.create(
        email=email,
        first_name=first_name,
        last_name=last_name,
        roles_given=given,
        at_desk=at_desk,
        invited_by=by,
        invited_at=now,
        expires_at=now + GOOD_FOR,
    )
    record("invitation.sent", invitation, by=by, now=now, roles=given)
    _write_letter(invitation, site)
    return invitation


@transaction.atomic
def send_again(invitation: Invitation, *, by: User, now: datetime, site: str) -> None:
    """Another letter, good for three days from ``now``; the link of the one before no longer works.

    Codes: ``not_allowed``, ``invitation_closed``.
    """
    raise_if_may_not(by, "invite")
    invitation = _locked(invitation)
    if invitation.accepted_at or invitation.revoked_at:
        raise DomainError("invitation_closed", "This invitation is closed.")
    invitation.expires_at, invitation.key_digest = now + GOOD_FOR, ""
    invitation.save(update_fields=["expires_at", "key_digest"])
    record("invitation.sent_again", invitation, by=by, now=now)
    _write_letter(invitation, site)


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User, now: datetime) -> None:
    """Let the link lead nowhere any more. Codes: ``not_allowed``, ``invitation_closed``."""
    raise_if_may_not(by, "invite")
    invitation = _locked(invitation)
    if invitation.accepted_at or invitation.revoked_at:
        raise DomainError("invitation_closed", "This invitation is closed.")
    _close(invitation, by=by, now=now)


def opened_by(key: str, *, now: datetime) -> Invitation:
    """The open invitation whose link has ``key``. Codes: ``invitation_unknown``, ``invitation_closed``."""
    invitation = Invitation.objects.filter(key_digest=_digest(key)).first() if key else None
    if invitation is None:
        raise DomainError(
            "invitation_unknown",
            "This link is not, or no longer, one of an invitation. The latest letter counts.",
        )
    if (state := invitation.state(now)) != "open":
        raise DomainError("invitation_closed", CLOSED[state])
    return invitation


@transaction.atomic
def accept(key: str, *, username: str, password: str, first_name: str, last_name: str, now: datetime) -> User:
    """Make the account that the invitation with ``key`` offers. ``password`` has passed the validators.

    Whoever has the key may. Codes: as :func:`opened_by`, ``username_taken``, ``email_taken``.
    """
    invitation = _locked(opened_by(key, now=now))
    if (state := invitation.state(now)) != "open":
        raise DomainError("invitation_closed", CLOSED[state])
    if User.objects.filter(username__iexact=username).exists():
        raise DomainError("username_taken", "Somebody has this user name already.", "username")
    if User.objects.filter(email__iexact=invitation.email).exists():
        raise DomainError("email_taken", "Somebody has this address already.")
    user = User(
        username=username,
        email=invitation.email,
        first_name=first_name,
        last_name=last_name,
        is_staff=invitation.at_desk,
        date_joined=now,
    )
    user.set_password(password)
    user.full_clean()
    user.save(force_insert=True)
    user.groups.set(Group.objects.filter(name__in=invitation.roles_given))
    invitation.accepted_at, invitation.user = now, user
    invitation.save(update_fields=["accepted_at", "user"])
    record("invitation.accepted", invitation, by=user, now=now)
    record("user.entered", user, by=user, now=now, roles=invitation.roles_given)
    accepted.send(sender=Invitation, invitation=invitation, user=user)
    return user


@transaction.atomic
def make_first_administrator(username: str, email: str, *, now: datetime) -> User:
    """The account that invites everybody else, made by the system; its password is chosen by a link.

    Codes: ``administrator_there``. Raises ValidationError for a name or an address that is bad or taken.
    """
    role = Group.objects.select_for_update().get(name=Role.ADMINISTRATOR)
    if role.user_set.filter(is_active=True).exists():
        raise DomainError("administrator_there", "There is an administrator, who can invite.")
    user = User(username=username, email=email, is_staff=True, date_joined=now)
    user.set_unusable_password()
    user.full_clean()
    user.save(force_insert=True)
    user.groups.add(role)
    record("user.entered", user, by=None, now=now, roles=[str(Role.ADMINISTRATOR)])
    return user


def new_key(invitation: Invitation, *, now: datetime) -> str | None:
    """A fresh key for the letter about to be sent, or None if the invitation is not open any more."""
    with transaction.atomic():
        invitation = _locked(invitation)
        if invitation.state(now) != "open":
            return None
        key = secrets.token_urlsafe(32)
        invitation.key_digest = _digest(key)
        invitation.save(update_fields=["key_digest"])
    return key


def _close(invitation: Invitation, *, by: User, now: datetime) -> None:
    invitation.revoked_at = now
    invitation.save(update_fields=["revoked_at"])
    record("invitation.withdrawn", invitation, by=by, now=now)


def _write_letter(invitation: Invitation, site: str) -> None:
    defer("newsroom.accounts.tasks.send_invitation", invitation=invitation.pk, site=site)


def _locked(invitation: Invitation) -> Invitation:
    return Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)


def _digest(key: str) -> str:
    return sha256(key.encode("utf-8", "replace")).hexdigest() if len(key) == KEY_LENGTH else "-"
