"""Ask partners who are behind to take over what was set right, or taken away."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_noop as _

from articles.models import Edition
from articles.rendering.pages import address
from articles.rules.kinds import Kind
from newsroom.accounts.asking import raise_if_may_not
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.partners.catching_up import Line, board
from newsroom.partners.models import Partner, Reminder
from newsroom.partners.telling import write_to
from newsroom.partners.webhooks.fanning_out import remind_endpoints

logger = logging.getLogger(__name__)

# Nobody is reminded of the same thing twice within so long.
PATIENCE = timedelta(hours=1)


@transaction.atomic
def remind(edition: int, partner: int, *, by, now: datetime) -> Reminder:
    """Remind the partner (row key) of the edition (row key): by mail, and by the event once more at its webhooks.

    ``by`` is None where nobody pressed a button. Raises DomainError ``not_allowed``, ``nobody_behind``,
    ``reminded_already``.
    """
    if by is not None:
        raise_if_may_not(by, "remind_partner")
    Partner.objects.select_for_update(no_key=True).get(pk=partner)
    lines = [line for each in board(now=now, edition=edition, partner=partner) for line in each.behind]
    if not lines:
        raise DomainError("nobody_behind", "This partner has taken it over, or never had the text before.")
    line = lines[0]
    if line.reminded_at and now < line.reminded_at + PATIENCE:
        raise DomainError("reminded_already", "This partner was reminded within the last hour.")
    return _remind(Edition.objects.select_related("article").get(pk=edition), line, by=by, now=now)


def remind_all(*, now: datetime) -> int:
    """Remind, once, every partner who has been behind for as long as the setting says; how many. Safe to run twice.

    One who cannot be reminded keeps nobody else from it: the next time it is tried again.
    """
    hours = settings.NEWSROOM_REMIND_AFTER
    if not hours:
        return 0
    due = [each for each in board(now=now) if each.at <= now - timedelta(hours=hours)]
    late = [
        (each.edition.pk, line.partner.pk) for each in due for line in each.behind if not line.reminded_at
    ]
    reminded = 0
    for edition, partner in late:
        try:
            remind(edition, partner, by=None, now=now)
        except DomainError as refused:
            logger.warning("partner %s is not reminded of edition %s: %s", partner, edition, refused.code)
        else:
            reminded += 1
    return reminded


def _remind(edition: Edition, line: Line, *, by, now: datetime) -> Reminder:
    partner = line.partner
    reminder = Reminder.objects.create(partner=partner, edition=edition, at=now, by=by)
    # Of what was taken down nothing is told but its id.
    where = address(reverse("api-article", args=[edition.article.public_id]))
    write_to(
        partner,
        _("please take over what we have changed"),
        _(
            "We have published edition %(number)s of %(where)s (%(kind)s). By all we know you still show edition"
            " %(old)s. Please take the new one over, or take the text away, and tell us by the API which edition you"
            " show (confirmations)."
        ),
        number=edition.number,
        where=where,
        kind=Kind(edition.kind).label,
        old=line.number,
    )
    remind_endpoints(partner, edition, now=now)
    record(
        "partner.reminded", partner, by=by, now=now, article=edition.article.public_id, edition=edition.number
    )
    return reminder
