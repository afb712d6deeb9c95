"""Arrange a front: which articles stand first, in which order, and whether the first of them leads."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from articles.access import raise_if_may_not
from articles.models import Arrangement, Article, Edition, Pin, Section
from articles.models.section import scopes_of
from articles.purging import LISTS
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.core.purging import purge_after_commit

MOST_PINS = 12


def arrangeable(now: datetime):
    """The editions whose articles may be pinned at ``now``: what readers can read, and what waits for its moment, which
    then stands there from that moment on (a queryset)."""
    return Edition.objects.listed(now) | Edition.objects.waiting(now)


@transaction.atomic
def arrange(
    section: Section | None, *, articles: Sequence[Article], leads: bool, after: int, by, now: datetime
) -> Arrangement:
    """Let ``articles`` stand first on the front of ``section`` (None: the home page), in this order.

    ``after`` is the number of the arrangement it takes the place of, 0: there was none. An earlier one is brought back
    by arranging the same again. Raises DomainError ``not_allowed``, ``out_of_scope``, ``front_changed``,
    ``too_many_pins``, ``pinned_twice``, ``not_public`` (place: the article), ``nothing_changed``.
    """
    raise_if_may_not(by, "arrange")
    if not is_front_of(by, section):
        raise DomainError("out_of_scope", "You do not work on articles of this section and language.")
    holds = Arrangement.objects.of(section).first()
    if (holds.number if holds else 0) != after:
        raise _changed()
    _raise_if_cannot_stand(articles, now)
    if holds and (holds.leads, _pinned(holds)) == (leads, [article.pk for article in articles]):
        raise DomainError("nothing_changed", "Nothing of it is different.")
    made = Arrangement(section=section, number=after + 1, leads=leads, made_by=by, made_at=now)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:  # Two at once: the number is given once.
        raise _changed() from None
    Pin.objects.bulk_create(
        Pin(arrangement=made, article=article, position=position) for position, article in enumerate(articles)
    )
    pinned = [article.public_id for article in articles]
    record("front.arranged", made, by=by, now=now, pinned=pinned, leads=leads)
    purge_after_commit([LISTS])
    return made


def is_front_of(user, section: Section | None) -> bool:
    """Whether the front of ``section`` is one that ``user`` works on: of the home page everybody does."""
    scopes = scopes_of(user)
    return section is None or not scopes or any(known in (None, section.pk) for known, _language in scopes)


def _raise_if_cannot_stand(articles: Sequence[Article], now: datetime) -> None:
    if len(articles) > MOST_PINS:
        raise DomainError("too_many_pins", "At most %(most)s articles can stand first.", most=MOST_PINS)
    if len({article.pk for article in articles}) < len(articles):
        raise DomainError("pinned_twice", "An article stands there twice.")
    public = set(arrangeable(now).filter(article__in=articles).values_list("article", flat=True))
    for article in articles:
        if article.pk not in public:
            raise DomainError(
                "not_public",
                "Readers cannot read “%(article)s”, and nothing of it waits for its moment.",
                article.slug,
                article=article.slug,
            )


def _pinned(arrangement: Arrangement) -> list[int]:
    return list(arrangement.pins.order_by("position").values_list("article", flat=True))


def _changed() -> DomainError:
    return DomainError("front_changed", "Somebody else has arranged this front meanwhile.")
