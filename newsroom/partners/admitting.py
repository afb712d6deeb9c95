"""Let in whoever reads with a key: who they are, and what they are entitled to."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed

from articles.rules.entitlements import Entitlement
from newsroom.partners.models import ApiKey, Scope

SCHEME = "Bearer"
LONGEST = 200


@dataclass(frozen=True)
class Reader:
    """A partner who reads with a key; ``entitlement`` is what this key opens of it."""

    key: ApiKey
    entitlement: Entitlement

    @property
    def partner(self):
        return self.key.partner

    # What DRF asks of a user.
    is_authenticated = True


def admitted(given: str, *, now: datetime) -> Reader | None:
    """Who reads with the key ``given``; None for whatever is no key that lets in at ``now``. Four queries."""
    if len(given) > LONGEST:
        return None
    prefix, _, _secret = given.partition(".")
    keys = ApiKey.objects.select_related("partner").prefetch_related(
        "partner__products__treaties", "partner__products__sections"
    )
    key = keys.filter(prefix=prefix).first()
    if key is None or not key.is_made_of(given) or not key.is_usable(now) or not key.partner.is_active:
        return None
    entitlement = key.partner.entitlement
    if Scope.EMBARGOED not in key.scopes:
        entitlement = entitlement.without_embargoed()
    return Reader(key, entitlement)


class KeyAuthentication(BaseAuthentication):
    """``Authorization: Bearer …``: ``request.user`` is then a :class:`Reader`, ``request.auth`` its key.

    A key that does not let in is refused, never taken for nobody's: what it reads would silently be less.
    """

    def authenticate(self, request):
        scheme, _, given = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if not scheme:
            return None
        reader = admitted(given.strip(), now=timezone.now()) if scheme == SCHEME else None
        if reader is None:
            raise AuthenticationFailed("This key does not let you in.", code="key_refused")
        return reader, reader.key

    def authenticate_header(self, request):
        return SCHEME
