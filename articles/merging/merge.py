"""The act: one record stands for two from now on, the other stays as the address that editions have printed."""

from datetime import datetime

from django.db import transaction
from django.db.models import Model

from articles.access import raise_if_may_not
from articles.merging.repointing import REPOINT
from articles.models import Claim
from articles.purging import LISTS, keys_of_source
from articles.recalling import open_recall_of
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.core.purging import purge_after_commit
from newsroom.core.typed import typed
from sources.models import Publisher, Source, Speaker

MERGED: tuple[type[Model], ...] = (Source, Publisher, Speaker, Claim)
NOTE_LENGTH = 500


@transaction.atomic
def merge(kept: Model, gone: Model, *, by, now: datetime, note: str) -> dict[str, int]:
    """Let ``kept`` stand for ``gone``: what the desk has names ``kept`` from now on, and drafts are written anew.

    Released editions keep the old id, which leads to ``kept`` for ever. What was checked, exempted or approved covers
    what was seen: where that named ``gone`` it lapses. Partners are told nothing: no document, statement or printed
    field that they have is another, and the id they know goes on answering. Returns how many of what were pointed
    anew. Raises DomainError as :func:`refusal_of` says, ``note_missing``, ``drafts_open`` while others write drafts
    that name it, and ``draft_refused`` where a draft cannot be saved now.
    """
    raise_if_may_not(by, "merge")
    note = typed(note, "note", limit=NOTE_LENGTH)
    if not note:
        raise DomainError("note_missing", "Say why these are the same.", "note")
    # In the order of their ids, so that two who merge the same pair either way do not wait for each other for ever.
    locked = {row.pk: row for row in _both(kept, gone).select_for_update().order_by("pk")}
    kept, gone = locked[kept.pk], locked[gone.pk]
    if refused := refusal_of(kept, gone):
        raise refused
    moved = REPOINT[type(kept)](kept, gone, by=by, now=now)
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    # No chains: what was merged into the one that is gone stands behind the other, too.
    type(kept)._default_manager.filter(merged_into=gone).update(merged_into=kept)
    act = f"{kept._meta.model_name}.merged"
    record(act, gone, by=by, now=now, into=kept.public_id, note=note, moved=moved)
    record(act, kept, by=by, now=now, gone=gone.public_id, note=note)
    purge_after_commit(
        [*keys_of_source(kept), *keys_of_source(gone)] if isinstance(kept, Source) else [LISTS]
    )
    return moved


def _both(kept: Model, gone: Model):
    return type(kept)._default_manager.filter(pk__in=[kept.pk, gone.pk])


def refusal_of(kept: Model, gone: Model) -> DomainError | None:
    """Why ``gone`` cannot be merged into ``kept`` as they stand; None if it can.

    Codes: ``merge_itself``, ``merge_kinds``, ``merged_already``; of sources ``merge_confidential``,
    ``merge_withdrawn``, ``merge_embargoes``, ``merge_origins``; of claims and sources ``merge_recalled``; of claims
    ``merge_standing``; of speakers ``merge_kind``; of publishers ``merge_barred``.
    """
    if type(kept) is not type(gone) or type(kept) not in MERGED:
        return DomainError("merge_kinds", "Only two of one kind can be merged.")
    if kept.pk == gone.pk:
        return DomainError("merge_itself", "This is one and the same record.")
    if kept.merged_into_id or gone.merged_into_id:
        return DomainError("merged_already", "One of the two was merged into another already.")
    return next((error for rule in _RULES[type(kept)] if (error := rule(kept, gone))), None)


def _confidential(kept: Source, gone: Source) -> DomainError | None:
    if kept.confidential or gone.confidential:
        message = "A confidential source is merged with none: that would tell who it is."
        return DomainError("merge_confidential", message)
    return None


def _withdrawn(kept: Source, gone: Source) -> DomainError | None:
    if kept.withdrawn_at or gone.withdrawn_at:
        message = "One of the two is withdrawn: readers are told so where it is cited. Reinstate it first."
        return DomainError("merge_withdrawn", message)
    return None


def _embargoes(kept: Source, gone: Source) -> DomainError | None:
    if kept.embargoed_until != gone.embargoed_until:
        return DomainError("merge_embargoes", "Their embargoes differ: set them alike first.")
    return None


def _origins(kept: Source, gone: Source) -> DomainError | None:
    if gone.pk == kept.derives_from_id or kept.pk == gone.derives_from_id:
        message = "One is said to derive from the other: take that back first."
        return DomainError("merge_origins", message)
    if gone.derives_from_id and gone.derives_from_id != kept.derives_from_id:
        message = "They are said to derive from different sources: say it of the one that is kept first."
        return DomainError("merge_origins", message)
    return None


def _recalled(kept: Claim | Source, gone: Claim | Source) -> DomainError | None:
    if open_recall_of(kept) or open_recall_of(gone):
        message = "One of the two is recalled: repair what shows it first."
        return DomainError("merge_recalled", message)
    return None


def _standing(kept: Claim, gone: Claim) -> DomainError | None:
    if kept.standing != gone.standing and Claim.Standing.DEPRECATED in (kept.standing, gone.standing):
        message = "One of the two is deprecated and the other is not: decide first what holds."
        return DomainError("merge_standing", message)
    return None


def _kinds(kept: Speaker, gone: Speaker) -> DomainError | None:
    if kept.kind != gone.kind:
        message = "A person, an organisation and a document are never the same."
        return DomainError("merge_kind", message)
    return None


def _barred(kept: Publisher, gone: Publisher) -> DomainError | None:
    if kept.barred != gone.barred:
        return DomainError("merge_barred", "One of the two is barred: decide first whether the other is.")
    return None


_RULES = {
    Source: (_confidential, _withdrawn, _embargoes, _origins, _recalled),
    Publisher: (_barred,),
    Speaker: (_kinds,),
    Claim: (_standing, _recalled),
}
