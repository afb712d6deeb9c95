"""What the desk does with a reader's challenge: take it on, note, resolve, and let everybody know."""

import json
from datetime import datetime

from django.db import transaction

from articles.access import may, raise_if_may_not
from articles.assigning import ASSIGNERS
from articles.models import Challenge, ChallengeNote, ChallengeOutcome, Correction, Edition
from articles.purging import LISTS, keys_of
from articles.rules.challenges import ANSWER_LENGTH, NOTE_LENGTH, Outcome
from articles.rules.kinds import Kind
from newsroom.audit.recording import record
from newsroom.core.deferring import defer
from newsroom.core.errors import DomainError
from newsroom.core.purging import purge_after_commit
from newsroom.core.typed import typed
from newsroom.notices.telling import no_longer, tell

# Of one challenge, and the later corrections among which one is chosen.
MOST_NOTES, MOST_CORRECTIONS = 100, 50


@transaction.atomic
def take(challenge: Challenge, *, by, now: datetime) -> Challenge:
    """``by`` looks after it from now on, whoever did before.

    Raises DomainError ``not_allowed``, ``out_of_scope``, ``sealed``, ``resolved_already``, ``assigned_already``.
    """
    challenge = _open_one(challenge, "handle_challenge", by)
    if challenge.taken_by_id == by.pk:
        raise DomainError("assigned_already", "This person has this task already.")
    _hand_to(challenge, by)
    record("challenge.taken", challenge, by=by, now=now)
    no_longer(["challenge.made"], challenge, now=now)
    return challenge


@transaction.atomic
def assign(challenge: Challenge, *, to, by, now: datetime) -> Challenge:
    """``to`` looks after it from now on. To somebody else an editor gives it.

    Raises DomainError as :func:`take`, and ``assignee_cannot``.
    """
    challenge = _open_one(challenge, "handle_challenge", by)
    if to != by and not by.roles & ASSIGNERS:
        raise DomainError(
            "not_allowed", "An editor gives tasks to others; you can take it on yourself.", "to"
        )
    if not (to.is_active and to.is_staff and may(to, "handle_challenge", challenge.article)):
        raise DomainError("assignee_cannot", "This person cannot do that with this article.", "to")
    if challenge.taken_by_id == to.pk:
        raise DomainError("assigned_already", "This person has this task already.", "to")
    _hand_to(challenge, to)
    record("challenge.assigned", challenge, by=by, now=now, to=to.username)
    no_longer(["challenge.made", "challenge.assigned"], challenge, now=now)
    tell([to], "challenge.assigned", challenge, by=by, now=now)
    return challenge


@transaction.atomic
def note(challenge: Challenge, *, text: str, by, now: datetime) -> ChallengeNote:
    """Note something for the desk alone, also when it is resolved.

    Raises DomainError ``not_allowed``, ``out_of_scope``, ``sealed``, ``note_missing``, ``text_too_long``,
    ``text_unreadable``, ``too_many_notes``.
    """
    challenge = _locked(challenge, "handle_challenge", by)
    text = typed(text, "text", limit=NOTE_LENGTH)
    if not text:
        raise DomainError("note_missing", "Write what you have to say.", "text")
    if challenge.notes.count() >= MOST_NOTES:
        raise DomainError("too_many_notes", "There are too many notes here.", "text")
    made = ChallengeNote.objects.create(challenge=challenge, text=text, by=by, at=now)
    record("challenge.noted", challenge, by=by, now=now)
    return made


@transaction.atomic
def resolve(
    challenge: Challenge,
    *,
    outcome: str,
    answer: str,
    correction: Correction | None = None,
    by,
    now: datetime,
) -> Challenge:
    """Say what became of it; the reader sees ``outcome`` and ``answer``, and gets them by mail if they asked for that.

    ``correction`` is the one that set the sentence right, of those :func:`corrections_of` finds. Raises DomainError
    ``not_allowed``, ``out_of_scope``, ``sealed``, ``resolved_already``, ``outcome_unknown``, ``answer_missing``,
    ``text_too_long``, ``text_unreadable``, ``correction_missing``, ``correction_unrelated``, ``still_stands``.
    """
    challenge = _open_one(challenge, "resolve_challenge", by)
    if outcome not in Outcome.values:
        raise DomainError("outcome_unknown", "Choose what became of it.", "outcome")
    answer = typed(answer, "answer", limit=ANSWER_LENGTH)
    if not answer:
        raise DomainError("answer_missing", "Tell the reader what you found, and on what it rests.", "answer")
    _raise_if_untrue(challenge, outcome, correction, now)
    challenge.outcome, challenge.answer, challenge.correction = outcome, answer, correction
    challenge.resolved_by, challenge.resolved_at = by, now
    challenge.save(update_fields=["outcome", "answer", "correction", "resolved_by", "resolved_at"])
    facts = (
        {"correction": correction.public_id, "corrected_in": correction.edition.number} if correction else {}
    )
    record("challenge.resolved", challenge, by=by, now=now, outcome=outcome, **facts)
    no_longer(["challenge.made", "challenge.assigned"], challenge, now=now)
    defer("articles.tasks.write_to_challenger", challenge=challenge.pk)
    return challenge


