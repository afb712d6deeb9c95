"""Write drafts: create, save, and who worded what."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from articles.access import raise_if_may_not
from articles.body.bare_segments import mark_bare
from articles.body.claims import claims_in, with_claims
from articles.body.html import parse_html, render_html
from articles.body.keys import new_key
from articles.body.model import Body
from articles.dossier import sentence_digests
from articles.models import Approval, Article, Claim, Wording
from articles.models.section import section_to_start_in
from articles.noticing import approvers
from articles.rules.fingerprints import wording_digest
from articles.rules.stages import Stage, moves
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.core.slugs import free_slug
from newsroom.core.typed import typed
from newsroom.notices.telling import tell

# What a save may set; everything else of an article is moved by acts.
FIELDS = frozenset(
    {
        "headline",
        "standfirst",
        "headline_rests_on",
        "standfirst_rests_on",
        "body",
        "language",
        "section",
        "slug",
    }
)


@transaction.atomic
def create_article(*, by, now: datetime, headline: str = "", language: str = "en", **fields) -> Article:
    """An empty draft, or one with ``fields`` as :func:`save_draft` takes them. An incomplete draft is fine.

    Raises DomainError ``not_allowed``, ``out_of_scope``.
    """
    raise_if_may_not(by, "create")
    article = Article(
        slug=free_slug(Article, headline or "untitled"),
        language=language,
        created_by=by,
        created_at=now,
        saved_at=now,
    )
    _set(article, {"headline": headline, **fields})
    article.section_id = article.section_id or section_to_start_in(by, article.language)
    raise_if_may_not(by, "create", article)
    article.save(force_insert=True)
    note_wordings(article, parse_html(article.body), set(), by=by, now=now)
    record("article.created", article, by=by, now=now)
    return article


@transaction.atomic
def save_draft(article: Article, *, by, now: datetime, version: int, **fields) -> Article:
    """Save ``fields`` of the draft that was read as ``version``; returns it as stored.

    Sentences without a mark get one, and whoever saves has worded every sentence that was not there before. Saving
    an approved draft sends it back to review. Raises DomainError ``draft_changed`` if somebody saved since.
    """
    article = lock(article)
    raise_if_may_not(by, "save", article)
    if version != article.version:
        raise DomainError("draft_changed", "Somebody saved this draft since you opened it.", "version")
    if fields.get("slug", article.slug) != article.slug and article.editions.exists():
        raise DomainError(
            "slug_fixed", "Readers have this address: it changes only by an act of its own.", "slug"
        )
    if "slug" in fields and Article.slug_taken(fields["slug"], but=article):
        raise DomainError("slug_taken", "This address is, or was, that of another article.", "slug")
    language = article.language
    before, texts = (
        parse_html(article.body),
        {name: getattr(article, name) for name in ("headline", "standfirst")},
    )
    _set(article, fields)
    # Nobody moves a draft to where they do not work.
    raise_if_may_not(by, "save", article)
    article.version += 1
    article.saved_at = now
    if article.stage == Stage.APPROVED:
        article.stage = moves(article.steps)["save"][1]
        tell(approvers(article), "article.changed_after_approval", article, by=by, now=now)
        Approval.objects.filter(article=article, withdrawn_at=None).update(withdrawn_at=now)
    article.save()
    known = sentence_digests(before, language) | {wording_digest(text) for text in texts.values()}
    note_wordings(article, parse_html(article.body), known, by=by, now=now)
    record("article.saved", article, by=by, now=now, version=article.version)
    return article


def lock(article: Article) -> Article:
    """The article as it is now, its row locked until the transaction ends."""
    return Article.objects.select_for_update().get(pk=article.pk)


def _set(article: Article, fields: dict) -> None:
    if unknown := set(fields) - FIELDS:
        raise TypeError(f"not a field of a draft: {', '.join(sorted(unknown))}")
    for name, value in fields.items():
        setattr(
            article, name, typed(value, name, lines=False) if name in ("headline", "standfirst") else value
        )
    body = mark_bare(parse_html(article.body), article.language, new_key)
    article.body = render_html(_standing(body) if "body" in fields else body)
    try:
        article.full_clean(exclude=["created_by"])
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise DomainError("invalid", " ".join(messages), field) from None


def _standing(body: Body) -> Body:
    """``body`` with the claims that stand for those it names: an editor may hold a text from before a merge."""
    named = claims_in(body)
    merged = (
        Claim.objects.filter(public_id__in=named, merged_into__isnull=False)
        if named
        else Claim.objects.none()
    )
    return with_claims(body, dict(merged.values_list("public_id", "merged_into__public_id")))


def note_wordings(article: Article, body: Body, known: set[str], *, by, now: datetime) -> None:
    """Record ``by`` as the one who last worded each sentence, headline and standfirst that is not ``known`` (digests
    of the wordings that were there before)."""
    fresh = sentence_digests(body, article.language)
    fresh |= {wording_digest(text) for text in (article.headline, article.standfirst) if text}
    Wording.objects.bulk_create(
        [Wording(article=article, digest=digest, by=by, at=now) for digest in sorted(fresh - known)],
        update_conflicts=True,
        unique_fields=["article", "digest"],
        update_fields=["by", "at"],
    )
