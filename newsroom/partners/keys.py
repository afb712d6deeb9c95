"""Make, exchange and end the keys by which partners read. Whoever acts is one of the partner's people or an
administrator (:mod:`newsroom.partners.access`), or the system itself (None)."""

from datetime import datetime, timedelta

from django.db import transaction

from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.core.typed import typed
from newsroom.partners.access import raise_if_may_not_act_for
from newsroom.partners.models import ApiKey, Partner, Scope
from newsroom.partners.models.api_key import NAME_LENGTH, MarkedKeys
from newsroom.partners.networks import networks_in

# Of one partner that let in at a time: rates are counted by the key.
MOST_KEYS = 20
# Of those that ended, how many a page lists: the latest.
MOST_ENDED = 20
LONGEST_OVERLAP = timedelta(days=30)
OVERLAP = timedelta(days=7)


@transaction.atomic
def make_key(
    partner: Partner,
    *,
    name: str,
    now: datetime,
    by,
    scopes=(Scope.READ,),
    allowed_from=(),
    expires_at: datetime | None = None,
) -> tuple[ApiKey, str]:
    """A new key of ``partner``, and its text, which is told only now.

    Raises DomainError ``not_allowed``, ``name_missing``, ``scope_unknown``, ``moment_passed``, ``too_many_keys``, and
    what :func:`newsroom.partners.networks.networks_in` raises.
    """
    raise_if_may_not_act_for(by, partner)
    _lock(partner)
    if not (name := typed(name, "name", limit=NAME_LENGTH, lines=False)):
        raise DomainError("name_missing", "Give the key a name by which you know it again.", "name")
    given = [scope for scope in Scope if scope in scopes]
    if not given or set(scopes) - set(Scope.values):
        raise DomainError("scope_unknown", "Choose what the key is for.", "scopes")
    if expires_at is not None and expires_at <= now:
        raise DomainError("moment_passed", "The moment it ends has passed.", "expires_at")
    _raise_if_too_many(partner, now)
    key, text = _made(
        partner,
        name=name,
        scopes=given,
        allowed_from=networks_in(allowed_from),
        made_at=now,
        expires_at=expires_at,
    )
    record("apikey.made", key, by=by, now=now, partner=partner.public_id, scopes=key.scopes)
    return key, text


@transaction.atomic
def rotate_key(key: ApiKey, *, by, now: datetime, overlap: timedelta = OVERLAP) -> tuple[ApiKey, str]:
    """A new key for the same, and its text; ``key`` itself ends after ``overlap``, or when it would have anyway.

    Raises DomainError ``not_allowed``, ``key_ended``, ``exchanged_already``, ``overlap_too_long``, ``too_many_keys``.
    """
    raise_if_may_not_act_for(by, key.partner)
    _lock(key.partner)
    key = ApiKey.objects.select_for_update(of=("self",)).select_related("partner").get(pk=key.pk)
    if not key.is_usable(now):
        raise DomainError("key_ended", "This key no longer lets in: make another.")
    if key.exchanged_at:
        raise DomainError("exchanged_already", "This key was exchanged already.")
    if not timedelta() <= overlap <= LONGEST_OVERLAP:
        raise DomainError(
            "overlap_too_long",
            "Both keys let in for %(days)d days at most.",
            "overlap",
            days=LONGEST_OVERLAP.days,
        )
    _raise_if_too_many(key.partner, now)
    made, text = _made(
        key.partner,
        name=key.name,
        scopes=key.scopes,
        allowed_from=key.allowed_from,
        made_at=now,
        # It lasts as long as the one before was made to.
        expires_at=key.expires_at and now + (key.expires_at - key.made_at),
    )
    key.expires_at = min(key.expires_at or now + overlap, now + overlap)
    key.exchanged_at = now
    key.save(update_fields=["expires_at", "exchanged_at"])
    record("apikey.rotated", key, by=by, now=now, partner=key.partner.public_id, made=made.public_id)
    return made, text


@transaction.atomic
def revoke_key(key: ApiKey, *, by, now: datetime) -> ApiKey:
    """End ``key`` at once; it stays on record. Raises DomainError ``not_allowed``, ``revoked_already``."""
    raise_if_may_not_act_for(by, key.partner)
    key = ApiKey.objects.select_for_update(of=("self",)).select_related("partner").get(pk=key.pk)
    if key.revoked_at:
        raise DomainError("revoked_already", "This key was revoked already.")
    key.revoked_at = now
    key.save(update_fields=["revoked_at"])
    record("apikey.revoked", key, by=by, now=now, partner=key.partner.public_id)
    return key


def _made(partner: Partner, **fields) -> tuple[ApiKey, str]:
    text, prefix, hashed = MarkedKeys().generate()
    return ApiKey.objects.create(partner=partner, prefix=prefix, hashed_key=hashed, **fields), text


def _raise_if_too_many(partner: Partner, now: datetime) -> None:
    if partner.keys.usable(now).count() >= MOST_KEYS:
        raise DomainError(
            "too_many_keys", "There are %(most)d keys in use already: revoke one first.", None, most=MOST_KEYS
        )


def _lock(partner: Partner) -> None:
    """Let two who make keys at once take turns."""
    Partner.objects.select_for_update().get(pk=partner.pk)
