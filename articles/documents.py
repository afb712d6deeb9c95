"""Build the document of an edition: everything that a page, a feed or the API needs, frozen.

``edition.schema.json`` beside this module describes it. A preview builds the same document from the draft.
"""

from datetime import UTC

from articles.dossier import Dossier
from articles.figures import SeenFigure
from articles.models import Citation
from articles.rules.canonical import digest_of
from articles.rules.tags import tag_slug
from articles.seen import SUPPORTS, Seen
from sources.models import Snapshot, Source

SCHEMA = 1


def build_content(dossier: Dossier) -> dict:
    """What is approved and published: texts, statements and evidence, as JSON values with public ids only."""
    article = dossier.article
    return {
        "language": article.language,
        **_section(article),
        **_tags(article),
        **_original(article),
        "headline": _text(dossier, "headline"),
        "standfirst": _text(dossier, "standfirst"),
        "bylines": [{"id": p.public_id, "slug": p.slug, "name": p.name} for p in dossier.people],
        "treaties": [
            {
                "id": t.public_id,
                "slug": t.slug,
                "title": t.title,
                "parties": t.parties,
                "signed_on": _iso(t.signed_on),
                "signed_at": t.signed_at,
            }
            for t in dossier.treaties
        ],
        "blocks": _blocks(dossier),
        "statements": [_statement(dossier, seen) for seen in dossier.segments],
        "quotes": {
            quote.public_id: _quote(seen, quote) for seen in dossier.segments for quote in seen.quotes
        },
        "sources": [_source(dossier, source) for source in dossier.sources()],
    }


def empty_content(content: dict, *, headline: str = "") -> dict:
    """What is left of ``content`` where an article was: its language, and a ``headline`` to know it by."""
    return {
        "language": content["language"],
        "headline": {"text": headline, "rests_on": []},
        "standfirst": {"text": "", "rests_on": []},
        "quotes": {},
        **{name: [] for name in ("bylines", "treaties", "blocks", "statements", "sources")},
    }


def content_digest(content: dict) -> str:
    """What an approval records."""
    return digest_of(content)


def build_document(
    content: dict,
    *,
    article,
    last,
    kind: str,
    note: str,
    not_yet_checked: list[str],
    archive: dict | None = None,
    receipt: str = "",
    closes_history: bool = False,
) -> dict:
    """The document of the edition that follows ``last`` (None: the first).

    ``not_yet_checked`` are the places that go out by waiver, ``archive`` is None or ``{"published_on":
    "2019-05-03"}`` for a story from before the evidence rules. ``receipt`` is the digest of the
    edition's receipt (:mod:`articles.receipts`), empty if it has none.
    """
    imported = getattr(article, "imported", None)
    return {
        "schema": SCHEMA,
        "article": {"id": article.public_id, "slug": article.slug},
        "edition": {
            "number": last.number + 1 if last else 1,
            "kind": str(kind),
            "note": note,
            "previous": last.digest if last else "",
            "receipt": receipt,
            "closes_history": closes_history,
        },
        "content": content,
        "not_yet_checked": not_yet_checked,
        "archive": archive,
        "final_newline": imported.final_newline if imported else True,
    }


def _section(article) -> dict:
    """Where readers find it; nothing for an article that stands in no section."""
    section = article.section
    return (
        {"section": {"id": section.public_id, "slug": section.slug, "name": section.name}} if section else {}
    )


def _tags(article) -> dict:
    """Under which words readers find more of the same; nothing for an article without any."""
    return {"tags": [{"slug": tag_slug(tag), "name": tag} for tag in article.tags]} if article.tags else {}


def _original(article) -> dict:
    """Whose language version it is; nothing for an original."""
    original = article.translation_of
    return {"translation_of": original.public_id} if original else {}


def _text(dossier: Dossier, name: str) -> dict:
    keys = getattr(dossier.article, f"{name}_rests_on")
    return {
        "text": getattr(dossier.article, name),
        "rests_on": [key for key in keys if key in dossier.by_key],
    }


def _blocks(dossier: Dossier) -> list[dict]:
    figures = iter(dossier.figures)
    return [
        _block(block) | ({"figure": _figure(dossier, next(figures))} if block.figure else {})
        for block in dossier.body.blocks
    ]


def _figure(dossier: Dossier, figure: SeenFigure) -> dict:
    """What a figure shows; its block's text is the caption. Of a draft the picture may be missing: None."""
    return {
        "key": figure.key,
        "rests_on": [key for key in figure.rests_on if key in dossier.by_key],
        "image": figure.public_fields(),
    }


