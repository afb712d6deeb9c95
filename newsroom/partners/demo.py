"""Two partners for the demo newsroom, with products, a key each, and somebody who keeps the keys of one."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.crypto import salted_hmac

from articles.demo.people import PASSWORD, SURNAME
from articles.models import Treaty
from newsroom.accounts.models import User
from newsroom.audit.recording import record
from newsroom.partners.keys import make_key
from newsroom.partners.models import ApiKey, Partner, Product, Scope
from newsroom.partners.models.api_key import MARK, MarkedKeys

PERSON = "partner"


@dataclass(frozen=True)
class Plan:
    """A partner of the demo with its one product."""

    name: str
    mail: str
    product: dict
    treaties: tuple[str, ...] = ()
    scopes: tuple[str, ...] = (Scope.READ,)


PLANS = (
    Plan(
        "Sample Wire",
        "desk@wire.example",
        {"name": "Everything", "embargoed": True, "terms": "Name us, and keep the numbers of our sources."},
        scopes=tuple(Scope),
    ),
    Plan(
        "Sample Treaty Watch",
        "desk@watch.example",
        {
            "name": "Treaties of Poland, a day later",
            "delay": timedelta(days=1),
            "media": False,
            "terms": "For research. Name us.",
        },
        treaties=("uk-poland-2026", "nancy-2025"),
    ),
)


@transaction.atomic
def load_partners(*, by: User, now: datetime) -> list[tuple[Partner, str]]:
    """The partners of the demo with the text of their key each, made where they are missing; whose key was exchanged
    has none to tell. ``by`` is an administrator.
    """
    # Two loads at once take turns.
    User.objects.select_for_update().get(pk=by.pk)
    for plan in PLANS:
        if not Partner.objects.filter(name=plan.name).exists():
            _make(plan, by, now)
    _hire(by, now)
    found = []
    for plan in PLANS:
        partner, text = Partner.objects.get(name=plan.name), key_text(plan.name)
        if any(key.is_made_of(text) for key in partner.keys.usable(now)):
            found.append((partner, text))
    return found


def key_text(name: str) -> str:
    """The text of the key of the demo's partner ``name``: the same each time on one machine, and on no other."""
    digest = salted_hmac("newsroom.partners.demo", name, algorithm="sha256").hexdigest()
    return f"{MARK}{digest[:8]}.{digest[8:40]}"


def _make(plan: Plan, by: User, now: datetime) -> None:
    product, made = Product.objects.get_or_create(name=plan.product["name"], defaults=plan.product)
    if made:
        product.treaties.set(Treaty.objects.filter(slug__in=plan.treaties))
        record("product.entered", product, by=by, now=now)
    partner = Partner.objects.create(name=plan.name, mail=plan.mail)
    partner.products.add(product)
    record("partner.entered", partner, by=by, now=now)
    key, _ = make_key(partner, name="demo", by=by, now=now, scopes=plan.scopes)
    # What no real key is: one whose text can be told again. The command that makes it is refused in production.
    text = key_text(plan.name)
    kept = {"prefix": text.partition(".")[0], "hashed_key": MarkedKeys().hash(text)}
    ApiKey.objects.filter(pk=key.pk).update(**kept)


def _hire(by: User, now: datetime) -> None:
    if User.objects.filter(username=PERSON).exists():
        return
    person = User(username=PERSON, first_name="Petra", last_name=SURNAME, is_staff=False)
    person.password = make_password(PASSWORD)
    person.save(force_insert=True)
    record("user.entered", person, by=by, now=now, roles=[])
    Partner.objects.get(name=PLANS[0].name).people.add(person)
