"""Which records sitemaps name beside articles: what listed articles are about, and the claims and quotes they make.

Tags are left out: their pages only list what is named already. Parties stand with their treaties.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db import connection
from django.db.models import Func, QuerySet, Subquery
from django.urls import reverse

from articles.models import Treaty
from articles.public.lists import party_path
from articles.rules.subjects import About
from articles.subjects import known
from articles.uses import CLAIMS, QUOTES
from newsroom.accounts.models import Person
from sources.models import Speaker

# Records in one file, by the ranges of their row keys.
BLOCK = 5_000


def _known(of: str, now: datetime) -> QuerySet:
    """The records of a kind that have a page at ``now``."""
    match of:
        case "treaties":
            return known(Treaty, About.TREATY, now=now)
        case "authors":
            return known(Person, About.AUTHOR, now=now)
        case "speakers":
            return known(Speaker, About.SPEAKER, now=now, field="public_id").filter(merged_into=None)
        case "claims":
            return CLAIMS.known(now)
        case "quotes":
            return QUOTES.known(now)
    raise ValueError(of)


KINDS = ("treaties", "authors", "speakers", "claims", "quotes")
_ROUTES = {
    "treaties": ("treaty", "slug"),
    "authors": ("author", "slug"),
    "speakers": ("speaker", "slug"),
    "claims": ("claim", "public_id"),
    "quotes": ("quote", "public_id"),
}


# From one file that names something to the next: however far apart row keys are, none between them is looked at.
_WALK = """
(WITH RECURSIVE file (number) AS (
    SELECT 0::bigint
    UNION ALL
    SELECT (known.id - 1) / {block} + 1 FROM file CROSS JOIN LATERAL ({known}) AS known (id)
)
SELECT '{of}', number FROM file WHERE number > 0)
"""


def files(now: datetime) -> list[tuple[str, int]]:
    """Kind and number of the files that name something. One query."""
    walks, arguments = [], []
    for of in KINDS:
        behind = _said(of, now).filter(pk__gt=Func(template=f"file.number * {BLOCK}"))
        known, values = behind.order_by("pk").values("pk")[:1].query.sql_with_params()
        walks.append(_WALK.format(block=BLOCK, known=known, of=of))
        arguments += values
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(walks), arguments)
        return cursor.fetchall()


def _said(of: str, now: datetime) -> QuerySet:
    """As :func:`_known`, without what came in after all that was ever said: there may be an archive full of drafts."""
    index = {"claims": CLAIMS, "quotes": QUOTES}.get(of)
    if index is None:
        return _known(of, now)
    newest = index.rows.objects.exclude(**{index.record: None}).order_by(f"-{index.record}")
    return _known(of, now).filter(pk__lte=Subquery(newest.values(index.record)[:1]))


def paths(of: str, number: int, now: datetime) -> Iterator[str]:
    """The addresses that file ``number`` of a kind names. One query."""
    route, field = _ROUTES[of]
    first = (number - 1) * BLOCK + 1
    rows = _known(of, now).filter(pk__gte=first, pk__lt=first + BLOCK).order_by("pk")
    parties: dict[str, None] = {}
    for row in rows.values(field, *(["parties"] if of == "treaties" else [])):
        yield reverse(route, args=[row[field]])
        parties |= dict.fromkeys(filter(None, map(party_path, row.get("parties", ()))))
    yield from parties
