"""Who still shows the old text: of what was set right or taken away, which partners have it, and who has not (N9).

A partner is asked after who is entitled to the article, or has a copy of it. What is known: what they fetched, and what
they say they show.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, TextChoices
from django.utils.translation import gettext_lazy as _

from articles.models import Edition
from articles.rules.entitlements import Entitlement
from newsroom.partners.models import Confirmation, Fetch, Partner, Reminder

# How far back the board looks, and of how many editions it tells.
DAYS, MOST = 30, 200


class Standing(TextChoices):
    """How a partner stands to an edition."""

    CONFIRMED = "confirmed", _("says that it shows this")
    FETCHED = "fetched", _("has fetched this")
    SHOWS_OLD = "shows_old", _("says that it shows the text before")
    HAS_OLD = "has_old", _("has fetched only the text before")
    NEVER = "never", _("never fetched the article")


# Who has a text that was set right or taken away, and by all we know nothing newer.
BEHIND = frozenset({Standing.SHOWS_OLD, Standing.HAS_OLD})


@dataclass(frozen=True)
class Line:
    """One partner's standing to one edition; ``number`` is the one it says it shows, else the newest it fetched."""

    partner: Partner
    standing: Standing
    number: int | None
    reminded_at: datetime | None

    @property
    def is_behind(self) -> bool:
        return self.standing in BEHIND


@dataclass(frozen=True)
class ToTakeOver:
    """One edition that set right or took away what was there, with the partners entitled to its article or
    having it."""

    edition: Edition
    at: datetime
    lines: list[Line]

    @property
    def behind(self) -> list[Line]:
        return [line for line in self.lines if line.is_behind]

    @property
    def others(self) -> list[tuple[Standing, int]]:
        """How many partners stand to it in each of the ways that nobody has to be asked after."""
        counted = Counter(line.standing for line in self.lines if not line.is_behind)
        return [(standing, counted[standing]) for standing in Standing if counted[standing]]


def board(*, now: datetime, edition: int | None = None, partner: int | None = None) -> list[ToTakeOver]:
    """What partners had to take over in the last days (:data:`DAYS`), the newest first; of one ``edition``, for one
    ``partner`` (row keys) alone if that is given. As many queries as there are different entitlements, and a few."""
    meant = Edition.objects.to_take_over(now - timedelta(days=DAYS), now)
    if edition is not None:
        meant = meant.filter(pk=edition)
    editions = list(meant.select_related("release", "article").newest_shown()[:MOST])
    articles = {each.article_id for each in editions}
    its = {} if partner is None else {"partner": partner}
    fetched = _newest(Fetch.objects.filter(edition__article__in=articles, **its), "edition__article")
    said = _newest(Confirmation.objects.filter(article__in=articles, **its), "article")
    reminders = Reminder.objects.filter(edition__in=editions, **its).values_list("partner", "edition")
    reminded = {(partner, of): at for partner, of, at in reminders.annotate(at=Max("at")).order_by()}
    lines: dict[int, list[Line]] = {each.pk: [] for each in editions}
    opened: dict[Entitlement, set[int]] = {}
    for asked in _partners(partner):
        by = asked.entitlement
        if by not in opened:
            released = Edition.objects.released(now, by=by).filter(pk__in=lines)
            opened[by] = set(released.values_list("pk", flat=True))
        for each in editions:
            key = (asked.pk, each.article_id)
            if each.pk in opened[by] or key in said or key in fetched:
                at = reminded.get((asked.pk, each.pk))
                lines[each.pk].append(_line(asked, each, said.get(key), fetched.get(key), at))
    return [ToTakeOver(each, each.release.showing.lower, lines[each.pk]) for each in editions]


def _line(partner: Partner, edition: Edition, said: int | None, fetched: int | None, at) -> Line:
    if said is not None:
        confirmed = said >= edition.number
        return Line(partner, Standing.CONFIRMED if confirmed else Standing.SHOWS_OLD, said, at)
    if fetched is None:
        return Line(partner, Standing.NEVER, None, at)
    has = Standing.FETCHED if fetched >= edition.number else Standing.HAS_OLD
    return Line(partner, has, fetched, at)


def _newest(rows, article: str) -> dict[tuple[int, int], int]:
    """By partner and article, the highest number of an edition."""
    found = rows.values_list("partner", article).annotate(number=Max("edition__number")).order_by()
    return {(partner, of): number for partner, of, number in found}


def _partners(one: int | None) -> list[Partner]:
    known = Partner.objects.filter(is_active=True)
    if one is not None:
        known = known.filter(pk=one)
    return list(known.prefetch_related("products__treaties", "products__sections"))
