"""Write drafts: create, save, and who worded what."""

from copy import copy
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from articles.access import raise_if_may_not
from articles.body.bare_segments import NOTHING, mark_bare
from articles.body.claims import claims_in, with_claims
from articles.body.html import parse_html, render_html
from articles.body.keys import new_key
from articles.body.model import Body
from articles.crediting import CREDITS, credit, credited_otherwise
from articles.dossier import sentence_digests
from articles.draft_locks import lock, raise_if_held
from articles.models import Approval, Article, Claim, Wording
from articles.models.section import section_to_start_in
from articles.noticing import approvers
from articles.rules.fingerprints import wording_digest
from articles.rules.stages import Stage, moves
from articles.rules.tags import tags_of
from articles.translating import raise_if_no_translation
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.core.slugs import LENGTH, free_slug, slug_of
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
        "tags",
        "translation_of",
    }
)

# In characters; what a picture's own caption may have.
LONGEST_CAPTION = 500


@transaction.atomic
def create_article(*, by, now: datetime, headline: str = "", language: str = "en", **fields) -> Article:
    """An empty draft, or one with ``fields`` as :func:`save_draft` takes them. An incomplete draft is fine.

    Raises DomainError ``not_allowed``, ``out_of_scope``, and as :func:`articles.translating.raise_if_no_translation`.
    """
    raise_if_may_not(by, "create")
    article = Article(
        slug=free_slug(Article, headline or "untitled"),
        language=language,
        created_by=by,
        created_at=now,
        saved_at=now,
    )
    credits = {name: fields.pop(name) for name in CREDITS & fields.keys()}
    _set(article, {"headline": headline, **fields})
    article.section_id = article.section_id or section_to_start_in(by, article.language)
    raise_if_may_not(by, "create", article)
    raise_if_no_translation(article, by=by)
    article.save(force_insert=True)
    note_wordings(article, parse_html(article.body), set(), by=by, now=now)
    record("article.created", article, by=by, now=now)
    if any(credits.values()):
        record("article.credited", article, by=by, now=now, **credit(article, **credits))
    return article


@transaction.atomic
def save_draft(
    article: Article, *, by, now: datetime, version: int, unattended: bool = False, **fields
) -> Article:
    """Save ``fields`` of the draft that was read as ``version``, ``bylines`` (people in the order printed) and
    ``treaties`` among them; returns it as stored.

    Where nothing differs nothing is done, so that the version stays. Sentences without a mark get one, and whoever
    saves has worded every sentence that was not there before. Saving an approved draft sends it back to review.
    ``unattended`` says that the page saved by itself. Raises DomainError ``locked`` while somebody else has the
    draft open, ``draft_changed`` if somebody saved since, ``slug_fixed``, ``slug_taken``, ``invalid``,
    ``tag_unreadable``, ``too_many_tags``, ``out_of_scope``, and as
    :func:`articles.translating.raise_if_no_translation`.
    """
    article = lock(article)
    raise_if_may_not(by, "save", article)
    raise_if_held(article, by=by, now=now)
    before, was = parse_html(article.body), _told(article)
    credits = {name: fields.pop(name) for name in CREDITS & fields.keys()}
    _set(article, fields, before)
    credited = credited_otherwise(article, credits)
    changed = sorted([*credited, *(name for name, value in _told(article).items() if value != was[name])])
    if not changed:
        return article
    if version != article.version:
        raise DomainError("draft_changed", "Somebody saved this draft since you opened it.", "version")
    # Nobody moves a draft to where they do not work.
    raise_if_may_not(by, "save", article)
    if "slug" in changed:
        _raise_if_slug_stays(article)
    if {"language", "translation_of"} & set(changed):
        raise_if_no_translation(article, by=by)
    article.version += 1
    article.saved_at = now
    if article.stage == Stage.APPROVED:
        article.stage = moves(article.steps)["save"][1]
        tell(approvers(article), "article.changed_after_approval", article, by=by, now=now)
        Approval.objects.filter(article=article, withdrawn_at=None).update(withdrawn_at=now)
    article.save()
    body = parse_html(article.body)
    known = sentence_digests(before, was["language"])
    known |= {wording_digest(was[name]) for name in ("headline", "standfirst")}
    note_wordings(article, body, known, by=by, now=now)
    facts = {"version": article.version, "fields": changed, "words": _words(body)}
    record("article.saved", article, by=by, now=now, **facts, **({"unattended": True} if unattended else {}))
    if credited:
        record("article.credited", article, by=by, now=now, **credit(article, **credits))
    return article


