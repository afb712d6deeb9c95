"""Search the whole desk by words: drafts, claims, quotes, sources, archived texts, speakers, publishers, treaties.

However much there is, a kind takes the same number of queries; nothing is counted. Confidential sources are found by
what their list tells of them, their public label.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from html import unescape
from urllib.parse import urlencode

from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Left
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.listed import HELD
from articles.merging import MERGED, alike_among
from articles.models import Article, Byline, Claim, Quote, Treaty
from newsroom.core.excerpts import Excerpt, excerpt, first_place
from newsroom.core.finding import Asked, asked, newest
from sources.models import Publisher, Snapshot, SnapshotText, Source, Speaker
from sources.models.snapshot import SEARCHED_LENGTH

# Of each kind on the page of all kinds, on the page of one, and in the palette.
SHOWN = 5
PAGE = 25
IN_PALETTE = 3
# The newest that have the words, of which the best are shown.
RANKED = 60
# Pairs that look alike which are told of one kind.
MOST_PAIRS = 3
# Of the records by whose names others are found: a quote by its speaker, a source by its publisher.
MOST_NAMED = 20
_TAG = re.compile(r"<[^>]*>")
_BLOCK_END = re.compile(r"</(?:p|h2|h3|li|blockquote|figcaption)>")


@dataclass(frozen=True)
class Hit:
    """One record: where it is, its name with the words marked, what else identifies it, and where the words stand."""

    record: Model
    url: str
    title: Excerpt
    about: str = ""
    stands: Excerpt | None = None


@dataclass(frozen=True)
class Kind:
    """One kind of record. ``texts`` are what is looked through for the words, the first is its name.

    ``language`` and ``mine`` narrow it (None: it has no language, it is nobody's).
    """

    name: str
    title: str
    icon: str
    model: type[Model]
    texts: Callable[[Model], list[str]]
    rows: Callable[[object], QuerySet]
    about: Callable[[Model], str] = lambda record: ""
    language: str | None = None
    mine: Callable[[object], Q] | None = None
    named_by: dict[str, type[Model]] = field(default_factory=dict)

    def url_of(self, record: Model, words: str) -> str:
        if self.model is SnapshotText:
            place = reverse(
                "admin:sources_source_snapshot", args=[record.snapshot.source_id, record.snapshot.public_id]
            )
            return f"{place}?{urlencode({'find': words})}"
        return reverse(f"admin:{self.model._meta.label_lower.replace('.', '_')}_change", args=[record.pk])


@dataclass(frozen=True)
class Group:
    """What was found of one kind. ``before`` goes on behind it where there is more; ``whole`` is False where the
    search was given up."""

    kind: Kind
    hits: list[Hit]
    before: int | None
    whole: bool

    @property
    def twice(self) -> list[tuple[Model, Model, str]]:
        """Pairs of what is shown that may be the same entered twice, and where they are merged."""
        if self.kind.model not in MERGED:
            return []
        name = f"admin:{self.kind.model._meta.label_lower.replace('.', '_')}_merge"
        pairs = alike_among(hit.record for hit in self.hits)[:MOST_PAIRS]
        return [(one, other, reverse(name, args=[other.pk, one.pk])) for one, other in pairs]


def _entered_by(user) -> Q:
    return Q(created_by=user)


def _written_by(user) -> Q:
    return Q(created_by=user) | Q(pk__in=Byline.objects.filter(person__user=user).values("article"))


def _captured_by(user) -> Q:
    return Q(snapshot__captured_by=user)


def _all(model: type[Model], user) -> QuerySet:
    return model._default_manager.all()


def _standing(model: type[Model], user) -> QuerySet:
    return model._default_manager.filter(merged_into=None)


def _drafts(user) -> QuerySet:
    return Article.objects.visible_to(user).not_trashed().annotate(held=HELD)


def _standing_of(draft: Article) -> str:
    facts = [draft.get_stage_display(), draft.get_language_display()]
    return ", ".join([gettext("legal hold"), *facts] if draft.held else facts)


def _texts(user) -> QuerySet:
    rows = SnapshotText.objects.select_related("snapshot__source").annotate(
        beginning=Left("text", SEARCHED_LENGTH)
    )
    return rows.defer("text", "snapshot__found")


KINDS = (
    Kind(
        "article",
        _("Drafts"),
        "article",
        Article,
        lambda a: [
            str(a),
            a.standfirst,
            unescape(_TAG.sub("", _BLOCK_END.sub(" ", a.body[: 2 * SEARCHED_LENGTH]))),
        ],
        _drafts,
        _standing_of,
        language="language",
        mine=_written_by,
    ),
    Kind(
        "claim",
        _("Claims"),
        "fact_check",
        Claim,
        lambda c: [c.label],
        partial(_standing, Claim),
        lambda c: c.get_standing_display() if c.standing != Claim.Standing.NORMAL else "",
        mine=_entered_by,
    ),
    Kind(
        "quote",
        _("Quotes"),
        "format_quote",
        Quote,
        lambda q: [q.words, q.original, q.occasion, q.translator],
        lambda user: Quote.objects.select_related("speaker"),
        lambda q: str(q.speaker or _("speaker not known")),
        language="language",
        mine=_entered_by,
        named_by={"speaker": Speaker},
    ),
    Kind(
        "source",
        _("Sources"),
        "description",
        Source,
        lambda s: [str(s), s.creators, s.url],
        lambda user: Source.objects.filter(merged_into=None).select_related("publisher"),
        lambda s: ", ".join(str(fact) for fact in (s.publisher, s.published_on) if fact),
        language="language",
        mine=_entered_by,
        named_by={"publisher": Publisher},
    ),
    Kind(
        "text",
        _("Archived texts"),
        "inventory_2",
        SnapshotText,
        lambda t: [str(t.snapshot.source), t.beginning],
        _texts,
        lambda t: str(t.snapshot),
        language="snapshot__source__language",
        mine=_captured_by,
    ),
    Kind(
        "speaker",
        _("Speakers"),
        "record_voice_over",
        Speaker,
        lambda s: [s.name],
        partial(_standing, Speaker),
        lambda s: s.get_kind_display(),
    ),
    Kind(
        "publisher",
        _("Publishers"),
        "apartment",
        Publisher,
        lambda p: [p.name],
        partial(_standing, Publisher),
    ),
    Kind(
        "treaty",
        _("Treaties"),
        "handshake",
        Treaty,
        lambda t: [t.title, ", ".join(t.parties), t.signed_at],
        partial(_all, Treaty),
    ),
)
BY_NAME = {kind.name: kind for kind in KINDS}


@dataclass(frozen=True)
class Search:
    """What somebody asks: ``words``, of which ``kind`` (None: all), in which ``language``, and whether only theirs."""

    words: str
    user: object
    kind: Kind | None = None
    language: str = ""
    mine: bool = False

    def groups(self, *, shown: int = SHOWN) -> list[Group]:
        """The best of the newest of every kind that has any; none where nothing was asked."""
        sought = asked(self.words)
        if sought is None:
            return []
        groups = [self._best(kind, sought, shown) for kind in KINDS if self._asks_for(kind)]
        return [group for group in groups if group.hits or not group.whole]

    def page(self, *, before: int | None) -> Group | None:
        """A page of :attr:`kind`, newest first, behind the row ``before``."""
        sought = asked(self.words)
        if sought is None or not self._asks_for(self.kind):
            return None
        ids, whole = self._ids(self.kind, sought, PAGE + 1, before)
        rows = self.kind.rows(self.user).filter(pk__in=ids[:PAGE]).order_by("-pk")
        return Group(
            self.kind, self._hits(self.kind, rows, sought), ids[PAGE - 1] if len(ids) > PAGE else None, whole
        )

    def _asks_for(self, kind: Kind) -> bool:
        return not ((self.language and not kind.language) or (self.mine and not kind.mine))

    def _rows(self, kind: Kind) -> QuerySet:
        rows = kind.rows(self.user)
        if self.language:
            rows = rows.filter(**{kind.language: self.language})
        return rows.filter(kind.mine(self.user)) if self.mine else rows

    def _ids(self, kind: Kind, sought: Asked, most: int, before: int | None) -> tuple[list[int], bool]:
        rows = self._rows(kind)
        matches = newest(rows, sought, most=most, before=before)
        found, whole = set(matches.ids), matches.whole
        for relation, model in kind.named_by.items():
            names = newest(model._default_manager.all(), sought, most=MOST_NAMED).ids
            named = rows.filter(**{f"{relation}__in": names})
            named = named.filter(pk__lt=before) if before is not None else named
            found.update(named.order_by("-pk").values_list("pk", flat=True)[:most] if names else ())
        return sorted(found, reverse=True)[:most], whole

    def _best(self, kind: Kind, sought: Asked, shown: int) -> Group:
        ids, whole = self._ids(kind, sought, RANKED, None)
        if kind.model is SnapshotText:
            ids = _one_of_each_source(ids)
        rows = kind.rows(self.user).filter(pk__in=ids).annotate(weight=sought.weight_in(kind.model))
        hits = self._hits(kind, rows.order_by("-weight", "-pk")[:shown], sought)
        # Where to begin on the page of this kind: at its newest.
        return Group(kind, hits, max(ids) + 1 if len(ids) > shown else None, whole)

    def _hits(self, kind: Kind, rows: QuerySet, sought: Asked) -> list[Hit]:
        words = " ".join(sought.words)
        return [_hit(kind, record, words) for record in rows]


def _hit(kind: Kind, record: Model, words: str) -> Hit:
    name, *others = kind.texts(record)
    stands = next((excerpt(words, text) for text in others if first_place(words, text)), None)
    return Hit(record, kind.url_of(record, words), excerpt(words, name), kind.about(record), stands)


def _one_of_each_source(texts: list[int]) -> list[int]:
    """Of texts of one source the newest. One query."""
    latest: dict[int, int] = {}
    for pk, source in Snapshot.objects.filter(pk__in=texts).order_by("-pk").values_list("pk", "source"):
        latest.setdefault(source, pk)
    return list(latest.values())
