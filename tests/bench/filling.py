"""Fills a newsroom's database as years of work would: articles with their claims, quotes, sources, checks, editions.

Rows are copies of those of one article that went through the acts, with names, words and keys of their own: a column
that is added later needs nothing here. No trigger fires and no row of history is written, for nothing is measured
but reading and writing beside these rows.
"""

import random
from collections.abc import Iterator
from datetime import datetime

from django.db import connection, transaction
from django.db.models import AutoField, Max, Model

from articles.models import (
    Article,
    Change,
    Citation,
    Claim,
    DraftStanding,
    Edition,
    Quote,
    Statement,
)
from newsroom.audit.models import AuditEvent
from sources.models import Source

# What an article has.
CLAIMS, QUOTES, SOURCES, EVENTS = 10, 1, 2, 3
# Of ten articles so many are published and not touched since; where the drafts of the others are.
PUBLISHED, STAGES = 7, ["draft", "fact_check", "review"]
# Between two articles: a hundred thousand are a dozen years.
APART = "interval '1 hour'"

# What other rows refer to by its key.
KEYED = (Source, Claim, Quote, Article, Edition, Statement)

# The most frequent words first.
COMMON = (
    "the treaty of harbour and state strait port minister parliament signed ships talks fishing cables sea accord"
    " navy rescue border trade protocol article talks signing ratified island pilot customs ferry quota"
).split()
VOCABULARY, HALVES = 6_000, 5_000
SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu".split()


def fill(articles: int, *, most: int, like: Article, writers: list[int], now: datetime) -> None:
    """Add articles like the published ``like`` until there are so many; ``writers`` (row ids) wrote them in turn.

    There will be ``most`` one day: the last of these is of ``now``.
    """
    count = articles - Article.objects.count()
    if count <= 0:
        return
    with connection.cursor() as cursor:
        with transaction.atomic():
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
            cursor.execute("SET LOCAL jit = off")
            _speak(cursor)
            later = _put_off_indexes(cursor)
            written = f"('{now.isoformat()}'::timestamptz - ({most} - n) * {APART})"
            for insert in _inserts(Copying(like, count, written), writers):
                cursor.execute(insert)
            for index in later:
                cursor.execute(index)
        cursor.execute("VACUUM ANALYZE")


def _speak(cursor) -> None:
    """The table ``spoken``: half sentences of three or four words, the frequent words often."""
    chance = random.Random(1)  # noqa: S311 (no secret)
    words = COMMON + ["".join(chance.choices(SYLLABLES, k=3)) for _ in range(VOCABULARY - len(COMMON))]
    weights = [1 / (number + 3) for number in range(VOCABULARY)]
    halves = [" ".join(chance.choices(words, weights, k=chance.choice((3, 4)))) for _ in range(HALVES)]
    cursor.execute("CREATE TEMPORARY TABLE spoken (number int PRIMARY KEY, half text) ON COMMIT DROP")
    cursor.execute(
        "INSERT INTO spoken SELECT * FROM unnest(%s::int[], %s::text[])", [[*range(1, HALVES + 1)], halves]
    )


def _put_off_indexes(cursor) -> list[str]:
    """Drop the inverted indexes and return how they are made: all at once is much quicker than row by row."""
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND strpos(indexdef, 'USING gin') > 0"
        " AND tablename = ANY(%s)",
        [[model._meta.db_table for model in (Article, Claim, Quote, Source, DraftStanding, AuditEvent)]],
    )
    found = cursor.fetchall()
    for name, _made in found:
        cursor.execute(f'DROP INDEX "{name}"')
    return [made for _name, made in found]


