"""Choose which entries of the change feed one reader is told: what they are entitled to, and what they ask for.

Asked of a stretch of the feed at a time, so that it takes as long far down as at the beginning. Following a record is
by the sentence: an entry is told if a sentence that rests on the record is new, changed or gone.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.db.models import Model, OuterRef, Subquery

from articles.models import Article, Change, Correction, Edition, Statement
from articles.rules.change_kinds import Happened
from articles.rules.entitlements import Entitlement, Product
from articles.rules.kinds import UNLISTED, Kind
from articles.rules.subjects import About
from articles.rules.wanted import ALWAYS, Wanted
from articles.said import OF_A_STATEMENT
from articles.subjects import names_of_outer, values_named

# What articles share besides sources, by the columns of a change.
AMENDED = ("publisher", "speaker", "person", "treaty", "section")
# Of the rows that entries are about, what may be told of them; nothing of a draft is loaded.
_COLUMNS = [
    "number",
    "kind",
    "at",
    *(f"edition__{name}" for name in ("number", "digest")),
    *(f"{article}__{name}" for article in ("article", "edition__article") for name in ("public_id", "slug")),
    *(
        f"source__{name}"
        for name in ("public_id", "confidential", "withdrawn_at", "withdrawn_by", "withdrawal_reason")
    ),
    *("fields", "note", "delay"),
    *(f"{name}__public_id" for name in AMENDED),
    *(f"{name}__slug" for name in ("person", "treaty", "section")),
]
# What an entry can be about besides articles, and what editions name it by.
_NAMED_BY = {
    "source": (About.SOURCE, "public_id"),
    "publisher": (About.PUBLISHER, "public_id"),
    "speaker": (About.SPEAKER, "public_id"),
    "person": (About.AUTHOR, "slug"),
    "treaty": (About.TREATY, "slug"),
    "section": (About.SECTION, "slug"),
}

# Of articles (row keys), those that a reader has a copy of.
Held = Callable[[set[int]], set[int]]


@dataclass(frozen=True)
class Asked:
    """Who reads, what they want, and when; the values that stand for each followed record, merged ones included."""

    by: Entitlement | None
    wanted: Wanted
    now: datetime
    followed: dict[str, tuple[str, ...]]
    # What they have a copy of; and the entries told for that alone, of which no words are told.
    held: Held | None = None
    wordless: set[int] = field(default_factory=set, compare=False)

    @property
    def cut(self) -> Entitlement | None:
        """What the followed articles are about, as a product would be cut to it."""
        if not (subjects := self.wanted.subjects):
            return None
        cuts = {f"{kind}s" if kind != About.TREATY else "treaties": (v,) for kind, v in subjects.items()}
        return Entitlement((Product(**cuts),))

    def readable(self):
        """The editions that they may read and that are of articles as they want."""
        found = Edition.objects.readable(self.now, by=self.by).open_to(self.cut, self.now)
        return found.filter(article__public_id=self.wanted.article) if self.wanted.article else found

    def resting(self):
        """The statements that rest on everything they follow."""
        found = Statement.objects.order_by()
        for kind, values in self.followed.items():
            found = found.filter(**{OF_A_STATEMENT[kind]: list(values)})
        return found


def asked(*, by: Entitlement | None, wanted: Wanted, now: datetime, held: Held | None = None) -> Asked:
    """What is followed may be named as in lists, by id or slug. At most one query for each that is."""
    followed = {kind: values_named(kind, value) for kind, value in wanted.sentences.items()}
    # What articles are about can not be merged: of each one value stands.
    about = {kind: values_named(kind, value)[0] for kind, value in wanted.subjects.items()}
    wanted = replace(wanted, **about)
    return Asked(by, wanted, now, followed, held=held)


def stretch_of(after: int, length: int) -> list[Change]:
    """At most ``length`` entries behind number ``after``, in their order, with what may be told of them. One query."""
    rows = Change.objects.filter(number__gt=after).order_by("number").only(*_COLUMNS)
    return list(rows.select_related("edition__article", "article", "source", *AMENDED)[:length])


def as_seen(entries: list[Change], asked: Asked) -> Asked:
    """The same, by a clock that is behind none of ``entries``: each was entered once its edition was visible, and who
    asks may have looked at the clock before that."""
    return replace(asked, now=max([asked.now, *(entry.at for entry in entries)]))


def tells_all(asked: Asked) -> bool:
    """Whether every entry that is not for delayed readers alone is told."""
    return asked.wanted.everything and (asked.by is None or asked.by.opens_all)


def chosen(entries: list[Change], asked: Asked) -> list[Change]:
    """Those of ``entries``, loaded with what they are about, that are told; however many they are, in a fixed number of
    queries."""
    kinds = asked.wanted.kinds
    entries = [entry for entry in entries if not kinds or entry.kind in kinds]
    entries = _without_openings_of_others(entries, asked)
    if tells_all(asked):
        return entries
    opened = _opened({article for entry in entries if (article := _article(entry))}, asked)
    had = _had(entries, opened, asked)
    articles = _meant(opened | had, asked)
    ours = [entry for entry in entries if _article(entry) in articles]
    ours = [entry for entry in ours if _article(entry) in opened or entry.kind in ALWAYS]
    asked.wordless.update(entry.number for entry in ours if _article(entry) in had)
    told = _touching(ours, asked) if asked.followed else {entry.number for entry in ours}
    told |= _of_records([entry for entry in entries if not _article(entry)], asked)
    return [entry for entry in entries if entry.number in told]


def _article(entry: Change) -> int | None:
    return entry.edition.article_id if entry.edition_id else entry.article_id


def _opened(articles: set[int], asked: Asked) -> set[int]:
    """Those of ``articles`` (row keys) that are open to the reader."""
    released = Edition.objects.released(asked.now, by=asked.by).filter(article__in=articles)
    return _each(released) | _entered_as_open(articles, asked)


def _had(entries: list[Change], opened: set[int], asked: Asked) -> set[int]:
    """The articles, not ``opened``, that something became of which whoever has a copy must know."""
    known = {article for entry in entries if entry.kind in ALWAYS and (article := _article(entry))} - opened
    return asked.held(known) if asked.held and known else set()


def _meant(articles: set[int], asked: Asked) -> set[int]:
    """Those of ``articles`` that are as the reader wants."""
    if not (asked.wanted.article or asked.wanted.subjects):
        return articles
    meant = Edition.objects.released(asked.now).filter(article__in=articles).open_to(asked.cut, asked.now)
    return _each(meant.filter(article__public_id=asked.wanted.article) if asked.wanted.article else meant)


def _each(editions) -> set[int]:
    return set(editions.order_by().values_list("article", flat=True).distinct())


def _entered_as_open(articles: set[int], asked: Asked) -> set[int]:
    """Those of ``articles`` that the feed has told this reader are open after a delay, whatever our clock says."""
    delays = {product.delay for product in asked.by.products} if asked.by else set()
    if not any(delays):
        return set()
    entered: dict[timedelta, set[int]] = {}
    rows = Change.objects.filter(article__in=articles, delay__in=delays)
    for article, delay in rows.values_list("article", "delay"):
        entered.setdefault(delay, set()).add(article)
    products = asked.by.products
    opened = (
        _cut_to((p for p in products if p.delay == delay), of, asked.now) for delay, of in entered.items()
    )
    return set().union(*opened)


def _without_openings_of_others(entries: list[Change], asked: Asked) -> list[Change]:
    """``entries`` less the openings after delays that are not this reader's, or that a shorter one came before."""
    openings = [entry for entry in entries if entry.kind == Happened.OPENED]
    own: set[int] = set()
    products = asked.by.products if asked.by and not asked.by.opens_all else ()
    for delay in {entry.delay for entry in openings if products}:
        alike = [entry for entry in openings if entry.delay == delay]
        articles = {entry.article_id for entry in alike}
        opened = _cut_to((p for p in products if p.delay == delay), articles, asked.now)
        opened -= _cut_to((p for p in products if p.delay < delay), articles, asked.now)
        own |= {entry.number for entry in alike if entry.article_id in opened}
    return [entry for entry in entries if entry.kind != Happened.OPENED or entry.number in own]


