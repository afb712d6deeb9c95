"""Make an article of a proposal: records, marks, wordings and the import's report, in one transaction."""

import os
import re
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction

from articles.access import raise_if_may_not
from articles.body.bare_segments import mark_bare
from articles.body.html import render_html
from articles.body.keys import new_key
from articles.drafting import free_slug, note_wordings
from articles.importing.proposal import Proposal, propose, to_body
from articles.importing.reading import read_text
from articles.importing.records import sources_for, speakers_for
from articles.importing.report import as_dict
from articles.models import Article, Citation, Claim, Import, Quote
from articles.models.article import named_in
from articles.models.section import section_to_start_in
from newsroom.accounts.models import User
from newsroom.accounts.roles import Role
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError

IMPORTER = "importer"
LONGEST_HEADLINE = Article._meta.get_field("headline").max_length
LONGEST_NAME = Import._meta.get_field("name").max_length
LONGEST_ARCHIVE = Import._meta.get_field("archive").max_length

_DIGESTED = " sha256:"
_NO_HEADLINE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


def importer() -> User:
    """Who imports when nobody is named: an account that writes drafts, cannot sign in and can do nothing else.

    In production every wording has an owner: DomainError ``by_missing`` there.
    """
    if settings.PRODUCTION:
        raise DomainError("by_missing", "Say with --by whose words these are.")
    user, made = User.objects.get_or_create(username=IMPORTER, defaults={"first_name": "Importer"})
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
        user.groups.add(Group.objects.get_or_create(name=Role.REPORTER)[0])
    user.acting_through = "shell"
    return user


def stored_name(path: str | os.PathLike, longest: int = LONGEST_NAME) -> str:
    """The name by which a file or folder is known in the database: its own where that is UTF-8 of at most ``longest``
    characters, else what can be read of it, cut, and the SHA-256 of its bytes. No two paths have the same.
    """
    raw = os.fsencode(path)
    name = raw.decode(errors="backslashreplace")
    if len(name) <= longest and name.encode() == raw and _DIGESTED not in name and "\0" not in name:
        return name
    ending = _DIGESTED + sha256(raw).hexdigest()
    return name.replace("\0", "")[: longest - len(ending)] + ending


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
    """Read ``data`` as numbered text and store what it proposes.

    Raises DomainError as reading, proposing and :func:`store` do.
    """
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

    ``archive`` and ``name`` together are imported once; the database refuses a second time. Raises DomainError
    ``not_allowed``, ``headline_too_long``, ``headline_not_text``.
    """
    raise_if_may_not(by, "create")
    _raise_if_no_headline(headline)
    sources = sources_for(proposal.sources, by=by, now=now, language=proposal.language)
    claims, quotes = make_records(proposal, sources, by=by, now=now)
    marked = to_body(
        proposal,
        new_key=new_key,
        claim_ids=[claim.public_id for claim in claims],
        quote_ids=[quote.public_id for quote in quotes],
    )
    body = mark_bare(marked, proposal.language, new_key)
    title = headline or name.partition(_DIGESTED)[0] or "untitled"
    article = Article(
        slug=free_slug(Article, title),
        language=proposal.language,
        section_id=section_to_start_in(by, proposal.language),
        headline=headline,
        body=render_html(body),
        rests_on=named_in(body),
        created_by=by,
        created_at=now,
        saved_at=now,
    )
    raise_if_may_not(by, "create", article)
    _insert(article, title)
    note_wordings(article, body, set(), by=by, now=now)
    report = as_dict(proposal, article=article.slug)
    Import.objects.create(
        article=article,
        sha256=digest,
        archive=archive,
        name=name,
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


def _raise_if_no_headline(text: str) -> None:
    if len(text) > LONGEST_HEADLINE:
        raise DomainError(
            "headline_too_long",
            "The headline has more than %(most)s characters.",
            "headline",
            most=LONGEST_HEADLINE,
        )
    if _NO_HEADLINE.search(text):
        raise DomainError("headline_not_text", "The headline is not one line of plain text.", "headline")


def _insert(article: Article, title: str) -> None:
    """Insert ``article``; where another import has just taken its slug, with another one."""
    try:
        with transaction.atomic():
            # The body is our own parser's: save() would only parse it again.
            Article.objects.bulk_create([article])
    except IntegrityError:
        article.slug = free_slug(Article, title, ending=True)
        Article.objects.bulk_create([article])


def make_records(proposal: Proposal, sources: dict, *, by, now: datetime) -> tuple[list[Claim], list[Quote]]:
    """The claims and quotes with their citations, made in three statements; ``sources`` are by input number."""
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
