"""On which terms a reader has what is published: for what it may be used, and whether its pictures are told of."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from articles.models import Edition
from articles.rules.entitlements import EVERYBODYS, Entitlement, Terms


def usage_terms(terms: Terms = EVERYBODYS) -> str | None:
    """What stands on an item: the product's own words, else those for everybody; None if there are none."""
    return terms.usage or settings.NEWSROOM_USAGE_TERMS or None


def with_terms(editions, by: Entitlement | None, now: datetime):
    """``editions`` with what :func:`terms_of` asks, where the terms of ``by`` depend on what is read."""
    return editions.with_opening(by, now) if columns_of_terms(by) else editions


def columns_of_terms(by: Entitlement | None) -> tuple[str, ...]:
    """The columns by which :func:`terms_of` tells; none where everything is on the same terms."""
    return () if by is None or by.terms else ("opening", "pictured")


def terms_of(by: Entitlement | None, opening) -> Terms:
    """On which terms ``by`` has what was found with these values of :func:`columns_of_terms`."""
    return EVERYBODYS if by is None else by.terms or by.terms_of(*opening)


def terms_of_editions(editions: Iterable[int], by: Entitlement | None, now: datetime) -> dict[int, Terms]:
    """The terms by the row key of each of these editions; one query where they depend on what is read."""
    if not columns_of_terms(by):
        return dict.fromkeys(editions, terms_of(by, ()))
    rows = with_terms(Edition.objects.filter(pk__in=set(editions)), by, now).order_by()
    return {
        edition: terms_of(by, opening) for edition, *opening in rows.values_list("pk", *columns_of_terms(by))
    }