def _cut_to(products: Iterable[Product], articles: set[int], now: datetime) -> set[int]:
    """Those of ``articles`` that one of ``products`` is cut to, whatever its delay."""
    by = Entitlement(tuple(replace(product, delay=timedelta()) for product in products))
    return _each(Edition.objects.released(now, by=by).filter(article__in=articles))


def _touching(entries: list[Change], asked: Asked) -> set[int]:
    """The numbers of those of ``entries``, about articles, in which a sentence that they follow is new, changed or
    gone. Of what was sealed nobody can say that any more: it is told."""
    looked_at = _looked_at(entries, asked.now)
    editions = {pk for found in looked_at.values() for pk in found}
    resting: dict[int, set[str]] = {}
    for edition, key in asked.resting().filter(edition__in=editions).values_list("edition", "key"):
        resting.setdefault(edition, set()).add(key)
    said = Correction.objects.filter(edition__in={entry.edition_id for entry in entries if entry.edition_id})
    changed = {edition: _keys(receipt) for edition, receipt in said.values_list("edition", "receipt")}
    sealed = set(
        Article.objects.filter(pk__in=map(_article, entries), sealed_at__isnull=False).values_list(
            "pk", flat=True
        )
    )
    found = set()
    for entry in entries:
        keys = set().union(*(resting.get(edition, set()) for edition in looked_at[entry.number]))
        if entry.kind not in _WHOLE:
            keys &= changed.get(entry.edition_id, set())
        if keys or (entry.kind in UNLISTED and _article(entry) in sealed):
            found.add(entry.number)
    return found


