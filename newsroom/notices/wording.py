"""Notices in words, in the language that is active, for the reader they are for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from newsroom.notices.kinds import KINDS
from newsroom.notices.models import Notice
from newsroom.notices.subjects import Subject, subjects_of


@dataclass(frozen=True)
class Told:
    """One notice as its reader may see it now."""

    notice: Notice
    sentence: str
    words: str
    path: str


def in_words(reader, notices: Iterable[Notice]) -> list[Told]:
    """``notices`` (with ``by``) as ``reader`` may see them; of what is out of their sight nothing is told but that."""
    notices = list(notices)
    subjects = subjects_of(reader, notices)
    return [_told(notice, subjects.get(notice.pk)) for notice in notices]


def _told(notice: Notice, subject: Subject | None) -> Told:
    kind = KINDS.get(notice.kind)
    facts = dict(notice.facts)
    words = facts.pop("words", "")
    facts["by"] = facts.pop("who", "") or str(notice.by or _("the system"))
    if "when" in facts:
        facts["when"] = date_format(
            timezone.localtime(datetime.fromisoformat(facts["when"])), "DATETIME_FORMAT"
        )
    # Without a subject: out of the reader's sight, or gone.
    facts["about"] = subject.label if subject else notice.label or _("what you cannot see (any more)")
    sentence = str(kind.sentence) % facts if kind else notice.kind
    if subject is None:
        return Told(notice, sentence, "", "")
    return Told(notice, sentence, subject.words or words, subject.path)
