"""Make the records of a pasted text: as an import does, but into a draft that a person is writing."""

from datetime import datetime

from django.db import transaction

from articles.access import raise_if_may_not
from articles.body.model import Body
from articles.importing.proposal import Proposal
from articles.importing.records import sources_for
from articles.importing.storing import body_of, make_records
from newsroom.audit.recording import record
from sources.models import Source


@transaction.atomic
def make_pasted(
    proposal: Proposal, known: dict[int, Source], *, by, now: datetime
) -> tuple[Body, list[Source]]:
    """The body of ``proposal`` with its claims and quotes made, and the sources that the draft did not cite yet.

    ``known`` are the sources that the draft prints under these numbers; a list in the pasted text goes before them.
    The draft itself is not touched.
    """
    raise_if_may_not(by, "keep_evidence")
    resolved = resolve(proposal, known)
    entries = [entry for entry in proposal.sources if entry.number not in resolved]
    listed = sources_for(entries, by=by, now=now)
    ((claims, quotes),) = make_records([proposal], [resolved | listed], by=by, now=now)
    for made in (*claims, *quotes):
        record(f"{made._meta.model_name}.entered", made, by=by, now=now)
    return body_of(proposal, claims, quotes), list(listed.values())


def resolve(proposal: Proposal, known: dict[int, Source]) -> dict[int, Source]:
    """By number, the sources of the draft that the pasted numbers mean: none where it brings a list of its own."""
    if proposal.inline_list:
        return {}
    return {entry.number: known[entry.number] for entry in proposal.sources if entry.number in known}