class Copying:
    """Statements that copy rows ``count`` times.

    In the SQL of a value ``n`` is the number of the article, ``i`` counts from 0, ``k`` counts the rows of one
    article; ``at`` is when the article was written.
    """

    def __init__(self, like: Article, count: int, at: str):
        self.like, self.count, self.at = like, count, at
        self.first = Article.objects.count()
        self._last: dict[type[Model], int] = {}

    def key(self, model: type[Model], per: int = 1, k: str = "0") -> str:
        """The SQL of the key of row ``k`` of this article, of ``per`` there are."""
        return f"({self.last(model)} + i * {per} + {k} + 1)"

    def last(self, model: type[Model]) -> int:
        """The last key of ``model`` before anything was copied."""
        if model not in self._last:
            self._last[model] = model.objects.aggregate(last=Max("pk"))["last"] or 0
        return self._last[model]

    def insert(self, template: Model, per: int = 1, *, only: str = "true", **values: str) -> str:
        """The statement that copies ``template`` with other ``values`` (SQL by column) where ``only`` holds.

        Only rows that others refer to (KEYED) get keys that are known before.
        """
        meta = template._meta
        key = meta.pk.column
        if isinstance(template, KEYED):
            values[key] = self.key(type(template), per, "k")
        columns = [field.column for field in meta.local_concrete_fields if not field.generated]
        if isinstance(meta.pk, AutoField) and key not in values:
            columns.remove(key)
        told = ", ".join(values.get(column, f'template."{column}"') for column in columns)
        names = ", ".join(f'"{column}"' for column in columns)
        statement = (
            f'INSERT INTO "{meta.db_table}" ({names}) SELECT {told}'
            f" FROM (SELECT i, {self.first} + i + 1 AS n FROM generate_series(0, {self.count - 1}) AS i) AS numbered"
            f" CROSS JOIN generate_series(0, {per - 1}) AS k"
            f' JOIN "{meta.db_table}" AS template ON template."{key}" = {template.pk} WHERE {only}'
        )
        if isinstance(template, KEYED):
            sequence = f"pg_get_serial_sequence('{meta.db_table}', '{key}')"
            statement += f'; SELECT setval({sequence}, max("{key}")) FROM "{meta.db_table}"'
        return statement


# Two of the half sentences and a number, so that one word is rare. The same for the same n and k.
_HALF = f"(SELECT half FROM spoken WHERE number = 1 + abs(hashint8(n * 100 + k + %d)) %% {HALVES})"
_PHRASE = f"initcap({_HALF % 0}) || ' ' || {_HALF % 50} || ' ' || 10000 + n + k"
_SEGMENT = "translate(substr(md5(n || '-' || k), 1, 10), '0189', 'wxyz')"


def _id(letter: str, number: str) -> str:
    """The SQL of a public id."""
    return f"'{letter}' || lpad(({number})::text, 11, '0')"


def _inserts(copy: Copying, writers: list[int]) -> Iterator[str]:
    by = f"(ARRAY{writers})[1 + n % {len(writers)}]"
    made = {"created_by_id": by, "created_at": copy.at}
    yield from _records(copy, by, made)
    yield from _drafts(copy, by, made)
    yield from _editions(copy)


def _records(copy: Copying, by: str, made: dict) -> Iterator[str]:
    claim, quote = Claim.objects.first(), Quote.objects.first()
    address = "'https://bench.example/' || n || '/' || k"
    source_id = _id("s", f"n * {SOURCES} + k")
    yield copy.insert(
        Source.objects.first(),
        SOURCES,
        public_id=source_id,
        title=_PHRASE,
        url=address,
        url_key=address,
        **made,
    )
    yield copy.insert(claim, CLAIMS, public_id=_id("c", f"n * {CLAIMS} + k"), label=_PHRASE, **made)
    yield copy.insert(quote, QUOTES, public_id=_id("q", f"n * {QUOTES} + k"), words=_PHRASE, **made)
    source = copy.key(Source, SOURCES, f"k % {SOURCES}")
    chosen = {"source_id": source, "chosen_by_id": by, "created_at": copy.at}
    of_claim, of_quote = copy.key(Claim, CLAIMS, "k"), copy.key(Quote, QUOTES, "k")
    citation = Citation.objects.filter(claim__isnull=False).first()
    yield copy.insert(citation, CLAIMS, claim_id=of_claim, **chosen)
    citation = Citation.objects.filter(quote__isnull=False).first()
    yield copy.insert(citation, QUOTES, quote_id=of_quote, **chosen)


