"""Who keeps a partner's keys and webhooks: invited by an administrator, without any place at the desk."""

from datetime import datetime

from django.db import transaction
from django.dispatch import receiver

from newsroom.accounts import inviting
from newsroom.accounts.asking import raise_if_may_not
from newsroom.accounts.models import Invitation, User
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.partners.models import Invited, Partner


@transaction.atomic
def invite_person(
    partner: Partner, email: str, *, by, now: datetime, site: str, first_name: str = "", last_name: str = ""
) -> Invitation | None:
    """Invite whoever reads ``email`` to the pages of ``partner`` at ``site`` (``https://host``).

    Somebody who has an account already comes to them at once, without a letter: None. Codes: as
    :func:`newsroom.accounts.inviting.invite`, ``theirs_already``.
    """
    raise_if_may_not(by, "administer")
    if person := User.objects.filter(email__iexact=email, is_active=True).first():
        if partner.people.filter(pk=person.pk).exists():
            raise DomainError("theirs_already", "This is one of the partner's people already.", "email")
        partner.people.add(person)
        record("partner.person_added", partner, by=by, now=now, person=person.public_id)
        return None
    invitation = inviting.invite(
        email, (), by=by, now=now, site=site, first_name=first_name, last_name=last_name, at_desk=False
    )
    Invited.objects.create(invitation=invitation, partner=partner)
    record("partner.person_invited", partner, by=by, now=now, invitation=invitation.public_id)
    return invitation


@transaction.atomic
def remove_person(partner: Partner, person: User | None, *, by, now: datetime) -> None:
    """Take ``person`` (None: whoever was meant is not there) off the partner's pages; the account stays.

    Codes: ``not_allowed``, ``not_theirs``.
    """
    raise_if_may_not(by, "administer")
    if person is None or not partner.people.filter(pk=person.pk).exists():
        raise DomainError("not_theirs", "This person is none of the partner's people.")
    partner.people.remove(person)
    record("partner.person_removed", partner, by=by, now=now, person=person.public_id)


@receiver(inviting.accepted)
def join(invitation: Invitation, user: User, **about) -> None:
    """Whoever accepted is one of the people of the partner that they were invited for."""
    for invited in Invited.objects.filter(invitation=invitation).select_related("partner"):
        invited.partner.people.add(user)