def _block(block) -> dict:
    marks = [{"mark": "segment", "start": s.start, "end": s.end, "key": s.key} for s in block.segments]
    marks += [{"mark": "words", "start": w.start, "end": w.end, "quote": w.quote} for w in block.words]
    marks += [
        {"mark": "dismissed", "start": d.start, "end": d.end, "reason": d.reason} for d in block.dismissed
    ]
    marks += [
        {"mark": f.tag, "start": f.start, "end": f.end} | ({"href": f.href} if f.href else {})
        for f in block.formats
    ]
    return {"kind": block.kind, "text": block.text, "marks": marks}


def _statement(dossier: Dossier, seen: Seen) -> dict:
    quotes = {quote.pk: quote.public_id for quote in seen.quotes}
    return {
        "key": seen.key,
        "wording": seen.wording,
        "paragraph": seen.paragraph,
        "sentence": seen.sentence,
        "claim": seen.claim.public_id if seen.claim else None,
        "quotes": [quote.public_id for quote in seen.quotes],
        "exemption": seen.exemption,
        **_dates(seen),
        "group": dossier.group(seen),
        "origins": dossier.origins_of(seen.sources(SUPPORTS)),
        "evidence": [_evidence(dossier, citation, quotes) for citation in seen.citations],
    }


def _dates(seen: Seen) -> dict:
    """As of when its claim holds, and until when the desk looks at it again, if readers are to know; nothing else."""
    if not (seen.claim and seen.claim.dates_told):
        return {}
    dates = {"as_of": seen.claim.as_of, "review_by": seen.claim.review_by}
    return {name: _iso(day) for name, day in dates.items() if day}


def _evidence(dossier: Dossier, citation: Citation, quotes: dict[int, str]) -> dict:
    """One citation; of a confidential source only that it is cited (design, rule 10)."""
    entry = {
        "source": dossier.numbers[citation.source_id],
        "quote": quotes.get(citation.quote_id),
        "stance": citation.stance,
        "carries": citation.carries,
        "passage": None,
        "locator": "",
        "snapshot": None,
        "start": None,
        "seen_by_eye": False,
    }
    if citation.source.confidential:
        return entry
    sighted = citation.pk in dossier.sighted
    # Words that nobody found in a capture are not printed as the source's.
    if citation.exact and (citation.snapshot_id or sighted):
        entry["passage"] = {
            "prefix": citation.prefix,
            "exact": citation.exact,
            "suffix": citation.suffix,
        }
    return entry | {
        "locator": citation.locator,
        "snapshot": _snapshot(citation.snapshot) if citation.snapshot else None,
        "start": citation.start,
        "seen_by_eye": sighted,
    }


def _snapshot(snapshot: Snapshot) -> dict:
    captured_at = snapshot.captured_at.astimezone(UTC).isoformat(timespec="seconds")
    return {
        "id": snapshot.public_id,
        "sha256": snapshot.sha256,
        "captured_at": captured_at.replace("+00:00", "Z"),
        "way": snapshot.way,
    }


def _quote(seen: Seen, quote) -> dict:
    """The quote as told; what confidential sources alone let us hear, nobody can date or place by it (rule 10)."""
    cited = seen.supporting(quote)
    hidden = bool(cited) and all(citation.source.confidential for citation in cited)
    return told_quote(quote) | ({"occasion": "", "said_on": None} if hidden else {})


def told_quote(quote) -> dict:
    """What an edition prints of a quote besides where it stands."""
    speaker = quote.speaker
    return {
        "words": quote.words,
        "language": quote.language,
        "speaker": {"id": speaker.public_id, "slug": speaker.slug, "name": speaker.name, "kind": speaker.kind}
        if speaker
        else None,
        "role": quote.role.title if quote.role else "",
        "occasion": quote.occasion,
        "said_on": _iso(quote.said_on),
        "original": quote.original,
        "original_language": quote.original_language,
        "translator": quote.translator,
    }


def _source(dossier: Dossier, source: Source) -> dict:
    return {
        "number": dossier.numbers[source.pk],
        **source.public_fields(),
        "origin": _origin(dossier, source),
    }


def _origin(dossier: Dossier, source: Source) -> str | None:
    """The public id of the origin of a source that copies from another; nothing that leads to or from a confidential
    one."""
    origin = dossier.origins[source.pk]
    told = origin.pk != source.pk and not (origin.confidential or source.confidential)
    return origin.public_id if told else None


def _iso(day) -> str | None:
    return day.isoformat() if day else None
