"""Who signed off what a draft says, as it stands: what an edition keeps of it, and the checker's file prints.

JSON values, moments in UTC. Of a confidential source nothing but its number: no copy, no digest, no date.
"""

from datetime import UTC, datetime

from articles.dossier import Dossier
from articles.models import Approval
from articles.readiness import Blocker
from articles.readiness.records import Records
from articles.seen import Seen
from sources.models import Snapshot


def signed_off(
    dossier: Dossier,
    records: Records,
    assessed: list[Blocker],
    *,
    approval: Approval | None,
    by=None,
    now: datetime,
) -> dict:
    """What people recorded that covers the draft as it stands, and of which copies. Asks the database nothing that
    assessing the draft has not asked.

    ``assessed`` are its blockers, ``approval`` is the one it goes out by, if any; ``by`` publishes it ``now``, None for
    a draft.
    """
    return {
        "published": _said(by, now) if by else None,
        "approval": _said(approval.by, approval.at) if approval else None,
        "statements": {seen.key: _of_statement(dossier, records, seen) for seen in dossier.segments},
        "texts": {name: [_exemption(e) for e in records.exemptions.get(name, ())] for name in dossier.texts},
        "waivers": [
            {
                "code": b.code,
                "place": b.place,
                "reason": b.waiver.reason,
                "repair_by": _utc(b.waiver.repair_by),
                **_said(b.waiver.by, b.waiver.at),
            }
            for b in assessed
            if b.waiver
        ],
        "copies": {str(dossier.numbers[source.pk]): _copies(dossier, source) for source in dossier.sources()},
    }


def _of_statement(dossier: Dossier, records: Records, seen: Seen) -> dict:
    return {
        "claim": seen.claim.label if seen.claim else "",
        "checks": [
            {"verdict": str(check.verdict), "note": check.note, **_said(check.by, check.at)}
            for check in records.checks.get(seen.key, ())
        ],
        "exemptions": [_exemption(exemption) for exemption in records.exemptions.get(seen.key, ())],
        "vouchers": [_said(v.by, v.at) for v in records.vouchings.get(seen.key, ())],
        "sightings": [
            {
                "source": dossier.numbers[citation.source_id],
                "note": sighting.note,
                **_said(sighting.by, sighting.at),
            }
            for citation in seen.citations
            for sighting in dossier.sightings.get(citation.pk, ())
        ],
    }


def _exemption(exemption) -> dict:
    return {
        "reason": str(exemption.reason),
        "note": exemption.note,
        **_said(exemption.by, exemption.at),
    }


def _copies(dossier: Dossier, source) -> list[dict]:
    """The archived copies that are cited, else the one that stands for the source; the oldest first."""
    if source.confidential:
        return []
    cited = {c.snapshot for c in dossier.citations if c.source_id == source.pk and c.snapshot_id}
    held = dossier.held.get(source.pk)
    return [_copy(s) for s in sorted(cited or ({held} if held else ()), key=lambda snapshot: snapshot.pk)]


def _copy(snapshot: Snapshot) -> dict:
    return {
        "id": snapshot.public_id,
        "sha256": snapshot.sha256,
        "captured_at": _utc(snapshot.captured_at),
        "way": str(snapshot.way),
    }


def _said(by, at: datetime) -> dict:
    return {"by": str(by), "at": _utc(at)}


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
