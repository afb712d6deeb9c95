"""Tells what an import found, for a person or a program."""

from articles.importing.proposal import Proposal


def as_dict(proposal: Proposal, *, article: str) -> dict:
    """Return the report as JSON-able data; `article` is the slug. Counts are of what was made, places count from 1,
    numbers of sources are the input's.
    """
    return {
        "article": article,
        "paragraphs": len(proposal.paragraphs),
        "sentences": proposal.sentences,
        "groups": proposal.groups,
        "claims": len(proposal.claims),
        "quotes": [
            {"words": quote.words, "speaker": quote.speaker, "sources": list(quote.sources)}
            for quote in proposal.quotes
        ],
        "sources": len(proposal.sources),
        "findings": [
            {
                "code": finding.code,
                "paragraph": finding.paragraph,
                "sentence": finding.sentence,
                "text": finding.text,
            }
            for finding in proposal.findings
        ],
        "renumbered": {str(old): new for old, new in proposal.renumbered.items()},
    }


def as_text(proposal: Proposal, *, article: str) -> str:
    """Return the report as lines of text, without a line feed at the end."""
    counts = (
        (len(proposal.paragraphs), "paragraph"),
        (proposal.sentences, "sentence"),
        (proposal.groups, "group"),
        (len(proposal.sources), "source"),
        (len(proposal.claims), "claim"),
        (len(proposal.quotes), "quote"),
    )
    lines = [f"{article}: " + ", ".join(_counted(count, noun) for count, noun in counts)]
    lines += [
        f"quote: {_said(quote.speaker)} “{quote.words}” {list(quote.sources)}" for quote in proposal.quotes
    ]
    for finding in proposal.findings:
        place = f"{finding.paragraph}.{finding.sentence} " if finding.sentence else ""
        place = place or (f"{finding.paragraph} " if finding.paragraph else "")
        lines.append(f"{finding.code}: {place}{finding.text}")
    if proposal.renumbered:
        changes = (f"{old} → {new}" for old, new in proposal.renumbered.items())
        lines.append("renumbered: " + ", ".join(changes))
    return "\n".join(lines)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _said(speaker: str | None) -> str:
    return f"{speaker}:" if speaker else "speaker unknown:"
