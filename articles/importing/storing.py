"""Make articles of proposals: records, marks, wordings and the import's report, in one transaction."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import chain

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction

from articles.access import raise_if_may_not
from articles.body.bare_segments import mark_bare
from articles.body.html import render_html
from articles.body.keys import new_key
from articles.body.model import Body
from articles.drafting import wordings_of
from articles.importing.proposal import Proposal, propose, to_body
from articles.importing.reading import read_text
from articles.importing.records import sources_of_each, speakers_of_each
from articles.importing.report import as_dict
from articles.models import Article, Citation, Claim, Import, Quote, Wording
from articles.models.article import named_in
from articles.models.section import section_to_start_in
from newsroom.accounts.models import User
from newsroom.accounts.roles import Role
from newsroom.audit.recording import record_each
from newsroom.core.errors import DomainError
from newsroom.core.slugs import free_slug, free_slugs

IMPORTER = "importer"
LONGEST_HEADLINE = Article._meta.get_field("headline").max_length
LONGEST_NAME = Import._meta.get_field("name").max_length
LONGEST_ARCHIVE = Import._meta.get_field("archive").max_length

_DIGESTED = " sha256:"
_NO_HEADLINE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class Story:
    """A story to be stored: what was read of it, and, of a file, the archive it is in, its stored name and SHA-256.

    ``headline`` and ``name`` make its slug.
    """

    proposal: Proposal
    headline: str = ""
    archive: str = ""
    name: str = ""
    digest: str = ""


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

    Raises DomainError as :func:`read_story` and :func:`store_each` do.
    """
    story = read_story(
        data, language=language, headline=headline, sources=sources, archive=archive, name=name
    )
    return store_each([story], by=by, now=now)[0], story.proposal


def read_story(data: bytes, *, language: str, sources=None, **told) -> Story:
    """The story that ``data`` is as numbered text; ``told`` are other fields of it.

    Raises DomainError as reading and proposing do.
    """
    headline = told.get("headline") or None
    proposal = propose(read_text(data), language=language, sources=sources, headline=headline)
    return Story(proposal, digest=sha256(data).hexdigest(), **told)


def store(proposal: Proposal, *, by, now: datetime, headline: str = "", digest: str = "") -> Article:
    """Store ``proposal`` as a new draft of ``by``; raises DomainError as :func:`store_each` does."""
    return store_each([Story(proposal, headline, digest=digest)], by=by, now=now)[0]


@transaction.atomic
def store_each(stories: Sequence[Story], *, by, now: datetime) -> list[Article]:
    """Store each of ``stories`` as a new draft of ``by``, in as many statements as one takes.

    ``archive`` and ``name`` together are imported once; the database refuses a second time. Raises DomainError
    ``not_allowed``, ``headline_too_long``, ``headline_not_text``. None is stored
    then.
    """
    raise_if_may_not(by, "create")
    for story in stories:
        _raise_if_no_headline(story.headline)
    proposals = [story.proposal for story in stories]
    sources = sources_of_each([proposal.sources for proposal in proposals], by=by, now=now)
    records = make_records(proposals, sources, by=by, now=now)
    bodies = [
        mark_bare(body_of(proposal, *made), proposal.language, new_key)
        for proposal, made in zip(proposals, records, strict=True)
    ]
    articles = _articles(stories, bodies, by=by, now=now)
    pairs = list(zip(articles, stories, strict=True))
    Wording.objects.bulk_create(
        wording
        for article, body in zip(articles, bodies, strict=True)
        for wording in wordings_of(article, body, by=by, now=now)
    )
    Import.objects.bulk_create(
        Import(
            article=article,
            sha256=story.digest,
            archive=story.archive,
            name=story.name,
            final_newline=story.proposal.final_newline,
            report=as_dict(story.proposal, article=article.slug),
            by=by,
            at=now,
        )
        for article, story in pairs
    )
    counts = (
        {"claims": len(claims), "quotes": len(quotes), "sources": len(cited)}
        for (claims, quotes), cited in zip(records, sources, strict=True)
    )
    record_each("article.imported", zip(articles, counts, strict=True), by=by, now=now)
    return articles


