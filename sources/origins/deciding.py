"""A person's decisions on origins: this source derives from that one, it does not, these two only look alike."""

from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from newsroom.accounts.asking import raise_if_may_not
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from sources.models import Likeness, Source
from sources.origins.chains import line_above

# Means nothing; it must only be no other lock's (see articles.publishing).
_LOCK = 7_307_004


@transaction.atomic
def confirm_origin(source: Source, of: Source, *, how: str, by, now: datetime) -> Source:
    """Say that ``source`` derives from ``of``, in the way ``how`` (a Source.Derivation), instead of from what was
    said before. If the pair was proposed, or even rejected, it is confirmed then.

    Raises DomainError ``derivation_unknown``, ``origin_confidential`` (of neither may anything be told),
    ``origin_cycle`` (``of`` is ``source``, or derives from it over however many others).
    """
    raise_if_may_not(by, "keep_evidence")
    if how not in Source.Derivation.values:
        raise DomainError("derivation_unknown", _("Say how it derives from the other."), "how")
    _one_decision_at_a_time()
    source = Source.objects.select_for_update().get(pk=source.pk)
    if source.confidential or of.confidential:
        message = _("A confidential source has no place among origins: readers are shown them.")
        raise DomainError("origin_confidential", message, "of")
    if source.pk in line_above(of):
        raise DomainError("origin_cycle", _("“%(of)s” derives from this source.") % {"of": of}, "of")
    former = source.derives_from
    source.derives_from, source.derivation = of, how
    source.save(update_fields=["derives_from", "derivation"])
    if former and former != of:
        _open_again(source, former)
    _pair(source, of).update(state=Likeness.State.CONFIRMED, decided_by=by, decided_at=now)
    told = {"of": of.public_id, "how": str(how), "former": former and former.public_id}
    record("source.origin_set", source, by=by, now=now, **told)
    return source


@transaction.atomic
def clear_origin(source: Source, *, by, now: datetime) -> Source:
    """Say that ``source`` derives from nothing known. Were the two proposed as alike, they are so again.

    Raises DomainError ``origin_missing`` if that is said already.
    """
    raise_if_may_not(by, "keep_evidence")
    _one_decision_at_a_time()
    source = Source.objects.select_for_update().get(pk=source.pk)
    former = source.derives_from
    if former is None:
        raise DomainError("origin_missing", _("It derives from no other source."))
    told = {"of": former.public_id, "how": source.derivation}
    source.derives_from, source.derivation = None, ""
    source.save(update_fields=["derives_from", "derivation"])
    _open_again(source, former)
    record("source.origin_cleared", source, by=by, now=now, **told)
    return source


@transaction.atomic
def reject_likeness(likeness: Likeness, *, by, now: datetime) -> Likeness:
    """Say that neither of the two derives from the other; they are never proposed again.

    Raises DomainError ``likeness_decided`` if somebody confirmed or rejected it meanwhile.
    """
    raise_if_may_not(by, "keep_evidence")
    likeness = (
        Likeness.objects.select_for_update(of=["self"]).select_related("left", "right").get(pk=likeness.pk)
    )
    if likeness.state != Likeness.State.PROPOSED:
        raise DomainError("likeness_decided", _("This has been decided already."))
    likeness.state, likeness.decided_by, likeness.decided_at = Likeness.State.REJECTED, by, now
    likeness.save(update_fields=["state", "decided_by", "decided_at"])
    record("likeness.rejected", likeness.left, by=by, now=now, other=likeness.right.public_id)
    return likeness


def _one_decision_at_a_time() -> None:
    """Two at once could close a circle of which each sees only its own half."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _pair(one: Source, other: Source):
    return Likeness.objects.filter(Q(left=one, right=other) | Q(left=other, right=one))


def _open_again(source: Source, former: Source) -> None:
    _pair(source, former).filter(state=Likeness.State.CONFIRMED).update(
        state=Likeness.State.PROPOSED, decided_by=None, decided_at=None
    )