def _drafts(copy: Copying, by: str, made: dict) -> Iterator[str]:
    claim = _id("c", f"n * {CLAIMS} + k")
    sentence = (
        f"""'<p><span data-segment="' || {_SEGMENT} || '" data-claim="' || {claim} || '">' || {_PHRASE}"""
    )
    sentences = f"generate_series(0, {CLAIMS - 1}) AS k"
    done = f"n % 10 < {PUBLISHED}"
    yield copy.insert(
        copy.like,
        public_id=_id("a", "n"),
        slug="'bench-' || n",
        headline=_PHRASE,
        body=f"(SELECT string_agg({sentence} || '</span>.</p>', '' ORDER BY k) FROM {sentences})",
        rests_on=f"(SELECT array_agg({claim} ORDER BY k) FROM {sentences})",
        stage=f"CASE WHEN {done} THEN 'draft' ELSE (ARRAY{STAGES})[n % 10 - {PUBLISHED - 1}] END",
        under_way=f"NOT ({done})",
        saved_at=copy.at,
        **made,
    )
    counted = {"people": f"ARRAY[{by}]", "sentences": str(CLAIMS), "with_evidence": str(CLAIMS)}
    blocked = f"CASE WHEN {done} THEN 0 ELSE 2 END"
    standing = copy.like.standing
    yield copy.insert(
        standing,
        article_id=copy.key(Article),
        blocked=blocked,
        codes=f"""CASE WHEN {done} THEN '{{}}' ELSE '{{"claim_not_checked": 2}}' END::jsonb""",
        lapsed="CASE WHEN n % 50 = 0 THEN 1 ELSE 0 END",
        drifted="CASE WHEN n % 40 = 0 THEN 1 ELSE 0 END",
        waived="CASE WHEN n % 30 = 0 THEN 1 ELSE 0 END",
        labelled="0",
        repair_by=copy.at,
        counted_at=copy.at,
        **counted,
    )
    event = AuditEvent.objects.filter(act="article.imported").first()
    yield copy.insert(event, EVENTS, at=copy.at, by_id=by, object_id=_id("a", "n"), label="'bench-' || n")


def _editions(copy: Copying) -> Iterator[str]:
    only = f"n % 10 < {PUBLISHED}"
    edition, article = copy.like.editions.get(), copy.key(Article)
    of_edition = {"edition_id": copy.key(Edition)}
    yield copy.insert(
        edition, only=only, public_id=_id("e", "n"), article_id=article, digest="md5(n::text) || md5(n::text)",
        created_at=copy.at,
    )  # fmt: skip
    document = f"replace(template.document, {_quoted(copy.like.slug)}, 'bench-' || n)"
    yield copy.insert(edition.content, only=only, document=document, **of_edition)
    showing = f"tstzrange({copy.at}, NULL)"
    yield copy.insert(edition.release, only=only, showing=showing, article_id=article, **of_edition)
    number = f"{copy.last(Change)} + i + 1"
    yield copy.insert(edition.change, only=only, number=number, at=copy.at, **of_edition)
    card = edition.renderings.get(representation="card")
    key = f"to_char({copy.at} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US+00:00') || ' ' || {_id('a', 'n')}"
    plain = f"replace(convert_from(template.plain, 'UTF8'), {_quoted(copy.like.slug)}, 'bench-' || n)"
    plain = f"convert_to({plain}, 'UTF8')"
    yield copy.insert(card, only=only, list_key=key, plain=plain, **of_edition)
    statement = edition.statements.filter(citations__isnull=False, claim__isnull=False).first()
    yield copy.insert(
        statement, CLAIMS, only=only, key=_SEGMENT, position="k", wording=_PHRASE,
        claim_id=copy.key(Claim, CLAIMS, "k"), **of_edition,
    )  # fmt: skip
    of_statement = {"statement_id": copy.key(Statement, CLAIMS, "k")}
    source = copy.key(Source, SOURCES, f"k % {SOURCES}")
    yield copy.insert(statement.citations.first(), CLAIMS, only=only, source_id=source, **of_statement)
    check = copy.like.checks.first()
    yield copy.insert(check, CLAIMS, only=only, segment=_SEGMENT, at=copy.at, article_id=article)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