@transaction.atomic
def tell_outcome(challenge: Challenge, *, by, now: datetime) -> ChallengeOutcome:
    """Let everybody read what was doubted, what became of it and the answer; of the reader's words nothing.

    A second person lets it out: never who resolved it, and nobody whose own article it is. Raises DomainError
    ``not_allowed``, ``own_article``, ``out_of_scope``, ``sealed``, ``not_resolved``, ``own_answer``,
    ``told_already``, ``not_public``.
    """
    challenge = _locked(challenge, "tell_outcome", by)
    if challenge.resolved_at is None:
        raise DomainError("not_resolved", "This is open.")
    if challenge.resolved_by_id == by.pk:
        raise DomainError("own_answer", "You wrote this answer: somebody else lets it out.")
    if ChallengeOutcome.objects.filter(challenge=challenge).exists():
        raise DomainError("told_already", "Everybody can read it already.")
    if not Edition.objects.readable(now).filter(pk=challenge.edition_id).exists():
        raise DomainError("not_public", "Readers have never seen this article.")
    told = ChallengeOutcome.objects.create(
        challenge=challenge,
        edition=challenge.edition,
        key=challenge.key,
        wording=challenge.wording,
        language=challenge.language,
        doubt=challenge.doubt,
        outcome=challenge.outcome,
        answer=challenge.answer,
        correction=challenge.correction,
        asked_at=challenge.at,
        answered_at=challenge.resolved_at,
        told_at=now,
    )
    record("challenge.told", challenge, by=by, now=now, outcome=told.public_id)
    purge_after_commit([*keys_of(challenge.article), LISTS])
    return told


def corrections_of(challenge: Challenge, *, now: datetime) -> list[Correction]:
    """The later corrections of the article that readers can read and that tell of this sentence, newest first.

    A retraction tells of every sentence. One query.
    """
    later = Edition.objects.readable(now).set_right()
    later = later.filter(article=challenge.edition.article_id, number__gt=challenge.edition.number)
    rows = Correction.objects.filter(edition__in=later).select_related("edition").order_by("-edition__number")
    return [row for row in rows[:MOST_CORRECTIONS] if _tells_of(row, challenge.key)]


def stands(challenge: Challenge, *, now: datetime) -> bool:
    """Whether readers still find the sentence in the article as it is now."""
    listed = Edition.objects.listed(now).filter(article=challenge.edition.article_id)
    return listed.filter(statements__key=challenge.key).exists()


def _tells_of(correction: Correction, key: str) -> bool:
    statements = json.loads(correction.receipt)["statements"]
    return correction.edition.kind == Kind.RETRACTION or any(told["key"] == key for told in statements)


def _raise_if_untrue(
    challenge: Challenge, outcome: str, correction: Correction | None, now: datetime
) -> None:
    """An outcome that the public record does not bear out."""
    if outcome == Outcome.CORRECTED and correction is None:
        raise DomainError("correction_missing", "Name the correction that set it right.", "correction")
    if correction and correction not in corrections_of(challenge, now=now):
        raise DomainError(
            "correction_unrelated", "That correction does not tell of this sentence.", "correction"
        )
    if outcome == Outcome.WITHDRAWN and stands(challenge, now=now):
        raise DomainError("still_stands", "Readers still find the sentence in the article.", "outcome")


def _hand_to(challenge: Challenge, person) -> None:
    challenge.taken_by = person
    challenge.save(update_fields=["taken_by"])


def _open_one(challenge: Challenge, act: str, by) -> Challenge:
    challenge = _locked(challenge, act, by)
    if challenge.resolved_at:
        raise DomainError("resolved_already", "This is resolved already.")
    return challenge


def _locked(challenge: Challenge, act: str, by) -> Challenge:
    rows = Challenge.objects.select_for_update(of=["self"]).select_related("edition__article")
    challenge = rows.get(pk=challenge.pk)
    raise_if_may_not(by, act, challenge.article)
    return challenge
