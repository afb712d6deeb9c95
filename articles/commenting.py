"""Talk about a draft: comment on words of it, answer, resolve, open again. All of it stays at the desk.

Guests of a share link comment through it, too: ``by`` is then None and ``guest_name`` what they call themselves; the
door that lets them in has asked whether they may.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from articles.access import may, raise_if_may_not
from articles.body.html import parse_html
from articles.models import Article, Comment
from articles.models.section import in_scope
from articles.noticing import those_who_may
from newsroom.accounts.models import User
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.core.typed import typed
from newsroom.notices.telling import tell

TEXT_LENGTH = 2000
EXACT_LENGTH, AROUND_LENGTH = 300, 40
# Threads of one article, and replies in one thread.
MOST_THREADS, MOST_REPLIES = 500, 100
# Threads a page shows of each sort: open, resolved.
SHOWN = 100
MENTIONS = 10
PLACES = frozenset({"", "headline", "standfirst", "body"})
_KEY = re.compile(r"[a-z2-7]{10}")
# A user name behind an @ that no word ends in; a stop at its end belongs to the sentence.
_MENTION = re.compile(r"(?<![\w@.])@([\w+-](?:[\w.+-]{0,148}[\w+-])?)")


@transaction.atomic
def comment(
    article: Article,
    *,
    by,
    now: datetime,
    text: str,
    place: str = "",
    exact: str = "",
    prefix: str = "",
    suffix: str = "",
    guest_name: str = "",
) -> Comment:
    """Begin a thread about the words ``exact`` in ``place`` as :class:`articles.models.Comment` names them.

    Raises DomainError ``not_allowed``, ``sealed``, ``text_missing``, ``text_too_long``, ``text_unreadable``,
    ``name_missing``, ``place_unknown``, ``too_many_comments``.
    """
    _raise_if_may_not(by, article)
    if place not in PLACES and not _KEY.fullmatch(place):
        raise DomainError("place_unknown", "There is no such place in an article.", "place")
    # One at a time, or two would both be the last that is allowed.
    article = Article.objects.select_for_update(no_key=True).get(pk=article.pk)
    if Comment.objects.filter(article=article, parent=None).count() >= MOST_THREADS:
        raise DomainError("too_many_comments", "There are too many comments on this article.")
    made = Comment.objects.create(
        article=article,
        place=place,
        exact=typed(exact, "exact", limit=EXACT_LENGTH, lines=False),
        prefix=_around(prefix),
        suffix=_around(suffix),
        at=now,
        **_said(text, by, guest_name),
    )
    record("article.commented", article, by=by, now=now, comment=made.pk, **_guest(made))
    mentioned = _mention(made)
    _tell(mentioned, "comment.mentioned", made, now=now)
    _tell(article.owners() - mentioned, "comment.made", made, now=now)
    return made


@transaction.atomic
def reply(thread: Comment, *, by, now: datetime, text: str, guest_name: str = "") -> Comment:
    """Answer in ``thread`` (its first comment), which is open. Those who have spoken in it are told.

    Raises DomainError ``not_allowed``, ``sealed``, ``text_missing``, ``text_too_long``, ``text_unreadable``,
    ``name_missing``, ``resolved_already``, ``too_many_comments``.
    """
    thread = _locked(thread, by)
    if thread.resolved_at:
        raise DomainError("resolved_already", "This is resolved: open it again to go on.")
    if thread.replies.count() >= MOST_REPLIES:
        raise DomainError("too_many_comments", "There are too many answers here: begin anew.")
    made = Comment.objects.create(
        article=thread.article, parent=thread, at=now, **_said(text, by, guest_name)
    )
    record("comment.answered", thread.article, by=by, now=now, comment=thread.pk, **_guest(made))
    mentioned = _mention(made)
    spoke = Comment.objects.filter(Q(pk=thread.pk) | Q(parent=thread), by__isnull=False)
    _tell(mentioned, "comment.mentioned", made, now=now)
    _tell(set(spoke.values_list("by", flat=True)) - mentioned, "comment.answered", made, now=now)
    return made


@transaction.atomic
def resolve(thread: Comment, *, by, now: datetime) -> Comment:
    """What ``thread`` asked for is done. Raises DomainError ``not_allowed``, ``sealed``, ``resolved_already``."""
    thread = _locked(thread, by)
    if thread.resolved_at:
        raise DomainError("resolved_already", "This is resolved already.")
    thread.resolved_by, thread.resolved_at = by, now
    thread.save(update_fields=["resolved_by", "resolved_at"])
    record("comment.resolved", thread.article, by=by, now=now, comment=thread.pk)
    tell([thread.by_id] if thread.by_id else [], "comment.resolved", thread, by=by, now=now)
    return thread


@transaction.atomic
def reopen(thread: Comment, *, by, now: datetime) -> Comment:
    """It is not done after all. Raises DomainError ``not_allowed``, ``sealed``, ``not_resolved``."""
    thread = _locked(thread, by)
    if thread.resolved_at is None:
        raise DomainError("not_resolved", "This is open.")
    thread.resolved_by = thread.resolved_at = None
    thread.save(update_fields=["resolved_by", "resolved_at"])
    record("comment.reopened", thread.article, by=by, now=now, comment=thread.pk)
    return thread


def threads_of(article: Article, *, resolved: bool) -> list[Comment]:
    """The latest threads about ``article`` that are ``resolved`` or open, each with its replies. Two queries."""
    replies = Comment.objects.filter(parent__isnull=False).select_related("by").order_by("pk")
    threads = Comment.objects.filter(article=article, parent=None, resolved_at__isnull=not resolved)
    threads = threads.select_related("by", "resolved_by").prefetch_related(Prefetch("replies", replies))
    return list(threads.order_by("-pk")[:SHOWN])


def for_person(user) -> QuerySet[Comment]:
    """Open threads that wait for ``user``: that mention them, answer them, or are about an article of their own.

    The latest first, with their articles; each road goes by an index.
    """
    mentioned = Comment.mentions.through.objects.filter(user=user)
    answered = Comment.objects.filter(parent=OuterRef("pk")).exclude(by=user)
    own = Article.objects.filter(Q(created_by=user) | Q(byline__person__user=user)).values("pk")
    threads = Comment.objects.filter(parent=None, resolved_at=None).order_by()
    roads = (
        threads.filter(pk__in=mentioned.values("comment"))
        .values("pk")
        .union(
            threads.filter(pk__in=mentioned.values("comment__parent")).values("pk"),
            threads.filter(Exists(answered), by=user).values("pk"),
            threads.filter(article__in=own).exclude(by=user).values("pk"),
        )
    )
    if not may(user, "see"):
        return Comment.objects.none()
    seen = in_scope(user, "article__")
    waiting = Comment.objects.filter(seen, pk__in=roads, article__trashed_at=None)
    waiting = waiting.select_related("by", "article")
    return waiting.defer("article__body").order_by("-pk")


@dataclass(frozen=True)
class Placed:
    """A thread, and where its words stand now: the key of their segment ("" if in none), or that they ``changed``."""

    thread: Comment
    key: str
    changed: bool


def placed(article: Article, threads: list[Comment]) -> list[Placed]:
    """``threads`` about ``article`` with the places of their words in the draft as it is stored."""
    body = parse_html(article.body)
    return [_placed(article, body, thread) for thread in threads]


def _placed(article: Article, body, thread: Comment) -> Placed:
    if not thread.exact:
        keys = {segment.key for block in body.blocks for segment in block.segments}
        named = bool(_KEY.fullmatch(thread.place))
        return Placed(
            thread, thread.place if thread.place in keys else "", named and thread.place not in keys
        )
    if thread.place in ("headline", "standfirst"):
        return Placed(thread, "", _found(thread, getattr(article, thread.place)) is None)
    for block in body.blocks:
        at = _found(thread, block.text)
        if at is not None:
            key = next((s.key for s in block.segments if s.start <= at < s.end), "")
            return Placed(thread, key, False)
    return Placed(thread, "", True)


def _found(thread: Comment, text: str) -> int | None:
    """Where in ``text`` the words stand: with the words around them, else where they are the only such words."""
    text = " ".join(text.split())
    around = text.find(thread.prefix + thread.exact + thread.suffix)
    if around >= 0:
        return around + len(thread.prefix)
    only = text.find(thread.exact)
    return only if only >= 0 and text.find(thread.exact, only + 1) < 0 else None


def _raise_if_may_not(by, article: Article) -> None:
    if by is not None:
        raise_if_may_not(by, "comment", article)
    elif article.sealed_at:
        raise DomainError("sealed", "The texts of this article were erased for good.")


def _locked(thread: Comment, by) -> Comment:
    thread = Comment.objects.select_for_update(of=["self"]).select_related("article").get(pk=thread.pk)
    _raise_if_may_not(by, thread.article)
    return thread


def _said(text: str, by, guest_name: str) -> dict:
    """The fields of what ``by`` says, or a guest of this name."""
    text = typed(text, "text", limit=TEXT_LENGTH)
    if not text:
        raise DomainError("text_missing", "Write what you have to say.", "text")
    if by is not None:
        return {"text": text, "by": by}
    guest_name = typed(guest_name, "guest_name", limit=80, lines=False)
    if not guest_name:
        raise DomainError("name_missing", "Say who you are.", "guest_name")
    return {"text": text, "by": None, "guest_name": guest_name}


def _around(words: str) -> str:
    """Words around the selected ones; a white space at their end is part of them."""
    typed(words, "exact", limit=AROUND_LENGTH)
    return re.sub(r"\s+", " ", words)


def _mention(made: Comment) -> set[int]:
    """Enter whom ``made`` mentions: people of the desk who may see the article, and no others; returns their keys."""
    names = list(dict.fromkeys(_MENTION.findall(made.text)))[:MENTIONS]
    if not names:
        return set()
    people = User.objects.filter(
        username__in=names, is_active=True, is_staff=True, pk__in=those_who_may("see", made.article)
    )
    made.mentions.set(people)
    return {person.pk for person in people}


def _guest(made: Comment) -> dict:
    return {"guest": made.guest_name} if made.guest_name else {}


def _tell(people: set[int], kind: str, made: Comment, *, now: datetime) -> None:
    who = {"who": made.guest_name} if made.guest_name else {}
    tell(people, kind, made, by=made.by, now=now, **who)
