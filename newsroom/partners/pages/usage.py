"""How much a partner used, and what it may."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from newsroom.partners import usage as using
from newsroom.partners.charts import bars
from newsroom.partners.counting import month_of
from newsroom.partners.pages import wording
from newsroom.partners.pages.frame import of_partner, page
from newsroom.partners.throttling import limits_of

DAYS = 30
# Where developers read on.
DOCUMENTS = ["api-docs", "api-schema", "problems", "api"]


@of_partner
def usage(request, partner):
    """Requests, their cost, bytes and refusals of the last days, by day and by key."""
    now = timezone.now()
    last = now.date()
    first = last - timedelta(days=DAYS - 1)
    days = using.by_day(partner, first=first, last=last)
    rate, quota = limits_of(partner)
    begins, ends = month_of(now)
    used = using.used_since(partner.pk, begins.date())
    return page(
        request,
        "partners/usage.html",
        partner,
        tab="usage",
        days=days[::-1],
        chart=bars([(used.of, used.requests) for used in days]),
        by_key=using.by_key(partner, first=first, last=last),
        rate=rate,
        quota=quota,
        used=used,
        ends=ends,
        number_of_days=DAYS,
    )


@of_partner
def terms(request, partner):
    """What the partner's products open, for which use, and where the API is described."""
    products = partner.products.prefetch_related("treaties", "sections").order_by("name")
    return page(
        request,
        "partners/terms.html",
        partner,
        tab="terms",
        products=[
            (product, wording.languages(product.languages), wording.delay(product.delay))
            for product in products
        ],
        documents=[(name, reverse(name)) for name in DOCUMENTS],
    )
