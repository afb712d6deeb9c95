"""Who may act for a partner: its own people, and administrators."""

from newsroom.accounts.asking import may
from newsroom.core.errors import DomainError
from newsroom.partners.models import Partner


def is_of(user, partner: Partner) -> bool:
    """Whether ``user`` is one of the partner's people, and it is let in at all."""
    return bool(user.is_active and partner.is_active and partner.people.filter(pk=user.pk).exists())


def raise_if_may_not_act_for(user, partner: Partner) -> None:
    """What acts on a partner's keys and webhooks ask. ``user`` None is the system itself.

    Raises DomainError ``not_allowed``.
    """
    if user is None or may(user, "administer") or is_of(user, partner):
        return
    raise DomainError("not_allowed", "You do not act for this partner.")
