"""Let in whoever reads with a key: who they are, what they are entitled to, and what the key is for."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import Extract, JSONObject
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated, PermissionDenied
from rest_framework.permissions import BasePermission

from articles.models import Treaty
from articles.rules.entitlements import Entitlement
from articles.rules.entitlements import Product as Opens
from newsroom.accounts.lockouts import address_of
from newsroom.core.prepared import Prepared
from newsroom.partners.copies import held_by
from newsroom.partners.models import ApiKey, Partner, Product, Scope
from newsroom.partners.networks import is_within
from newsroom.partners.noting import note_fetch
from newsroom.partners.throttling import raise_if_too_many_of
from newsroom.partners.usage import note

SCHEME = "Bearer"
LONGEST = 200
# With the notice in place of an article (410) it knows that this is gone.
HAS_IT = (200, 206, 304, 410)
# When a key was last used is told to the minute.
USE_TOLD_EVERY = timedelta(minutes=1)
_PLACE = "\x00prefix"
# As Model.from_db takes them.
_KEY, _PARTNER = ([field.attname for field in model._meta.concrete_fields] for model in (ApiKey, Partner))


@dataclass(frozen=True)
class Reader:
    """A partner who reads with a key; ``entitlement`` is what this key opens of it.

    ``key`` and its partner are as they were read when asking, by one statement.
    """

    key: ApiKey
    entitlement: Entitlement

    @property
    def partner(self) -> Partner:
        return self.key.partner

    def has(self, articles: set[int]) -> set[int]:
        """Those of ``articles`` (row keys) of which the partner has a copy. Two queries."""
        return held_by(self.partner, articles)

    @property
    def fetched_early(self):
        """What the partner has fetched (rows of ``edition`` and ``first_at``), to a key that is for what waits under
        embargo; None to any other."""
        return self.partner.fetches.order_by() if Scope.EMBARGOED in self.key.scopes else None

    # What DRF asks of a user.
    is_authenticated = True

    def answered(self, view, response) -> None:
        """Count the answer for the partner (:mod:`newsroom.partners.usage`), and note which editions it got."""
        now = timezone.now()
        note(self, view, response, now=now)
        # That one who asks has an edition still is as good as giving it.
        if view.request.method == "GET" and response.status_code in HAS_IT:
            note_fetch(self.partner, view.fetched, now)


def admitted(given: str, *, address: str, now: datetime) -> Reader | None:
    """Who reads with the key ``given`` from ``address``; None for whatever does not let in. One query."""
    if len(given) > LONGEST or "\x00" in given:
        return None
    prefix, _, _secret = given.partition(".")
    row = next(iter(_statement().rows(prefix)), None)
    if row is None:
        return None
    key = ApiKey.from_db("default", _KEY, row[: len(_KEY)])
    key.partner = Partner.from_db("default", _PARTNER, row[len(_KEY) : -1])
    lets_in = key.is_made_of(given) and key.is_usable(now) and key.partner.is_active
    if not lets_in or not is_within(address, key.allowed_from):
        return None
    entitlement = Entitlement(tuple(_opens(told) for told in row[-1] or ()))
    if Scope.EMBARGOED not in key.scopes:
        entitlement = entitlement.without_embargoed()
    _tell_use(key, now)
    return Reader(key, entitlement)


class KeyAuthentication(BaseAuthentication):
    """``Authorization: Bearer …``: ``request.user`` is then a :class:`Reader`, ``request.auth`` its key.

    A key that does not let in is refused, never taken for nobody's: what it reads would silently be less. Why it does
    not (there is none such, it ended, it is used from elsewhere) nobody is told.
    """

    def authenticate(self, request):
        scheme, _, given = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if not scheme:
            return None
        reader = None
        if scheme.lower() == SCHEME.lower():
            reader = admitted(given.strip(), address=address_of(request), now=timezone.now())
        if reader is None:
            raise_if_too_many_of(request)
            raise AuthenticationFailed("This key does not let you in.", code="key_refused")
        return reader, reader.key

    def authenticate_header(self, request):
        return f'{SCHEME} realm="api"'


class ScopePermission(BasePermission):
    """The key must be for what the view is for: its ``scope``. Without a key only reading is open, if that is.

    What may be done here (OPTIONS) anybody may ask: a browser does before it sends the key.
    """

    def has_permission(self, request, view):
        if request.method == "OPTIONS":
            return True
        if request.user is None:
            if view.scope != Scope.READ or not settings.NEWSROOM_ANONYMOUS_API:
                raise NotAuthenticated("This asks for a key.", code="not_authenticated")
        elif view.scope not in request.user.key.scopes:
            raise PermissionDenied(
                f"This key is not for this: it lacks the scope {view.scope}.", code="scope_missing"
            )
        return True


@cache
def _statement() -> Prepared:
    """A key by its prefix, its partner, and what the partner's products open."""
    named = Treaty.objects.filter(products=OuterRef("pk")).order_by("slug").values("slug")
    sections = Product.sections.rel.model.objects.filter(products=OuterRef("pk")).order_by("slug")
    products = Product.objects.filter(partners=OuterRef("partner")).order_by("name", "pk")
    told = JSONObject(
        treaties=ArraySubquery(named),
        sections=ArraySubquery(sections.values("slug")),
        languages=F("languages"),
        delay=Extract("delay", "epoch"),
        media=F("media"),
        embargoed=F("embargoed"),
        terms=F("terms"),
    )
    keys = ApiKey.objects.filter(prefix=_PLACE).annotate(opens=ArraySubquery(products.values(told=told)))
    columns = [*_KEY, *(f"partner__{name}" for name in _PARTNER), "opens"]
    return Prepared(keys.order_by().values_list(*columns), _PLACE)


def _opens(told: dict) -> Opens:
    return Opens(
        **told
        | {name: tuple(told[name]) for name in ("treaties", "sections")}
        | {"languages": tuple(sorted(told["languages"])), "delay": timedelta(seconds=float(told["delay"]))}
    )


def _tell_use(key: ApiKey, now: datetime) -> None:
    if key.last_used_at is None or key.last_used_at <= now - USE_TOLD_EVERY:
        # Of several that are let in at once each may say so: it is the same minute.
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=now)