def body_of(proposal: Proposal, claims: list[Claim], quotes: list[Quote]) -> Body:
    """The body of ``proposal`` with what was made of its claims and quotes."""
    return to_body(
        proposal,
        new_key=new_key,
        claim_ids=[claim.public_id for claim in claims],
        quote_ids=[quote.public_id for quote in quotes],
    )


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


def _articles(stories: Sequence[Story], bodies: list[Body], *, by, now: datetime) -> list[Article]:
    """Insert the articles of ``stories``. Where another import has just taken the slug of a single one it gets
    another; of several nobody knows which: IntegrityError, and whoever stores them tries each by itself."""
    titles = [story.headline or story.name.partition(_DIGESTED)[0] or "untitled" for story in stories]
    articles = [
        Article(
            slug=slug,
            language=story.proposal.language,
            section_id=section_to_start_in(by, story.proposal.language),
            headline=story.headline,
            body=render_html(body),
            rests_on=named_in(body),
            created_by=by,
            created_at=now,
            saved_at=now,
        )
        for story, body, slug in zip(stories, bodies, free_slugs(Article, titles), strict=True)
    ]
    for article in articles:
        raise_if_may_not(by, "create", article)
    try:
        with transaction.atomic():
            # The bodies are our own parser's: save() would only parse them again.
            return Article.objects.bulk_create(articles)
    except IntegrityError:
        if len(articles) > 1:
            raise
        articles[0].slug = free_slug(Article, titles[0], ending=True)
        return Article.objects.bulk_create(articles)


def make_records(
    proposals: Sequence[Proposal], sources: Sequence[dict], *, by, now: datetime
) -> list[tuple[list[Claim], list[Quote]]]:
    """The claims and quotes of each proposal with their citations, made in three statements; ``sources`` of each are
    by input number."""
    made_by = {"created_by": by, "created_at": now}
    segments = [
        [
            (paragraph.text[segment.start : segment.end], segment.sources)
            for paragraph, segment in _claimed(each)
        ]
        for each in proposals
    ]
    claims = [[Claim(label=label, **made_by) for label, _numbers in each] for each in segments]
    Claim.objects.bulk_create(chain.from_iterable(claims))
    speakers = speakers_of_each([proposal.quotes for proposal in proposals])
    quotes = [
        [
            _quote(quote, proposal.language, *known.get(n, (None, None)), made_by)
            for n, quote in enumerate(proposal.quotes)
        ]
        for proposal, known in zip(proposals, speakers, strict=True)
    ]
    Quote.objects.bulk_create(chain.from_iterable(quotes))
    chosen = {"chosen_by": by, "created_at": now}
    Citation.objects.bulk_create(
        citation
        for n, proposal in enumerate(proposals)
        for citation in (
            *_cited("claim", claims[n], [numbers for _label, numbers in segments[n]], sources[n], chosen),
            *_cited("quote", quotes[n], [quote.sources for quote in proposal.quotes], sources[n], chosen),
        )
    )
    return list(zip(claims, quotes, strict=True))


def _claimed(proposal: Proposal) -> Iterator[tuple]:
    """The segments that rest on a claim of their own, each with its paragraph."""
    for paragraph in proposal.paragraphs:
        for segment in paragraph.segments:
            if segment.kind == "claim":
                yield paragraph, segment


def _quote(quote, language: str, speaker, role, made_by: dict) -> Quote:
    return Quote(words=quote.words, language=language, speaker=speaker, role=role, **made_by)


def _cited(kind: str, records: list, numbers: list, sources: dict, chosen: dict) -> Iterator[Citation]:
    """The citations of ``records``, of each to the sources of its ``numbers``."""
    carries = Citation.Carries.WORDS if kind == "quote" else ""
    for made, cited in zip(records, numbers, strict=True):
        for position, number in enumerate(cited):
            yield Citation(
                source=sources[number], position=position, carries=carries, **{kind: made}, **chosen
            )
