"""Write audit events. Act codes are registered here, so that an unknown one is caught where it is made."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _

from newsroom.audit.models import AuditEvent

# Sent inside the act's transaction with ``about`` (a list of what the act was done to) and ``now`` (aware): whoever
# derives something from it follows.
recorded = Signal()

ACTS = {
    "article.imported": _("imported a text"),
    "article.created": _("created the article"),
    "article.saved": _("saved the draft"),
    "article.taken_over": _("took a draft over from somebody who was writing it"),
    "article.set_aside": _("set a text aside"),
    "article.version_restored": _("brought an earlier version back"),
    "article.trashed": _("put the article in the trash"),
    "article.untrashed": _("took the article out of the trash"),
    "article.submitted": _("submitted for checking"),
    "article.sent_to_review": _("sent to review"),
    "article.sent_back": _("sent back"),
    "article.approved": _("approved"),
    "article.approval_withdrawn": _("withdrew the approval"),
    "article.published": _("published an edition"),
    "article.scheduled": _("scheduled an edition"),
    "article.released_as_archive": _("released as archive"),
    "article.shared": _("made a share link"),
    "article.share_revoked": _("revoked a share link"),
    "segment.checked": _("recorded a check"),
    "segment.exempted": _("granted an exemption"),
    "article.waived": _("granted a waiver"),
    "article.advice_answered": _("answered advice on the text"),
    "article.commented": _("commented on the draft"),
    "comment.answered": _("answered a comment"),
    "comment.resolved": _("resolved a comment"),
    "comment.reopened": _("opened a comment again"),
    "challenge.made": _("doubted a sentence, as a reader"),
    "challenge.taken": _("took a reader's challenge"),
    "challenge.assigned": _("gave a reader's challenge to somebody"),
    "challenge.noted": _("noted something on a reader's challenge"),
    "challenge.resolved": _("resolved a reader's challenge"),
    "challenge.told": _("let everybody know what became of a reader's challenge"),
    "article.retracted": _("retracted the article"),
    "article.unpublished": _("unpublished the article"),
    "article.taken_down": _("took the article down"),
    "article.removal_confirmed": _("confirmed that the article was taken from readers"),
    "article.removal_escalated": _("told that nobody confirmed that it was taken from readers"),
    "article.sealed": _("sealed the article"),
    "article.moved": _("changed the address"),
    "article.archived": _("put the article in the archive"),
    "article.unarchived": _("took the article out of the archive"),
    "edition.rescheduled": _("changed when an edition shows"),
    "record.recalled": _("recalled what was found wrong"),
    "recall.closed": _("closed a recall"),
    "article.assigned": _("assigned the article"),
    "article.unassigned": _("took an assignment back"),
    "article.flashed": _("began a flash"),
    "article.held_legally": _("put the article under legal hold"),
    "article.hold_lifted": _("lifted a legal hold"),
    "front.arranged": _("arranged a front"),
    "page.written": _("wrote a text of a site page"),
    "page.approved": _("approved a text of a site page"),
    "section.amended": _("amended what readers see of a section"),
    "edition.announced": _("announced to partners"),
    "source.identified": _("identified a source"),
    "quote.attributed": _("attributed a quote"),
    "article.credited": _("changed the byline or the treaties"),
    "source.confided": _("entered a confidential source"),
    "identity.looked_at": _("looked at who a confidential source is"),
    "identity.changed": _("changed who a confidential source is"),
    "source.withdrawn": _("withdrew a source"),
    "source.reinstated": _("reinstated a source"),
    "source.amended": _("amended what readers see of a source"),
    "publisher.amended": _("amended what readers see of a publisher"),
    "speaker.amended": _("amended what readers see of a speaker"),
    "person.amended": _("amended what readers see of a bylined person"),
    "treaty.amended": _("amended what readers see of a treaty"),
    "source.embargoed": _("changed the embargo of a source"),
    "edition.held": _("put an edition on hold"),
    "edition.moved": _("moved an edition to another moment"),
    "article.correction_opened": _("opened a correction"),
    "citation.passage_chosen": _("chose a passage"),
    "citation.passage_cleared": _("took a passage back"),
    "citation.sighted": _("saw a passage by eye"),
    "segment.vouched": _("answered by name for a sentence"),
    "source.origin_set": _("said from which source it derives"),
    "source.origin_cleared": _("said that it derives from none"),
    "likeness.rejected": _("said that two sources only look alike"),
    "source.merged": _("merged two sources"),
    "publisher.merged": _("merged two publishers"),
    "speaker.merged": _("merged two speakers"),
    "claim.merged": _("merged two claims"),
    "source.capture_requested": _("asked for a capture"),
    "source.captured": _("captured a source"),
    "source.capture_failed": _("could not capture a source"),
}

# What is done with the addresses to which partners are told.
ACTS |= {
    "webhook.added": _("added a webhook"),
    "webhook.changed": _("changed a webhook"),
    "webhook.secret_rotated": _("gave a webhook a new secret"),
    "webhook.paused": _("paused a webhook"),
    "webhook.resumed": _("resumed a webhook"),
    "webhook.resent": _("had events sent again"),
    "webhook.pinged": _("sent a test event"),
    "webhook.removed": _("removed a webhook"),
    "partner.reminded": _("reminded a partner"),
    "partner.silence_noticed": _("noticed that a partner stopped fetching"),
}

# What people do with their accounts, and administrators with those of others.
ACTS |= {
    "user.signed_in": _("signed in"),
    "user.signed_out": _("signed out"),
    "user.sign_in_failed": _("a wrong password was tried"),
    "user.factor_failed": _("a wrong second factor was tried"),
    "user.locked_out": _("was locked out for a while"),
    "user.unlocked": _("let in again after a lockout"),
    "user.factor_added": _("added a second factor"),
    "user.factor_removed": _("removed a second factor"),
    "user.codes_made_anew": _("made new recovery codes"),
    "user.factors_reset": _("took away the second factor"),
    "user.password_changed": _("changed the password"),
    "user.sessions_ended": _("signed out everywhere"),
    "user.password_given": _("gave a new password"),
    "audit.exported": _("took the audit log as a file"),
    "invitation.sent": _("invited to the desk"),
    "invitation.sent_again": _("sent the invitation again"),
    "invitation.withdrawn": _("withdrew the invitation"),
    "invitation.accepted": _("accepted the invitation"),
}

# What partners do with their keys, or administrators for them.
ACTS |= {
    "apikey.made": _("made a key"),
    "apikey.rotated": _("exchanged a key"),
    "apikey.revoked": _("revoked a key"),
    "partner.person_invited": _("invited somebody to the partner's page"),
    "partner.person_added": _("let somebody on the partner's page"),
    "partner.person_removed": _("took somebody off the partner's page"),
}

# What the desk keeps by hand.
_BY_HAND = "claim quote citation image treaty section scope evidencerule source publisher speaker person user"
_BY_HAND += " partner product"
for _kind in _BY_HAND.split():
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
        # Never a text of an article: what was sealed must not live on in a label.
        label=getattr(obj, "audit_label", None) or str(obj)[:200],
        data=data,
    )


def record(act: str, obj, *, by, now: datetime, **data) -> AuditEvent:
    """Save one event in the current transaction; arguments as for :func:`event`."""
    entry = event(act, obj, by=by, now=now, **data)
    entry.save(force_insert=True)
    recorded.send(sender=AuditEvent, about=[obj], now=now)
    return entry


def record_each(act: str, told: Iterable[tuple[Any, dict]], *, by, now: datetime) -> None:
    """Save an event for each of ``told``, objects with their data, in one statement; otherwise as :func:`record`."""
    told = list(told)
    AuditEvent.objects.bulk_create(event(act, obj, by=by, now=now, **data) for obj, data in told)
    recorded.send(sender=AuditEvent, about=[obj for obj, _data in told], now=now)
