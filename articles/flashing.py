"""Breaking news: one sentence, begun and submitted by one person, let out by another: two people, as design asks."""

from datetime import datetime

from django.db import transaction
from django.utils.html import escape

from articles import evidence
from articles.body.html import parse_html
from articles.body.keys import new_key
from articles.body.sentences import block_sentences
from articles.documents import build_content, content_digest
from articles.dossier import open_dossier
from articles.drafting import create_article
from articles.models import Article, Edition, Section
from articles.publishing import publish
from articles.readiness import blockers
from articles.review import approve, submit, waive
from articles.rules.stages import Stage
from newsroom.accounts.models import Person
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.core.typed import typed
from sources.models import Source

LONGEST = 200


@transaction.atomic
def begin_flash(
    sentence: str,
    *,
    language: str,
    by,
    now: datetime,
    source: Source | None = None,
    section: Section | None = None,
) -> Article:
    """A draft whose headline and only sentence is ``sentence``, submitted; it stands first on everybody's desk.

    It rests on ``source`` if there is one; otherwise on nothing, and goes out labelled. Raises DomainError
    ``not_allowed``, ``out_of_scope``, ``sentence_missing``, ``not_one_sentence``, ``text_too_long``.
    """
    text = typed(sentence, "sentence", limit=LONGEST, lines=False).rstrip(".").rstrip()
    if not text:
        raise DomainError("sentence_missing", "Write the sentence.", "sentence")
    if len(block_sentences(parse_html(f"<p>{escape(text)}.</p>").blocks[0], language).spans) > 1:
        raise DomainError("not_one_sentence", "A flash is one sentence.", "sentence")
    key, rests = new_key(), ""
    if source:
        claim = evidence.make_claim(label=text, by=by, now=now)
        evidence.cite(claim, source, by=by, now=now)
        rests = f' data-claim="{claim.public_id}"'
    article = create_article(
        by=by,
        now=now,
        language=language,
        section=section,
        headline=text,
        standfirst=text,
        headline_rests_on=[key],
        standfirst_rests_on=[key],
        body=f'<p><span data-segment="{key}"{rests}>{escape(text)}</span>.</p>',
        bylines=Person.objects.filter(user=by)[:1],
    )
    article.is_flash = True
    article.save(update_fields=["is_flash"])
    record("article.flashed", article, by=by, now=now)
    return submit(article, by=by, now=now)


@transaction.atomic
def let_out(article: Article, *, digest: str, reason: str, repair_by: datetime, by, now: datetime) -> Edition:
    """Approve what ``by`` read (its ``digest``), waive all that may be waived for one ``reason``, to be repaired by one
    moment, and publish: each of these acts asks for itself whether ``by`` may.

    Raises their refusals, and DomainError ``no_flash``; then nothing is done.
    """
    article.refresh_from_db()
    if not article.is_flash:
        raise DomainError("no_flash", "This is no flash: it goes out step by step.")
    if article.stage != Stage.APPROVED:
        article = approve(article, digest=digest, by=by, now=now)
    elif digest != content_digest(build_content(open_dossier(article))):
        raise DomainError("draft_changed", "The draft or its evidence has changed since you opened it.")
    for blocker in blockers(article, now=now):
        if not blocker.absolute:
            waive(
                article,
                code=blocker.code,
                place=blocker.place,
                fingerprint=blocker.fingerprint,
                reason=reason,
                repair_by=repair_by,
                by=by,
                now=now,
            )
    return publish(article, by=by, now=now)
