"""Tell partners who read with a delay what has come to be open to them.

The feed is in the order in which things became visible to everybody. Who reads with a delay passes the numbers of an
article that is not open to them yet; so that nothing is lost by that, a further entry tells them when it is. Holding
the feed up for them instead would hold up what is set right in articles they have.
"""

from datetime import datetime, timedelta

from django.db import transaction

from articles.publishing import announce_opened
from articles.rules.entitlements import Entitlement
from newsroom.partners.models import OpeningsTold, Product


def tell_of_openings(*, now: datetime) -> int:
    """Enter in the change feed what each delay in use has opened since it was last looked at; how many.

    A delay that is new is looked at from now on: what it had opened before is in lists and the export. Safe to run
    twice, also at once.
    """
    delayed = Product.objects.filter(delay__gt=timedelta(), partners__is_active=True).distinct()
    by_delay: dict[timedelta, list[Product]] = {}
    for product in delayed.prefetch_related("treaties", "sections"):
        by_delay.setdefault(product.delay, []).append(product)
    return sum(_tell(delay, products, now=now) for delay, products in sorted(by_delay.items()))


@transaction.atomic
def _tell(delay: timedelta, products: list[Product], *, now: datetime) -> int:
    OpeningsTold.objects.get_or_create(delay=delay, defaults={"until": now})
    told = OpeningsTold.objects.select_for_update().get(delay=delay)
    if told.until >= now:
        return 0
    to = Entitlement(tuple(product.opens for product in products))
    opened = announce_opened(delay, to=to, since=told.until, until=now)
    told.until = now
    told.save(update_fields=["until"])
    return opened
