"""Cards of a sentence, a claim or a quote for other sites: as it stands now, or that it stands no more.

What a card tells is taken from the article's finished JSON, which is what readers of the article see, withdrawn sources
and corrections included; of desk-side rows nothing is read but public ids. At most three queries a card.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from articles import reading
from articles.appearances import walked
from articles.models import Edition, Statement
from articles.rules.kinds import SET_RIGHT, Kind
from articles.rules.subjects import About
from articles.subjects import values_of
from articles.uses import CLAIMS, QUOTES, Index


@dataclass(frozen=True)
class Card:
    """A sentence of an article as it shows: its words, or those of one ``quote`` in it.

    ``article`` and ``statement`` are as :func:`articles.rendering.entries.detail` has them. ``corrected_at`` is when
    the sentence was last set right (ISO 8601, "" if never), ``withdrawn`` whether a source it rests on is withdrawn.
    """

    article: dict
    statement: dict
    quote: dict | None
    corrected_at: str
    withdrawn: bool

    @property
    def slug(self) -> str:
        return self.article["slug"]

    @property
    def words(self) -> str:
        return self.quote["words"] if self.quote else self.statement["wording"]

    @property
    def language(self) -> str:
        return self.quote["language"] if self.quote else self.article["language"]


@dataclass(frozen=True)
class Gone:
    """What was there and is no more: the whole article, by an edition of this ``kind``, or what the card was of ("").

    ``headline`` and ``note`` are empty where they may not be told, or nobody wrote one.
    """

    slug: str
    language: str
    kind: str
    headline: str
    note: str


def article(slug: str, *, now: datetime) -> dict | Gone | None:
    """The article that stands at ``slug``, as :func:`articles.rendering.entries.detail` has it, or its notice."""
    found = reading.told(slug, now=now)
    if found is None:
        return None
    return _gone(slug, now) if found.gone else json.loads(found.body)


def sentence_card(slug: str, key: str, *, now: datetime) -> Card | Gone | None:
    """The sentence with this key in the article that stands at ``slug``; None if nobody could ever read it there."""
    found = article(slug, now=now)
    if found is None:
        return None
    if isinstance(found, dict) and (card := _card(found, key)):
        return card
    once_read = Statement.objects.filter(key=key, edition__in=Edition.objects.released(now))
    if not once_read.filter(edition__article__slug=slug).exists():
        return None
    return found if isinstance(found, Gone) else _no_longer(found)


def claim_card(public_id: str, *, now: datetime) -> Card | Gone | None:
    """The newest sentence that rests on this claim, or on one that is merged with it."""
    return _newest(CLAIMS, values_of(About.CLAIM, public_id), now)


def quote_card(public_id: str, *, now: datetime) -> Card | Gone | None:
    """The quote as the newest sentence that carries it prints it."""
    return _newest(QUOTES, (public_id,), now, quote=public_id)


def _newest(
    index: Index, ids: tuple[str, ...], now: datetime, quote: str | None = None
) -> Card | Gone | None:
    """As the newest sentence has it that stands in a listed edition; else that it is gone, if it was ever read.

    However often it is used, the server looks at the newest of each of ``ids``.
    """
    listed = {f"{index.edition}__in": Edition.objects.listed(now).order_by()}
    read = {f"{index.edition}__in": Edition.objects.released(now).order_by()}
    newest = walked(index, ids, 1, newest=True, **listed).union(walked(index, ids, 1, newest=True, **read))
    rows = Statement.objects.filter(pk__in=newest)
    stands = Exists(Edition.objects.listed(now).order_by().filter(pk=OuterRef("edition")))
    columns = ("edition__article__slug", "key", "stands")
    found = rows.annotate(stands=stands).order_by("-stands", "-pk").values_list(*columns).first()
    if found is None:
        return None
    slug, key, stands_there = found
    if stands_there:
        told = article(slug, now=now)
        if isinstance(told, dict) and (card := _card(told, key, quote)):
            return card
    return _gone(slug, now)


def _card(article: dict, key: str, quote_id: str | None = None) -> Card | None:
    statement = next((one for one in article["statements"] if one["key"] == key), None)
    if statement is None or (quote_id and quote_id not in statement["quotes"]):
        return None
    quote = next((one for one in article["quotes"] if one["id"] == quote_id), None)
    withdrawn = {source["number"] for source in article["sources"] if source["withdrawn"]}
    set_right = [
        told["at"]
        for told in article["corrections"]
        if told["kind"] in SET_RIGHT and any(one["key"] == key for one in told["statements"])
    ]
    return Card(
        article=article,
        statement=statement,
        quote=quote,
        corrected_at=max(set_right, default=""),
        withdrawn=any(cited["source"] in withdrawn for cited in statement["evidence"]),
    )


def _gone(slug: str, now: datetime) -> Gone | None:
    """The notice in the article's place, or that the article goes on without it. One query."""
    current = Edition.objects.current(now).with_gone().filter(article__slug=slug)
    row = current.values_list("gone", "kind", "content__document").first()
    if row is None or row[2] is None:
        return None
    document, kind = json.loads(row[2]), row[1]
    told = document["content"]
    if not row[0]:
        return Gone(slug, told["language"], "", told["headline"]["text"], "")
    return Gone(
        slug,
        told["language"],
        kind,
        # Of what is unpublished or taken down not even what it was about is told.
        told["headline"]["text"] if kind == Kind.RETRACTION else "",
        "" if kind == Kind.TAKE_DOWN else document["edition"]["note"],
    )


def _no_longer(article: dict) -> Gone:
    return Gone(article["slug"], article["language"], "", article["headline"], "")
