"""Let what names one record name another: at the desk alone, never in what was published."""

from datetime import datetime

from django.db.models import Max, Q

from articles.access import may
from articles.body.claims import with_claims
from articles.body.html import parse_html, render_html
from articles.draft_locks import held_by_others, since
from articles.drafting import save_draft
from articles.drifting import note_drift
from articles.models import Article, Citation, Claim, Quote
from newsroom.core.errors import DomainError
from sources.models import Likeness, Publisher, Source, Speaker, SpeakerRole

# Drafts that one act writes anew, and other rows it points anew: bounded work in one transaction.
MOST_DRAFTS = 200
MOST_ROWS = 20_000
# Drafts somebody has open, as a refusal lists them.
NAMED = 10


def _source(kept: Source, gone: Source, *, by, now: datetime) -> dict[str, int]:
    """Citations keep their passage and the capture it stands in, which stays the other's."""
    citations = list(_bounded(Citation.objects.filter(source=gone).select_for_update().order_by("pk")))
    named = Q(claim__in={c.claim_id for c in citations}) | Q(quote__in={c.quote_id for c in citations})
    there = {_same(citation) for citation in Citation.objects.filter(named, source=kept)}
    doubled = [citation.pk for citation in citations if _same(citation) in there]
    Citation.objects.filter(pk__in=doubled).delete()
    Citation.objects.filter(source=gone).update(source=kept)
    derived = Source.objects.filter(derives_from=gone).update(derives_from=kept)
    Likeness.objects.filter(Q(left=gone) | Q(right=gone), state=Likeness.State.PROPOSED).delete()
    # It is looked after no more: the other is.
    Source.objects.filter(pk=gone.pk).update(capture_due_at=None)
    note_drift(kept, now=now)
    return {"citations": len(citations) - len(doubled), "doubled": len(doubled), "derived": derived}


def _same(citation: Citation) -> tuple:
    """What makes two citations of one record and one source the same (articles.evidence.cite)."""
    return citation.claim_id, citation.quote_id, citation.stance, citation.exact, citation.locator


def _claim(kept: Claim, gone: Claim, *, by, now: datetime) -> dict[str, int]:
    citations = list(gone.citations.select_for_update())
    there = {(c.source_id, c.stance, c.exact, c.locator) for c in kept.citations.all()}
    last = kept.citations.aggregate(last=Max("position"))["last"]
    position, doubled = (0 if last is None else last + 1), []
    for citation in citations:
        if (citation.source_id, citation.stance, citation.exact, citation.locator) in there:
            doubled.append(citation.pk)
            continue
        citation.claim, citation.position = kept, position
        citation.save(update_fields=["claim", "position"])
        position += 1
    Citation.objects.filter(pk__in=doubled).delete()
    drafts = _rewrite_drafts(kept, gone, by=by, now=now)
    return {"citations": len(citations) - len(doubled), "doubled": len(doubled), "drafts": drafts}


def _rewrite_drafts(kept: Claim, gone: Claim, *, by, now: datetime) -> int:
    # What is in the trash is pointed anew when it is saved again (articles.drafting).
    drafts = Article.objects.not_trashed().filter(rests_on__contains=[gone.public_id]).order_by("pk")
    pks = list(drafts.values_list("pk", flat=True)[: MOST_DRAFTS + 1])
    if len(pks) > MOST_DRAFTS:
        raise DomainError("too_many_drafts", "Too many drafts name this claim to rewrite them in one act.")
    _raise_if_open(pks, by=by, now=now)
    for draft in Article.objects.filter(pk__in=pks).order_by("pk"):
        body = render_html(with_claims(parse_html(draft.body), {gone.public_id: kept.public_id}))
        try:
            save_draft(draft, by=by, now=now, version=draft.version, body=body)
        except DomainError as refused:
            if not may(by, "see", draft):
                raise DomainError("draft_refused", "A draft that you do not see names it.") from None
            raise DomainError(
                "draft_refused", "“%(draft)s”: %(why)s", draft.slug, draft=draft, why=refused.message
            ) from refused
    return len(pks)


def _raise_if_open(drafts: list[int], *, by, now: datetime) -> None:
    """Raises DomainError ``drafts_open`` with every draft that somebody else has open and who that is, so that they can
    be asked to leave it, or the draft be taken over. Of a draft that ``by`` does not see nothing is told."""
    held = [lock for lock in held_by_others(drafts, by=by, now=now) if may(by, "see", lock.article)]
    if held:
        named = [f"“{lock.article}” ({lock.holder}, {since(lock)})" for lock in held[:NAMED]]
        places = ", ".join(named) + (" …" if len(held) > NAMED else "")
        message = "Somebody else has drafts that name it open; ask them to leave, or take over: %(places)s."
        raise DomainError("drafts_open", message, held[0].article.slug, places=places)


def _publisher(kept: Publisher, gone: Publisher, *, by, now: datetime) -> dict[str, int]:
    sources = _bounded(Source.objects.filter(publisher=gone).order_by("pk").values_list("pk", flat=True))
    return {"sources": Source.objects.filter(pk__in=sources).update(publisher=kept)}


def _speaker(kept: Speaker, gone: Speaker, *, by, now: datetime) -> dict[str, int]:
    """Roles that both have are one; the others move with the quotes that were said in them."""
    has = {(role.title, role.since, role.until): role for role in kept.roles.all()}
    roles = 0
    for role in SpeakerRole.objects.filter(speaker=gone).order_by("pk"):
        if same := has.get((role.title, role.since, role.until)):
            Quote.objects.filter(role=role).update(role=same)
        else:
            SpeakerRole.objects.filter(pk=role.pk).update(speaker=kept)
            roles += 1
    quotes = _bounded(Quote.objects.filter(speaker=gone).order_by("pk").values_list("pk", flat=True))
    return {"quotes": Quote.objects.filter(pk__in=quotes).update(speaker=kept), "roles": roles}


def _bounded(rows) -> list:
    found = list(rows[: MOST_ROWS + 1])
    if len(found) > MOST_ROWS:
        raise DomainError("too_many_rows", "Too much names it to be pointed anew in one act.")
    return found


REPOINT = {Source: _source, Publisher: _publisher, Speaker: _speaker, Claim: _claim}
