"""What partners say that they show (N9)."""

from datetime import datetime

from django.db import transaction

from articles.models import Edition
from articles.rules.entitlements import Entitlement
from newsroom.core.errors import DomainError
from newsroom.core.ids import PUBLIC_ID
from newsroom.partners.models import Confirmation, Partner

# Nobody publishes so many editions of one article.
HIGHEST = 1_000_000


@transaction.atomic
def confirm(partner: Partner, said: object, *, by: Entitlement, now: datetime) -> Confirmation | None:
    """Note which edition of an article ``partner`` shows; ``said`` is ``{"article": id, "edition": number}``.

    The last word counts: who shows an older edition again says so. An edition that cannot be opened any more can still
    be shown by somebody, and is noted. None where there is no such edition for who reads with ``by``. Raises
    DomainError ``parameter_malformed`` at the member that means nothing.
    """
    article, number = _read(said)
    may = Edition.objects.released(now, by=by) | Edition.objects.embargoed(now, by=by)
    edition = may.filter(article__public_id=article, number=number).only("pk", "article_id", "number").first()
    if edition is None:
        return None
    told = {"edition": edition, "at": now}
    confirmation, _made = Confirmation.objects.update_or_create(
        partner=partner, article_id=edition.article_id, defaults=told
    )
    return confirmation


def _read(said: object) -> tuple[str, int]:
    if not isinstance(said, dict):
        raise _malformed(None)
    if unknown := sorted(set(said) - {"article", "edition"}):
        raise _malformed(str(unknown[0])[:40])
    article, number = said.get("article"), said.get("edition")
    if not (isinstance(article, str) and PUBLIC_ID.fullmatch(article)):
        raise _malformed("article")
    if isinstance(number, float) and number.is_integer():
        number = int(number)  # To JSON 3 and 3.0 are one number.
    # A truth is a number to Python, and none to anybody else.
    if not isinstance(number, int) or isinstance(number, bool) or not 0 < number <= HIGHEST:
        raise _malformed("edition")
    return article, number


def _malformed(place: str | None) -> DomainError:
    return DomainError(
        "parameter_malformed", "Send an object with the id of an article and the number of an edition.", place
    )
