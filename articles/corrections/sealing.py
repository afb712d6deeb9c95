"""Erase for good what a court orders erased, and leave what proves that something was there (design, rule 6)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from articles.access import raise_if_may_not
from articles.body.html import parse_html
from articles.corrections.confirming import latest_removal
from articles.corrections.notices import state_of
from articles.draft_locks import lock
from articles.illustrating.erasing import erase_images, images_of_no_other_article
from articles.models import (
    AdviceAnswer,
    Article,
    Assignment,
    Challenge,
    ChallengeContact,
    ChallengeNote,
    ChallengeOutcome,
    Check,
    Citation,
    Claim,
    Comment,
    Correction,
    DraftLock,
    Edition,
    EditionContent,
    EditionSubject,
    Exemption,
    Import,
    LegalHold,
    Quote,
    Recall,
    RecalledWording,
    Removal,
    Rendering,
    Seal,
    SetAside,
    ShareLink,
    SignOff,
    Statement,
    StatementCitation,
    StatementQuote,
    Waiver,
)
from articles.models.article import named_in
from articles.purging import LISTS, keys_of
from articles.rules.after_publication import result_of
from articles.searching import forget_searched
from articles.taking_turns import while_nothing_is_published
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.core.purging import purge_after_commit
from newsroom.core.typed import typed
from newsroom.notices.telling import forget_words

BASIS_LENGTH = 500
# What stands where words were: a record keeps its id and its place.
SEALED = "(sealed)"


@transaction.atomic
def seal(article: Article, *, by, now: datetime, legal_basis: str) -> Seal:
    """Erase every text of ``article``, published and drafted, with its history; only a confirmed take-down is sealed.

    What is left: numbers, kinds, digests and dates of its editions, the audit log, and this seal with its
    ``legal_basis``; its addresses; and what people gave as reasons in the audit log. Claims, quotes and pictures that
    stand in no other article are erased with it; sources, their captures and what was noted of them are others'
    documents and stay. It cannot be undone, and nobody writes the article any more. Raises DomainError ``not_allowed``,
    ``legal_basis_missing``, ``text_too_long``, ``text_unreadable``, ``not_taken_down``, ``edition_waiting``,
    ``take_down_not_confirmed``, ``sealed``, ``own_removal``.
    """
    raise_if_may_not(by, "seal")
    now = while_nothing_is_published(now)
    article = lock(article)
    raise_if_may_not(by, "seal", article)
    legal_basis = typed(legal_basis, "legal_basis", limit=BASIS_LENGTH)
    if not legal_basis:
        raise DomainError("legal_basis_missing", "Say which order demands it.", "legal_basis")
    result_of("seal", *state_of(article, now=now))
    removal = latest_removal(article, now=now)
    if removal.confirmed_at is None:
        raise DomainError("take_down_not_confirmed", "Somebody has to confirm the take-down first.")
    if removal.by_id == by.pk:
        raise DomainError("own_removal", "You took it down: somebody else seals it.")
    claims, quotes = _of_no_other_article(article)
    images = images_of_no_other_article(article)
    records = sorted(each.public_id for found in (claims, quotes, images) for each in found)
    sealed = Seal.objects.create(article=article, records=records, legal_basis=legal_basis, by=by, at=now)
    _erase_challenges(article)
    _erase_published(article, but=removal.edition)
    _erase_draft(article, now=now)
    _erase_records(claims, quotes)
    erase_images(article, images)
    # Should the purge of the take-down have been lost.
    purge_after_commit([*keys_of(article), LISTS])
    facts = {"legal_basis": legal_basis, "editions": article.editions.count(), "records": records}
    record("article.sealed", article, by=by, now=now, **facts)
    return sealed


def _of_no_other_article(article: Article):
    """The claims and quotes (querysets, fixed by row key) that ``article`` names or has named, and nobody else."""
    others = Statement.objects.exclude(edition__article=article)
    drafts = Article.objects.exclude(pk=article.pk).filter(rests_on__contains=[OuterRef("public_id")])
    said = Statement.objects.filter(edition__article=article)
    drafted = {
        record
        for body in article.events.values_list("body", flat=True).iterator()
        for record in named_in(parse_html(body))
    }
    claims = Claim.objects.filter(Q(statements__in=said) | Q(public_id__in=drafted))
    quotes = Quote.objects.filter(Q(statement_quotes__statement__in=said) | Q(public_id__in=drafted))
    alone = (
        claims.exclude(statements__in=others),
        quotes.exclude(statement_quotes__statement__in=others),
    )
    return [
        found.model.objects.filter(pk__in=list(found.exclude(Exists(drafts)).values_list("pk", flat=True)))
        for found in alone
    ]


def _erase_published(article: Article, *, but: Edition) -> None:
    statements = Statement.objects.filter(edition__article=article)
    forget_searched(article)
    StatementQuote.objects.filter(statement__in=statements).delete()
    StatementCitation.objects.filter(statement__in=statements).delete()
    statements.delete()
    # Of the notice that stands in its place nothing is erased: it says nothing of the text.
    editions = article.editions.exclude(pk=but.pk)
    for model in (EditionContent, Correction, Rendering, EditionSubject, SignOff):
        model.objects.filter(edition__in=editions).delete()


def _erase_challenges(article: Article) -> None:
    """What readers wrote repeats the text; that they wrote stays."""
    challenges = Challenge.objects.filter(edition__article=article)
    ChallengeOutcome.objects.filter(challenge__in=challenges).delete()
    ChallengeNote.objects.filter(challenge__in=challenges).delete()
    ChallengeContact.objects.filter(challenge__in=challenges).delete()
    challenges.update(wording=SEALED, words=SEALED, evidence_url="")
    challenges.exclude(answer="").update(answer=SEALED)


def _erase_draft(article: Article, *, now: datetime) -> None:
    """The draft is emptied first, so that the history made by that is erased with the rest."""
    empty = {"headline": "", "standfirst": "", "body": "", "rests_on": [], "shows": [], "tags": []}
    empty |= {"headline_rests_on": [], "standfirst_rests_on": []}
    # Another version: what somebody still has on the screen cannot be saved over it.
    Article.objects.filter(pk=article.pk).update(**empty, sealed_at=now, version=F("version") + 1)
    article.events.all().delete()
    article.wordings.all().delete()
    for model in (AdviceAnswer, Comment, Check, Exemption, Waiver, RecalledWording, SetAside, DraftLock):
        model.objects.filter(article=article).delete()
    ShareLink.objects.filter(article=article).update(pinned="", label=SEALED)
    Removal.objects.filter(edition__article=article).update(reason=SEALED)
    Assignment.objects.filter(article=article).update(note="")
    holds = LegalHold.objects.filter(article=article)
    holds.update(reason=SEALED)
    holds.exclude(lifted_at=None).update(lifted_because=SEALED)
    forget_words(article)
    Import.objects.filter(article=article).update(report={}, name="")


def _erase_records(claims, quotes) -> None:
    """Claims and quotes keep their ids; what they said, and the passages they were found in, is gone."""
    of_them = Q(claim__in=claims) | Q(quote__in=quotes)
    Citation.objects.filter(of_them).update(
        exact="", prefix="", suffix="", start=None, snapshot=None, locator=""
    )
    Recall.objects.filter(of_them).update(reason=SEALED)
    claims.update(label=SEALED)
    quotes.update(words=SEALED, original="", original_language="", translator="", occasion="", said_on=None)
    # Of citations also those that were taken away since.
    Citation.pgh_event_model.objects.filter(of_them).delete()
    for records in (claims, quotes):
        keys = list(records.values_list("pk", flat=True))
        records.model.pgh_event_model.objects.filter(pgh_obj_id__in=keys).delete()
