"""Bring an earlier version back as a new one, and keep what could not be saved."""

from datetime import datetime

from django.db import transaction

from articles.access import raise_if_may_not
from articles.drafting import draft_with, lock, save_draft
from articles.models import Article, SetAside
from articles.versions.reading import TEXTS, stood
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError

# Texts set aside of one article by one person: no more are kept.
MOST = 100


@transaction.atomic
def restore_version(article: Article, number: int, *, by, now: datetime, version: int) -> Article:
    """Save the texts, byline, treaties and tags of version ``number`` again, as the version after ``version``, which
    has to be the latest. The address stays.

    Raises what :func:`articles.drafting.save_draft` raises, and DomainError
    ``version_unknown``, ``stands_already``.
    """
    past = stood(article, number)
    credits = {"bylines": past.dossier.people, "treaties": past.dossier.treaties, "tags": past.article.tags}
    return _bring_back(article, past.article, number, credits, by=by, now=now, version=version)


@transaction.atomic
def restore_set_aside(article: Article, kept: SetAside, *, by, now: datetime, version: int) -> Article:
    """As :func:`restore_version`, for a text that was set aside: of byline and treaties it says nothing."""
    return _bring_back(article, kept, "aside", {}, by=by, now=now, version=version)


@transaction.atomic
def set_aside(article: Article, *, by, now: datetime, based_on: int, **fields) -> SetAside:
    """Keep ``fields``, typed upon version ``based_on``, beside the draft, which stays as it is whoever has it open.

    Raises DomainError ``not_allowed``, ``trashed``, ``sealed``, ``invalid``, ``too_many_set_aside``.
    """
    article = lock(article)
    raise_if_may_not(by, "save", article)
    if SetAside.objects.filter(article=article, by=by).count() >= MOST:
        raise DomainError("too_many_set_aside", "You have set too many texts of this article aside.")
    typed = draft_with(article, **{name: value for name, value in fields.items() if name in TEXTS})
    texts = {name: getattr(typed, name) for name in TEXTS}
    kept = SetAside.objects.create(article=article, by=by, at=now, based_on=based_on, **texts)
    record("article.set_aside", article, by=by, now=now, kept=kept.pk, based_on=based_on)
    return kept


def _bring_back(article: Article, past, of, credits: dict, *, by, now: datetime, version: int) -> Article:
    texts = {name: getattr(past, name) for name in TEXTS}
    stands = lock(article).version
    restored = save_draft(article, by=by, now=now, version=version, **texts, **credits)
    if restored.version == stands:
        raise DomainError("stands_already", "The draft says this already.")
    record("article.version_restored", restored, by=by, now=now, version=restored.version, of=of)
    return restored
