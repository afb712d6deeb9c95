"""Make an article of a proposal: records, marks, wordings and the import's report, in one transaction."""

from datetime import datetime
from hashlib import sha256

from django.contrib.auth.models import Group
from django.db import transaction

from articles.access import raise_if_may_not
from articles.body.html import render_html
from articles.body.keys import new_key
from articles.body.bare_segments import mark_bare
from articles.body.model import Body
from articles.drafting import free_slug, note_wordings
from articles.importing.proposal import Proposal, propose, to_body
from articles.importing.reading import read_text
from articles.importing.records import sources_for, speakers_for
from articles.importing.report import as_dict
from articles.models import Article, Citation, Claim, Import, Quote
from newsroom.accounts.models import User
from newsroom.accounts.roles import Role
from newsroom.audit.recording import record

IMPORTER = "importer"


def importer() -> User:
    """Who imports when nobody is named: an account that writes drafts, cannot sign in and can do nothing else."""
    user, made = User.objects.get_or_create(username=IMPORTER, defaults={"first_name": "Importer"})
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
        user.groups.add(Group.objects.get_or_create(name=Role.REPORTER)[0])
    user.acting_through = "shell"
    return user


def import_text(
    data: bytes,
    *,
    language: str,
    by,
    now: datetime,
    headline: str = "",
    sources=None,
    archive: str = "",
    name: str = "",
) -> tuple[Article, Proposal]:
    """Read ``data`` as numbered text and store what it proposes. Raises DomainError as reading and proposing do."""
    proposal = propose(read_text(data), language=language, sources=sources, headline=headline or None)
    article = store(
        proposal,
        by=by,
        now=now,
        headline=headline,
        archive=archive,
        name=name,
        digest=sha256(data).hexdigest(),
    )
    return article, proposal


@transaction.atomic
def store(
    proposal: Proposal,
    *,
    by,
    now: datetime,
    headline: str = "",
    archive: str = "",
    name: str = "",
    digest: str = "",
) -> Article:
    """Store ``proposal`` as a new draft of ``by``; ``name`` (of the file) and ``headline`` make its slug.

    ``archive`` and ``name`` together are imported once; the database refuses a second time.
    """
    raise_if_may_not(by, "create")
    sources = sources_for(proposal.sources, by=by, now=now, language=proposal.language)
    claims, quotes = _records(proposal, sources, by=by, now=now)
    marked = to_body(
        proposal,
        new_key=new_key,
        claim_ids=[claim.public_id for claim in claims],
        quote_ids=[quote.public_id for quote in quotes],
    )
    body = mark_bare(marked, proposal.language, new_key)
    article = Article(
        slug=free_slug(Article, headline or name or "untitled"),
        language=proposal.language,
        headline=headline[:200],
        body=render_html(body),
        created_by=by,
        created_at=now,
        saved_at=now,
    )
    Article.objects.bulk_create([article])  # The body is our own parser's: save() would only parse it again.
    note_wordings(article, Body(), body, {}, by=by, now=now)
    report = as_dict(proposal, article=article.slug)
    Import.objects.create(
        article=article,
        sha256=digest,
        archive=archive,
        name=name[:255],
        final_newline=proposal.final_newline,
        report=report,
        by=by,
        at=now,
    )
    record(
        "article.imported",
        article,
        by=by,
        now=now,
        claims=len(claims),
        quotes=len(quotes),
        sources=len(sources),
    )
    return article


def _records(proposal: Proposal, sources: dict, *, by, now: datetime) -> tuple[list[Claim], list[Quote]]:
    """The claims and quotes with their citations, made in three statements."""
    made_by = {"created_by": by, "created_at": now}
    claim_segments = [
        (paragraph.text[segment.start : segment.end], segment.sources)
        for paragraph in proposal.paragraphs
        for segment in paragraph.segments
        if segment.kind == "claim"
    ]
    claims = Claim.objects.bulk_create(Claim(label=label, **made_by) for label, _ in claim_segments)
    speakers = speakers_for(proposal.quotes)
    quotes = Quote.objects.bulk_create(
        Quote(
            words=quote.words,
            language=proposal.language,
            speaker=speakers[n][0] if n in speakers else None,
            role=speakers[n][1] if n in speakers else None,
            **made_by,
        )
        for n, quote in enumerate(proposal.quotes)
    )
    cited = [(claim, None, numbers) for claim, (_, numbers) in zip(claims, claim_segments, strict=True)]
    cited += [(None, quote, entry.sources) for quote, entry in zip(quotes, proposal.quotes, strict=True)]
    Citation.objects.bulk_create(
        Citation(
            claim=claim,
            quote=quote,
            source=sources[number],
            carries=Citation.Carries.WORDS if quote else "",
            position=position,
            chosen_by=by,
            created_at=now,
        )
        for claim, quote, numbers in cited
        for position, number in enumerate(numbers)
    )
    return claims, quotes
