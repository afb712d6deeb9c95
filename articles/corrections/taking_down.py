"""Take an article down for a legal reason: one person at once, a second one in time (design, rule 7)."""

from datetime import datetime, timedelta

from django.db import transaction

from articles.access import raise_if_may_not
from articles.corrections.notices import stand_in, state_of
from articles.drafting import lock
from articles.models import Article, Edition, Rendering, TakeDown
from articles.rules.after_publication import result_of
from articles.rules.kinds import Kind
from articles.taking_turns import while_sources_stand
from newsroom.accounts.models import User
from newsroom.accounts.roles import Role
from newsroom.audit.recording import record
from newsroom.core.deferring import defer
from newsroom.core.errors import DomainError
from newsroom.core.typed import typed

REASON_LENGTH = 2000
CONFIRMED_WITHIN = timedelta(hours=1)


@transaction.atomic
def take_down(article: Article, *, by, now: datetime, reason: str) -> Edition:
    """Hide ``article`` at once, its earlier editions and receipts with it, behind a neutral notice.

    ``reason`` stays at the desk. Somebody else confirms within :data:`CONFIRMED_WITHIN`, or it escalates; nothing
    brings the text back but a reinstatement. Raises DomainError ``not_allowed``, ``reason_missing``,
    ``text_too_long``, ``text_unreadable``, ``not_public``, ``taken_down_already``.
    """
    while_sources_stand()
    article = lock(article)
    raise_if_may_not(by, "take_down", article)
    reason = typed(reason, "reason", limit=REASON_LENGTH)
    if not reason:
        raise DomainError("reason_missing", "Say why.", "reason")
    edition = stand_in(article, "take_down", Kind.TAKE_DOWN, by=by, now=now, closes_history=True)
    TakeDown.objects.create(edition=edition, reason=reason, by=by, at=now, confirm_by=now + CONFIRMED_WITHIN)
    # No road leads to them any more; so that none can be found, they are not there either.
    Rendering.objects.filter(edition__article=article, edition__number__lt=edition.number).delete()
    record("article.taken_down", article, by=by, now=now, edition=edition.number, reason=reason)
    return edition


@transaction.atomic
def confirm_take_down(article: Article, *, by, now: datetime) -> TakeDown:
    """Confirm, as a second person, that ``article`` stays down.

    Raises DomainError ``not_allowed``, ``not_taken_down``, ``own_take_down``, ``confirmed_already``.
    """
    article = lock(article)
    raise_if_may_not(by, "confirm_take_down", article)
    result_of("confirm_take_down", *state_of(article, now=now))
    order = latest_take_down(article)
    if order.confirmed_at:
        raise DomainError("confirmed_already", "Somebody has confirmed it already.")
    if order.by_id == by.pk:
        raise DomainError("own_take_down", "You took it down: somebody else has to confirm.")
    order.confirmed_by, order.confirmed_at = by, now
    order.save(update_fields=["confirmed_by", "confirmed_at"])
    record("article.take_down_confirmed", article, by=by, now=now, edition=order.edition.number)
    return order


def latest_take_down(article: Article) -> TakeDown | None:
    """Who last took ``article`` down, and whether that was confirmed."""
    return TakeDown.objects.filter(edition__article=article).select_related("edition").first()


def escalate_take_downs(*, now: datetime) -> int:
    """Tell every duty editor and administrator of take-downs that nobody confirmed in time; returns how many.

    Each is told once, however often this runs; the article stays down.
    """
    with transaction.atomic():
        late = TakeDown.objects.filter(confirmed_at=None, escalated_at=None, confirm_by__lte=now)
        orders = list(
            late.select_for_update(skip_locked=True, of=["self"]).select_related("edition__article")
        )
        for order in orders:
            order.escalated_at = now
            order.save(update_fields=["escalated_at"])
            record("article.take_down_escalated", order.edition.article, by=None, now=now)
            defer("articles.tasks.tell_of_unconfirmed_take_down", order=order.pk)
    return len(orders)


def answerable() -> list[str]:
    """The mail addresses of those who are told of a take-down that nobody confirmed."""
    people = User.objects.filter(
        is_active=True, groups__name__in=[Role.DUTY_EDITOR, Role.ADMINISTRATOR]
    ).exclude(email="")
    return sorted(set(people.values_list("email", flat=True)))