def _looked_at(entries: list[Change], now: datetime) -> dict[int, list[int]]:
    """By the number of an entry about an article, the editions (row keys) whose sentences say what it concerns.

    What it brings, and what it replaced; of what takes the article away everything that was ever told. One query.
    """
    history: dict[int, list[tuple[int, int]]] = {}
    released = Edition.objects.released(now).filter(article__in={_article(entry) for entry in entries})
    for article, number, pk in released.order_by("number").values_list("article", "number", "pk"):
        history.setdefault(article, []).append((number, pk))
    found = {}
    for entry in entries:
        editions = history.get(_article(entry), [])
        number = entry.edition.number if entry.edition_id else None
        before = [pk for n, pk in editions if number is not None and n < number]
        if entry.kind == Happened.OPENED:
            found[entry.number] = [pk for _n, pk in editions[-1:]]
        elif entry.kind in UNLISTED:
            found[entry.number] = before
        elif entry.kind in _WHOLE:
            found[entry.number] = [entry.edition_id]
        else:
            found[entry.number] = [entry.edition_id, *before[-1:]] if number else []
    return found


# Every sentence is new in these, or gone: their receipts tell of none.
_WHOLE = frozenset({Kind.FIRST, Kind.REINSTATEMENT, Happened.OPENED, *UNLISTED})


def _keys(receipt: str) -> set[str]:
    return {statement["key"] for statement in json.loads(receipt)["statements"]}


def _of_records(entries: list[Change], asked: Asked) -> set[int]:
    """The numbers of those of ``entries``, about records, that are told. At most two queries for each kind of record,
    however many records there are."""
    about = {name: {record for entry in entries if (record := getattr(entry, name))} for name in _NAMED_BY}
    told = {name: _concerning(name, list(records), asked) for name, records in about.items()}
    return {entry.number for entry in entries for name in told if getattr(entry, f"{name}_id") in told[name]}


def _concerning(name: str, records: list[Model], asked: Asked) -> set[int]:
    """Those of ``records`` (row keys) of which entries are told: to who follows one, and may read an edition that names
    it; or to who follows what such an edition, and of sources such a sentence, is about."""
    kind, named_by = _NAMED_BY[name]
    own = {*asked.followed.get(kind, ()), asked.wanted.subjects.get(kind)}
    followed = [record for record in records if getattr(record, named_by) in own]
    others = [record for record in records if getattr(record, named_by) not in own]
    # Of what is followed itself nothing else need be of the kind.
    besides = replace(
        asked,
        wanted=replace(asked.wanted, **({kind: ""} if followed else {})),
        followed={other: values for other, values in asked.followed.items() if other != kind},
    )
    return _readable_of(name, followed, besides) | _readable_of(name, others, asked)


def _readable_of(name: str, records: list[Model], asked: Asked) -> set[int]:
    """Those of ``records`` (row keys) that an edition names which they may read and that is as they want; of sources
    such a sentence. At most one query."""
    keys = {record.pk for record in records}
    asked = replace(asked, wanted=replace(asked.wanted, kinds=()))
    if not keys or tells_all(asked):
        return keys
    kind, named_by = _NAMED_BY[name]
    model = type(records[0])
    if not asked.followed:
        naming = asked.readable().under(kind, names_of_outer(model, kind, named_by))
    elif name == "source":
        naming = asked.resting().filter(edition__in=asked.readable()).filter(citations__source=OuterRef("pk"))
    else:
        return set()
    # The first it finds, of each: not everything that names a record.
    first = Subquery(naming.order_by().values("pk")[:1])
    named = model._default_manager.filter(pk__in=keys).annotate(first=first).filter(first__isnull=False)
    return set(named.order_by().values_list("pk", flat=True))
