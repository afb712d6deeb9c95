"""Write audit events. Act codes are registered here, so that an unknown one is caught where it is made."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from newsroom.audit.models import AuditEvent

ACTS = {
    "article.imported": _("imported a text"),
    "article.created": _("created the article"),
    "article.saved": _("saved the draft"),
    "article.submitted": _("submitted for checking"),
    "article.sent_to_review": _("sent to review"),
    "article.sent_back": _("sent back"),
    "article.approved": _("approved"),
    "article.approval_withdrawn": _("withdrew the approval"),
    "article.published": _("published an edition"),
    "article.scheduled": _("scheduled an edition"),
    "article.released_as_archive": _("released as archive"),
    "segment.checked": _("recorded a check"),
    "segment.exempted": _("granted an exemption"),
    "article.waived": _("granted a waiver"),
    "edition.announced": _("announced to partners"),
    "source.identified": _("identified a source"),
    "quote.attributed": _("attributed a quote"),
    "article.credited": _("changed the byline or the treaties"),
}

# What the desk keeps by hand.
for _kind in ("claim", "quote", "citation", "treaty", "source", "publisher", "speaker", "person", "user"):
    ACTS[f"{_kind}.entered"] = _("entered")
    ACTS[f"{_kind}.changed"] = _("changed")
    ACTS[f"{_kind}.removed"] = _("removed")


def event(act: str, obj, *, by, now: datetime, **data) -> AuditEvent:
    """An unsaved event: ``by`` (user, or None for the system) did ``act`` to ``obj`` at ``now`` (aware).

    ``obj`` has a ``public_id``. ``data`` must be JSON values and must never hold a confidential identity.
    Raises KeyError for an act that is not registered.
    """
    ACTS[act]
    return AuditEvent(
        at=now,
        by=by,
        through=by.acting_through if by else "system",
        act=act,
        object_type=obj._meta.model_name,
        object_id=obj.public_id,
        label=str(obj)[:200],
        data=data,
    )


def record(act: str, obj, *, by, now: datetime, **data) -> AuditEvent:
    """Save one event in the current transaction; arguments as for :func:`event`."""
    entry = event(act, obj, by=by, now=now, **data)
    entry.save(force_insert=True)
    return entry
