"""Advice on a draft, with what people have answered to it. It blocks nothing."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from articles.access import raise_if_may_not
from articles.advice import Advice, Text, advise
from articles.body.html import parse_html
from articles.draft_locks import lock
from articles.models import AdviceAnswer, Article
from articles.rules.fingerprints import wording_digest
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.core.typed import typed

CODES = frozenset("hard_to_read hard_sentence long_sentence opinion number_not_in_body unexplained".split())
REASON_LENGTH = 300
MOST_ANSWERS = 500
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Given:
    """One piece of advice, the ``digest`` of what it is about, and what was answered to that, if anything was."""

    advice: Advice
    digest: str
    answer: AdviceAnswer | None


def advice_on(article: Article) -> list[Given]:
    """The advice on ``article`` as it stands in memory, saved or not. One query."""
    given = advise(Text(article.headline, parse_html(article.body), article.language))
    digests = [wording_digest(f"{advice.code}: {advice.basis}") for advice in given]
    answers = AdviceAnswer.objects.filter(article=article, digest__in=digests).select_related("by")
    known = {answer.digest: answer for answer in answers}
    # A sentence that stands twice is told once.
    once = dict(zip(digests, given, strict=True))
    return [Given(advice, digest, known.get(digest)) for digest, advice in once.items()]


@transaction.atomic
def answer_advice(
    article: Article, *, code: str, digest: str, reason: str, by, now: datetime
) -> AdviceAnswer:
    """Leave the words of ``digest`` (:func:`advice_on`) as they are, for ``reason``; the advice comes back with others.

    Raises DomainError ``not_allowed``, ``advice_unknown``, ``reason_missing``, ``text_too_long``, ``text_unreadable``,
    ``answered_already``, ``too_many_answers``.
    """
    article = lock(article)
    raise_if_may_not(by, "save", article)
    if code not in CODES or not _DIGEST.fullmatch(digest):
        raise DomainError("advice_unknown", "There is no such advice.")
    reason = typed(reason, "reason", limit=REASON_LENGTH, lines=False)
    if not reason:
        raise DomainError("reason_missing", "Say why.", "reason")
    answers = AdviceAnswer.objects.filter(article=article)
    if answers.filter(digest=digest).exists():
        raise DomainError("answered_already", "Somebody has answered this already.")
    if answers.count() >= MOST_ANSWERS:
        raise DomainError("too_many_answers", "There are too many answers to advice on this article.")
    answer = AdviceAnswer.objects.create(
        article=article, code=code, digest=digest, reason=reason, by=by, at=now
    )
    record("article.advice_answered", article, by=by, now=now, code=code)
    return answer
