"""How much may be asked for, told with every answer (standards: RateLimit, draft-ietf-httpapi-ratelimit-headers)."""

import secrets
from functools import lru_cache
from hashlib import blake2b
from ipaddress import ip_network

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac
from rest_framework.exceptions import Throttled
from rest_framework.throttling import BaseThrottle

from newsroom.accounts.lockouts import address_of
from newsroom.partners.counting import Budget, Policy, Standing, take
from newsroom.partners.networks import plain

EXCEEDED = "https://iana.org/assignments/http-problem-types#quota-exceeded"
# Not all who were refused come back in the same second: up to a tenth of the window later, at most a minute.
SPREAD, LONGEST_SPREAD = 10, 60


class SharedRate(BaseThrottle):
    """Counts a request by its key, or without one by its address (IPv6 by /64), at the ``cost`` of the view."""

    def allow_request(self, request, view) -> bool:
        """Whether there is enough left; raises Throttled, which says when there will be, in its place."""
        budget = budget_of_reader(request.user) if request.user else budget_of_address(request)
        if not budget.rate:
            return True
        standing = take(budget, view.charged, now=timezone.now())
        view.headers |= told(standing)
        if standing.broken:
            raise too_much(standing)
        return True


def raise_if_too_many_of(request) -> None:
    """Count a request that is refused, by its address, so that nobody tries keys for ever. Raises Throttled."""
    budget = budget_of_address(request)
    if budget.rate and (standing := take(budget, 1, now=timezone.now())).broken:
        raise too_much(standing)


def budget_of_reader(reader) -> Budget:
    """What the key of ``reader`` may ask for, of what its partner may."""
    rate, quota = limits_of(reader.partner)
    return Budget(f"k:{reader.key.pk}", rate, reader.partner.pk, quota)


def limits_of(partner) -> tuple[int, int]:
    """How much each key of ``partner`` may ask for in a minute, and all together in a month; 0: any number."""
    rate = settings.NEWSROOM_KEY_RATE if partner.rate is None else partner.rate
    quota = settings.NEWSROOM_KEY_QUOTA if partner.quota is None else partner.quota
    return rate, quota


def budget_of_address(request) -> Budget:
    """What whoever asks without a key may ask for. The address itself is kept nowhere."""
    return Budget(_subject(address_of(request)), settings.NEWSROOM_ANONYMOUS_RATE)


def told(standing: Standing) -> dict[str, str]:
    """The headers that say how a request stands."""
    return {
        "RateLimit-Policy": ", ".join(f'"{p.name}";q={p.most};w={p.seconds}' for p in standing.policies),
        "RateLimit": ", ".join(f'"{p.name}";r={p.left};t={p.ends_in}' for p in standing.policies),
    }


def too_much(standing: Standing) -> Throttled:
    """The refusal of what would break a policy: a 429 that says when to come back."""
    broken = [policy for policy in standing.policies if policy.name in standing.broken]
    detail = "You have asked for too much; Retry-After says when there is more."
    refused = Throttled(detail=detail)
    refused.more = {"type": EXCEEDED, "violated-policies": [policy.name for policy in broken]}
    refused.headers = {"Retry-After": str(max(map(_wait, broken))), "Cache-Control": "no-store"}
    return refused


def _wait(policy: Policy) -> int:
    return policy.ends_in + secrets.randbelow(min(policy.seconds // SPREAD, LONGEST_SPREAD) + 1)


@lru_cache(maxsize=4_096)
def _subject(told: str) -> str:
    """As what an address is counted."""
    address = plain(told)
    if address.version == 6:
        # A household has so many of them.
        address = ip_network(f"{address}/64", strict=False).network_address
    secret = salted_hmac("newsroom.partners.throttling", "address", algorithm="sha256").digest()
    return "a:" + blake2b(address.packed, key=secret, digest_size=16).hexdigest()