def draft_with(article: Article, **fields) -> Article:
    """A copy of ``article`` as a save of ``fields`` would leave it; nothing is stored. Raises ``invalid``."""
    saved = copy(article)
    _set(saved, fields, parse_html(article.body))
    return saved


def _raise_if_slug_stays(article: Article) -> None:
    if article.editions.exists():
        raise DomainError(
            "slug_fixed", "Readers have this address: it changes only by an act of its own.", "slug"
        )
    if Article.slug_taken(article.slug, but=article):
        raise DomainError("slug_taken", "This address is, or was, that of another article.", "slug")


def _told(article: Article) -> dict:
    """The draft's own fields as they stand."""
    stored = {"section": "section_id", "translation_of": "translation_of_id"}
    return {name: getattr(article, stored.get(name, name)) for name in FIELDS}


def _words(body: Body) -> int:
    return sum(len(block.text.split()) for block in body.blocks)


def address_for(address: str, headline: str, *, but: Article) -> str:
    """The address that ``headline`` makes for the article ``but``; ``address``, its own, where it makes none or
    another's."""
    made = slug_of(headline)[:LENGTH].strip("-")
    return made if made and not Article.slug_taken(made, but=but) else address


def _set(article: Article, fields: dict, before: Body = NOTHING) -> None:
    """Set ``fields``, cleaned; ``before`` is the body that stands there, whose bare sentences keep their keys."""
    if unknown := set(fields) - FIELDS:
        raise TypeError(f"not a field of a draft: {', '.join(sorted(unknown))}")
    for name, value in fields.items():
        setattr(
            article, name, typed(value, name, lines=False) if name in ("headline", "standfirst") else value
        )
    article.tags = tags_of(article.tags)
    body = parse_html(article.body)
    if any(len(figure.text) > LONGEST_CAPTION for figure in body.figures):
        raise DomainError(
            "text_too_long", "A caption has more than %(limit)d characters.", "body", limit=LONGEST_CAPTION
        )
    body = mark_bare(body, article.language, new_key, before)
    article.body = render_html(_standing(body) if "body" in fields else body)
    # What no person chose is not asked about, and whether an address is free only of a new article: a save asks so
    # itself where the address differs.
    unasked = ["created_by", "public_id", *([] if article._state.adding or "slug" in fields else ["slug"])]
    try:
        article.full_clean(exclude=unasked, validate_unique=article._state.adding, validate_constraints=False)
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
    """Record ``by`` as the one who last worded each sentence, caption, headline and standfirst that is not ``known``
    (digests of the wordings that were there before)."""
    Wording.objects.bulk_create(
        wordings_of(article, body, known, by=by, now=now),
        update_conflicts=True,
        unique_fields=["article", "digest"],
        update_fields=["by", "at"],
    )


def wordings_of(
    article: Article, body: Body, known: set[str] = frozenset(), *, by, now: datetime
) -> list[Wording]:
    """What :func:`note_wordings` records, not stored yet."""
    fresh = sentence_digests(body, article.language)
    fresh |= {wording_digest(text) for text in (article.headline, article.standfirst) if text}
    return [Wording(article=article, digest=digest, by=by, at=now) for digest in sorted(fresh - known)]
