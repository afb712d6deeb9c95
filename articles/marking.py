"""Say in the body what a sentence rests on: marks that name claims and quotes, by the segment's key.

Every act saves the draft as :func:`articles.drafting.save_draft` does and raises what that raises, and DomainError
``segment_unknown`` where no segment has the key. None changes a word, so nobody becomes a sentence's writer by it.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from articles.body.html import parse_html, render_html
from articles.body.model import DISMISSAL_REASONS, Block, Body, Dismissed, Segment, Words
from articles.drafting import save_draft
from articles.models import Article, Claim, Quote
from articles.rules.exemptions import Reason
from newsroom.core.errors import DomainError

Change = Callable[[Block, Segment], Block]


def rest_on_claim(article: Article, key: str, claim: Claim, *, by, now: datetime, version: int) -> Article:
    """Let the segment rest on ``claim``, beside the quotes it may have, instead of another claim or an exemption."""
    return _change(
        article,
        key,
        lambda b, s: _with(b, replace(s, claim=claim.public_id, exemption=None)),
        by,
        now,
        version,
    )


def rest_on_quote(
    article: Article, key: str, quote: Quote, *, start: int, end: int, by, now: datetime, version: int
) -> Article:
    """Let the segment rest on ``quote``, whose words are printed at ``start`` to ``end`` of the paragraph.

    Raises DomainError ``words_outside`` (not within the segment), ``words_taken`` (another quote's).
    """

    def change(block: Block, segment: Segment) -> Block:
        _raise_if_not_free(block, segment, start, end)
        quotes = tuple(dict.fromkeys([*segment.quotes, quote.public_id]))
        words = sorted([*block.words, Words(start, end, quote.public_id)], key=lambda mark: mark.start)
        dismissed = tuple(mark for mark in block.dismissed if not _overlap(mark, start, end))
        block = _with(block, replace(segment, quotes=quotes, exemption=None))
        return replace(block, words=tuple(words), dismissed=dismissed)

    return _change(article, key, change, by, now, version)


def dismiss_quotation(
    article: Article, key: str, *, start: int, end: int, reason: str, by, now: datetime, version: int
) -> Article:
    """Say that the quotation at ``start`` to ``end`` is no quote: a ``title``, a ``term`` or ``scare`` quotes.

    Raises DomainError ``reason_unknown``, ``words_outside``, ``words_taken``.
    """
    if reason not in DISMISSAL_REASONS:
        raise DomainError(
            "reason_unknown",
            "One of %(reasons)s.",
            "reason",
            reasons=", ".join(DISMISSAL_REASONS),
        )

    def change(block: Block, segment: Segment) -> Block:
        _raise_if_not_free(block, segment, start, end)
        others = [mark for mark in block.dismissed if not _overlap(mark, start, end)]
        dismissed = sorted([*others, Dismissed(start, end, reason)], key=lambda mark: mark.start)
        return replace(block, dismissed=tuple(dismissed))

    return _change(article, key, change, by, now, version)


def ask_exemption(article: Article, key: str, *, reason: str, by, now: datetime, version: int) -> Article:
    """Ask that the segment need no evidence, for ``reason``; it blocks until an editor grants it.

    Raises DomainError ``has_evidence``.
    """
    reason = Reason(reason)

    def change(block: Block, segment: Segment) -> Block:
        if segment.claim or segment.quotes:
            raise DomainError("has_evidence", "This sentence rests on a claim or quote already.", key)
        return _with(block, replace(segment, exemption=str(reason)))

    return _change(article, key, change, by, now, version)


def rest_on_nothing(article: Article, key: str, *, by, now: datetime, version: int) -> Article:
    """Take claim, quotes, their words and exemption off the segment. The records stay."""

    def change(block: Block, segment: Segment) -> Block:
        words = tuple(mark for mark in block.words if not segment.start <= mark.start < segment.end)
        return replace(_with(block, replace(segment, claim=None, quotes=(), exemption=None)), words=words)

    return _change(article, key, change, by, now, version)


def _change(article: Article, key: str, change: Change, by, now: datetime, version: int) -> Article:
    body = parse_html(article.body)
    blocks, found = [], False
    for block in body.blocks:
        segment = next((s for s in block.segments if s.key == key), None)
        found = found or segment is not None
        blocks.append(change(block, segment) if segment else block)
    if not found:
        raise DomainError("segment_unknown", "There is no such sentence in the draft.", key)
    return save_draft(article, by=by, now=now, version=version, body=render_html(Body(tuple(blocks))))


def _with(block: Block, changed: Segment) -> Block:
    return replace(block, segments=tuple(changed if s.key == changed.key else s for s in block.segments))


def _overlap(mark, start: int, end: int) -> bool:
    return mark.start < end and start < mark.end


def _raise_if_not_free(block: Block, segment: Segment, start: int, end: int) -> None:
    if not segment.start <= start < end <= segment.end:
        raise DomainError("words_outside", "The words have to stand within one marked sentence.", segment.key)
    if any(_overlap(mark, start, end) for mark in block.words):
        raise DomainError("words_taken", "These are the words of a quote already.", segment.key)
