"""What is wrong with the words themselves: headline, standfirst, captions, sentences, quotations."""

from collections.abc import Iterator

from articles.dossier import Dossier
from articles.models import Check
from articles.quoting import misquoted, undecided_quotations, unheard_quotations, words_of
from articles.readiness.blocker import Blocker, at_segment, excerpt
from articles.readiness.records import Records
from articles.rules.fingerprints import text_fingerprint
from articles.rules.numbers import numbers_in
from articles.seen import SUPPORTS, Seen, Text


def text_blockers(dossier: Dossier, text: Text, records: Records) -> Iterator[Blocker]:
    """A headline, standfirst or caption: it rests on sentences of the body, or a person exempted it."""
    place, fingerprint = text.place, text.fingerprint
    rested_on = [dossier.by_key[key] for key in text.rests_on if key in dossier.by_key]
    if place in records.exempted:
        # No exemption lets a misquote pass: what it quotes somebody says somewhere in the body.
        rested_on = dossier.segments
    elif not rested_on:
        yield Blocker(f"{text.kind}_without_evidence", place, fingerprint, excerpt(text.words))
    elif unheard := numbers_in(text.words) - numbers_in(" ".join(seen.wording for seen in rested_on)):
        yield Blocker("number_not_in_evidence", place, fingerprint, excerpt(", ".join(sorted(unheard))))
    for words in unheard_quotations(text.words, dossier.article.language, rested_on):
        yield Blocker("quotation_not_in_evidence", place, fingerprint, excerpt(words))


def sentence_blockers(
    dossier: Dossier, records: Records, of_evidence: dict[str, list[Blocker]]
) -> Iterator[Blocker]:
    """The body's, in reading order; ``of_evidence`` are those of what segments rest on, by the segment's key."""
    misquotes = misquoted(dossier)
    for seen in dossier.segments:
        for code in _codes(seen, records, misquotes):
            yield at_segment(code, seen)
        yield from of_evidence.get(seen.key, ())
    yield from _quotations(dossier)
    for paragraph, sentence, text in dossier.unmarked:
        fingerprint = text_fingerprint(text, [])
        yield Blocker("sentence_without_evidence", "", fingerprint, excerpt(text), paragraph, sentence)


def _codes(seen: Seen, records: Records, misquotes: set[str]) -> Iterator[str]:
    if seen.missing:
        yield "record_missing"
    if seen.key in records.recalled:
        yield "recalled"
    if seen.rests_on_nothing:
        if seen.exemption is None:
            yield "sentence_without_evidence"
        elif seen.exemption not in records.exempted.get(seen.key, ()):
            yield "exemption_not_granted"
        return
    if seen.block.kind == "blockquote" and not seen.quotes:
        yield "blockquote_without_quote"
    if seen.claim and not any(c.claim_id and c.stance == SUPPORTS for c in seen.citations):
        yield "claim_without_source"
    yield from _quote_codes(seen, misquotes)
    match records.verdicts.get((seen.key, seen.fingerprint)):
        case None:
            yield "claim_not_checked" if seen.claim else "quote_not_checked"
        case verdict if verdict != Check.Verdict.SUPPORTS:
            yield "check_negative"


def _quote_codes(seen: Seen, misquotes: set[str]) -> Iterator[str]:
    printed = words_of(seen).keys()
    if not all(seen.supporting(quote) for quote in seen.quotes):
        yield "quote_without_source"
    if any(quote.public_id not in printed for quote in seen.quotes):
        yield "quote_without_words"
    if any(quote.public_id in misquotes for quote in seen.quotes):
        yield "quote_not_verbatim"
    if any(quote.speaker_id is None for quote in seen.quotes):
        yield "quote_unattributed"


def _quotations(dossier: Dossier) -> Iterator[Blocker]:
    """What stands between quotation marks and is nobody's words, at the first segment it touches."""
    language = dossier.article.language
    for paragraph, block in enumerate(dossier.body.paragraphs, start=1):
        for quotation in undecided_quotations(block, language):
            words = block.text[quotation.inner_start : quotation.inner_end]
            inside = (
                s for s in block.segments if s.start < quotation.inner_end and quotation.inner_start < s.end
            )
            segment = next(inside, None)
            seen = dossier.by_key[segment.key] if segment else None
            yield Blocker(
                "quotation_undecided",
                seen.key if seen else "",
                seen.fingerprint if seen else text_fingerprint(words, []),
                excerpt(words),
                paragraph,
                seen.sentence if seen else None,
            )
