"""The kinds of notices. They are registered here, so that an unknown one is caught where it is made."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Way(TextChoices):
    AT_ONCE = "at_once", _("by mail at once")
    DIGEST = "digest", _("by mail once a day")
    DESK = "desk", _("at the desk only")


@dataclass(frozen=True)
class Kind:
    """``sentence`` names ``%(by)s`` (who did it), ``%(about)s``, and facts it was told with.

    ``way`` holds until a person chooses another. What is ``urgent`` always comes by mail. ``known`` says that readers
    know what it is about by its address, which may then be told to whoever cannot open it.
    """

    title: Promise
    sentence: Promise
    way: Way = Way.DIGEST
    urgent: bool = False
    known: bool = False

    @property
    def ways(self) -> list[Way]:
        """What a person may choose."""
        return [way for way in Way if not (self.urgent and way == Way.DESK)]


KINDS: dict[str, Kind] = {
    "article.submitted": Kind(
        _("A draft waits for checking"), _("%(by)s submitted “%(about)s” for checking.")
    ),
    "article.sent_to_review": Kind(_("A draft waits for review"), _("%(by)s sent “%(about)s” to review.")),
    "article.assigned": Kind(
        _("Somebody gives me a task"),
        _("%(by)s gave you a task with “%(about)s”: %(task)s."),
        Way.AT_ONCE,
    ),
    "article.sent_back": Kind(
        _("A draft of mine was sent back"),
        _("%(by)s sent “%(about)s” back to its writers."),
        Way.AT_ONCE,
    ),
    "article.taken_over": Kind(
        _("A draft that I was writing was taken over"),
        _("%(by)s took “%(about)s” over while you had it open."),
        Way.AT_ONCE,
    ),
    "article.approved": Kind(_("A draft was approved"), _("%(by)s approved “%(about)s”.")),
    "article.approval_withdrawn": Kind(
        _("An approval was withdrawn"),
        _("%(by)s withdrew the approval of “%(about)s”."),
        Way.AT_ONCE,
    ),
    "article.changed_after_approval": Kind(
        _("A draft that I approved was changed"),
        _("%(by)s changed “%(about)s”, which you had approved. It asks for approval again."),
    ),
    "article.published": Kind(
        _("An article of mine was published"), _("%(by)s published edition %(edition)s of “%(about)s”.")
    ),
    "article.scheduled": Kind(
        _("An article of mine was scheduled"),
        _("%(by)s scheduled edition %(edition)s of “%(about)s” for %(when)s."),
    ),
    "edition.rescheduled": Kind(
        _("A waiting edition was moved to another moment"),
        _("Edition %(edition)s of “%(about)s” is to show from %(when)s instead (%(by)s)."),
    ),
    "edition.held": Kind(
        _("A waiting edition was put on hold"),
        _("Edition %(edition)s of “%(about)s” was put on hold (%(by)s)."),
        Way.AT_ONCE,
    ),
    "article.removed": Kind(
        _("An article of mine was taken from readers"),
        _("%(by)s takes “%(about)s” from readers."),
        Way.AT_ONCE,
        known=True,
    ),
    "article.removal_to_confirm": Kind(
        _("A removal is to be confirmed"),
        _("%(by)s takes “%(about)s” from readers. A second person has to confirm it by %(when)s."),
        Way.AT_ONCE,
        urgent=True,
        known=True,
    ),
    "article.removal_unconfirmed": Kind(
        _("Nobody confirmed a removal in time"),
        _("“%(about)s” was taken from readers at %(when)s, and nobody has confirmed it. It stays away."),
        Way.AT_ONCE,
        urgent=True,
        known=True,
    ),
    "article.correction_opened": Kind(
        _("A published article of mine has to be corrected"),
        _("%(by)s found wrong what “%(about)s” says: it has to be corrected."),
        Way.AT_ONCE,
    ),
    "comment.mentioned": Kind(
        _("Somebody mentions me in a comment"),
        _("%(by)s mentions you in a comment on “%(about)s”."),
        Way.AT_ONCE,
    ),
    "comment.answered": Kind(
        _("Somebody answers in a thread of mine"), _("%(by)s answers a comment on “%(about)s”."), Way.AT_ONCE
    ),
    "comment.made": Kind(_("Somebody comments on an article of mine"), _("%(by)s comments on “%(about)s”.")),
    "comment.resolved": Kind(
        _("A comment of mine was resolved"), _("%(by)s resolved your comment on “%(about)s”."), Way.DESK
    ),
    "challenge.made": Kind(
        _("A reader doubts a sentence of an article of mine"),
        _("A reader doubts a sentence of “%(about)s”."),
        Way.AT_ONCE,
    ),
    "challenge.assigned": Kind(
        _("Somebody gives me a reader's challenge"),
        _("%(by)s gave you a reader's challenge to “%(about)s”."),
        Way.AT_ONCE,
    ),
    "segment.checked_negative": Kind(
        _("A check found that the evidence does not support a sentence"),
        _("%(by)s checked a sentence of “%(about)s”: the evidence does not support it."),
        Way.AT_ONCE,
    ),
    "article.checks_lapsed": Kind(
        _("What a checked sentence rests on was changed"),
        _("What “%(about)s” rests on was changed: sentences of it are to be checked again."),
    ),
    "partner.webhook_paused": Kind(
        _("A partner's webhook was paused because it failed"),
        _("A webhook of %(about)s was paused, because it failed for days or is gone: %(url)s."),
        Way.AT_ONCE,
    ),
    "partner.silent": Kind(
        _("A partner stopped fetching"),
        _("%(about)s used to fetch what we publish and has not since %(when)s."),
        Way.AT_ONCE,
    ),
}
