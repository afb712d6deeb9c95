"""A reader doubts a sentence; the desk takes it, resolves it, and lets everybody know by a second person."""

from datetime import timedelta
from functools import partial

import pytest
from django.core import mail
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from articles import challenged, following, tasks
from articles.challenging import asking, contact, deciding
from articles.corrections import retract, take_down, unpublish
from articles.models import Challenge, ChallengeContact, Edition, Scope, Statement
from articles.noticing import challenge_path
from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from newsroom.notices.models import Notice
from newsroom.notices.wording import in_words
from tests.articles.challenges import READ, RIGHT, TOKEN, WRONG, corrected, doubted, published, resolved, told
from tests.making import NOW, make_user

pytestmark = pytest.mark.django_db
LATER = READ + timedelta(hours=4)


@pytest.fixture
def desk():
    return published()


def code_of(act, *arguments, **options) -> str:
    with pytest.raises(DomainError) as refused:
        act(*arguments, **options)
    return refused.value.code


def test_from_a_challenge_over_its_correction_to_the_public_log_is_one_chain(desk):
    challenge = doubted(desk)
    edition = Edition.objects.get()
    assert challenge.statement == Statement.objects.get(edition=edition, key=desk.KEYS[0])
    assert (challenge.statement.claim, challenge.wording) == (desk.claim, WRONG)
    deciding.take(challenge, by=desk.reporter, now=READ)
    correction = corrected(desk)
    assert deciding.corrections_of(challenge, now=LATER) == [correction]
    resolved(desk, challenge, outcome="corrected", correction=correction)
    outcome = told(desk, challenge)
    # What everybody reads leads on to the correction, and the log of corrections has that one.
    [public] = challenged.outcomes(now=LATER, limit=10)
    assert (public.id, public.outcome, public.correction) == (
        outcome.public_id,
        "corrected",
        correction.public_id,
    )
    assert (public.number, public.corrected_in, public.wording) == (1, 2, WRONG)
    [logged] = following.corrections(now=LATER, limit=10)
    assert logged.entry["id"] == correction.public_id
    [statement] = logged.entry["statements"]
    assert (statement["key"], statement["was"], statement["is"]) == (challenge.key, WRONG, RIGHT)
    assert challenged.outcomes_by([correction.public_id], now=LATER) == {correction.public_id: public}
    assert challenged.outcomes_of("a-treaty", desk.KEYS[0], now=LATER) == [public]
    # The reader follows the same chain by their link.
    followed = asking.follow("token", now=LATER)
    assert (followed.state, followed.outcome, followed.corrected_in, followed.told) == (
        "resolved",
        "corrected",
        2,
        outcome.public_id,
    )
    # And the audit log has every step of it.
    acts = AuditEvent.objects.filter(object_id=challenge.public_id).order_by("pk")
    assert [event.act.partition(".")[2] for event in acts] == ["made", "taken", "resolved", "told"]
    assert acts[2].data["correction"] == correction.public_id
    assert acts[0].by is None


def test_the_writers_are_told_and_what_the_reader_wrote_is_shown_to_who_sees_the_article(desk):
    challenge = doubted(desk)
    notice = Notice.objects.get(to=desk.reporter, kind="challenge.made")
    [shown] = in_words(desk.reporter, [notice])
    assert (shown.words, shown.path) == (challenge.words, challenge_path(challenge))
    assert "A reader doubts a sentence of “A treaty is signed”." in shown.sentence
    Scope.objects.create(user=desk.reporter, language="pl")
    desk.reporter.__dict__.pop("scopes_held", None)
    [hidden] = in_words(desk.reporter, [notice])
    assert (hidden.words, hidden.path) == ("", "")


def test_the_same_form_sent_twice_is_one_challenge(desk):
    assert doubted(desk) == doubted(desk, words="Once more.")
    assert Challenge.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"doubt": "rubbish"}, "doubt_unknown"),
        ({"words": " \r\n "}, "words_missing"),
        ({"words": "x" * 2001}, "text_too_long"),
        ({"words": "a\x00b"}, "text_unreadable"),
        ({"words": "\u202eb"}, "text_unreadable"),
        ({"evidence_url": "javascript:alert(1)"}, "address_unreadable"),
        ({"evidence_url": "https://press.example@evil.example/"}, "address_unreadable"),
        ({"evidence_url": "https://[::1"}, "address_unreadable"),
        ({"evidence_url": "https://e.example/" + "a" * 500}, "text_too_long"),
        ({"email": "nobody"}, "email_unreadable"),
        ({"email": "a@b.example, c@d.example"}, "email_unreadable"),
        ({"email": "a@b.example\nBcc: c@d.example"}, "email_unreadable"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(desk, said, code):
    with pytest.raises(DomainError) as refused:
        doubted(desk, **said)
    assert (refused.value.code, refused.value.place) == (code, next(iter(said)))
    assert not Challenge.objects.exists()


def test_no_more_is_taken_than_a_desk_can_read(desk, monkeypatch):
    for number in range(asking.MOST_OPEN):
        challenge = doubted(desk, token=f"token {number}")
    assert code_of(doubted, desk, token="one more") == "sentence_doubted"
    # What is a day old keeps nobody out, answered or not.
    tomorrow = READ + timedelta(days=1)
    assert code_of(doubted, desk, token="late", now=tomorrow - timedelta(seconds=1)) == "sentence_doubted"
    with transaction.atomic():
        doubted(desk, token="tomorrow", now=tomorrow)
        transaction.set_rollback(True)
    # What is resolved makes room; and after an hour there is room in the article again.
    resolved(desk, challenge, outcome="not_about_this", now=READ)
    doubted(desk, token="one more")
    monkeypatch.setattr(asking, "MOST_OF_ARTICLE", 6)
    other = {"key": desk.KEYS[1], "token": "another"}
    assert code_of(doubted, desk, **other) == "too_many_challenges"
    doubted(desk, now=READ + timedelta(hours=1), **other)
    monkeypatch.setattr(asking, "MOST_OF_SITE", 1)
    elsewhere = published("another-treaty")
    assert (
        code_of(doubted, elsewhere, token="elsewhere", now=READ + timedelta(hours=1)) == "too_many_challenges"
    )


def test_an_outcome_must_be_borne_out_by_what_is_public(desk):
    challenge = doubted(desk)

    def refused(outcome, **said):
        return code_of(resolved, desk, challenge, outcome=outcome, now=LATER, **said)

    assert refused("corrected") == "correction_missing"
    assert refused("withdrawn") == "still_stands"
    assert refused("") == "outcome_unknown"
    assert refused("upheld", answer=" ") == "answer_missing"
    desk.now = READ
    desk.save(standfirst="Two states sign.")
    unrelated = desk.publish(kind="correction", note="A stop.", now=READ + timedelta(minutes=1)).correction
    assert deciding.corrections_of(challenge, now=LATER) == []
    assert refused("corrected", correction=unrelated) == "correction_unrelated"
    retract(desk.article, by=desk.duty, now=READ + timedelta(minutes=5), note="All of it was wrong.")
    [retraction] = deciding.corrections_of(challenge, now=LATER)
    resolved(desk, challenge, outcome="withdrawn", correction=retraction, now=LATER)
    assert challenge.__class__.objects.get().outcome == "withdrawn"
    assert refused("upheld") == "resolved_already"


def test_an_editor_gives_it_to_others_and_everybody_takes_it_on(desk):
    challenge = doubted(desk)
    by = {"now": READ}
    assert code_of(deciding.assign, challenge, to=desk.checker, by=desk.reporter, **by) == "not_allowed"
    assert code_of(deciding.assign, challenge, to=make_user(), by=desk.editor, **by) == "assignee_cannot"
    given = deciding.assign(challenge, to=desk.checker, by=desk.editor, **by)
    assert given.taken_by == desk.checker
    assert Notice.objects.filter(to=desk.checker, kind="challenge.assigned").exists()
    assert code_of(deciding.take, challenge, by=desk.checker, **by) == "assigned_already"
    assert deciding.take(challenge, by=desk.reporter, **by).taken_by == desk.reporter
    assert asking.follow("token", now=READ).state == "taken"


def test_who_does_not_work_on_the_article_does_nothing_with_it(desk):
    challenge = doubted(desk)
    stranger = make_user("editor")
    Scope.objects.create(user=stranger, language="pl")
    for act, said in (
        (deciding.take, {}),
        (deciding.note, {"text": "x"}),
        (deciding.resolve, {"outcome": "upheld", "answer": "x"}),
        (deciding.tell_outcome, {}),
    ):
        assert code_of(act, challenge, by=stranger, now=READ, **said) == "out_of_scope"


def test_what_everybody_reads_passed_under_the_eyes_of_a_second_person(desk):
    challenge = doubted(desk)
    assert code_of(told, desk, challenge) == "not_resolved"
    resolved(desk, challenge, by=desk.editor)
    assert code_of(told, desk, challenge, by=desk.editor) == "own_answer"
    assert code_of(told, desk, challenge, by=desk.checker) == "not_allowed"
    author = desk.reporter
    author.groups.set(desk.editor.groups.all())
    author.__dict__.pop("roles", None)
    assert code_of(told, desk, challenge, by=author) == "own_article"
    assert challenged.outcomes(now=LATER, limit=1) == []
    told(desk, challenge, by=desk.duty)
    assert code_of(told, desk, challenge, by=desk.duty) == "told_already"
    [public] = challenged.outcomes(now=LATER, limit=1)
    assert public.answer == "The treaty itself bears that date."
    assert challenge.words not in str(public)


def test_an_outcome_goes_with_the_article_and_stays_with_an_open_history(desk):
    told(desk, resolved(desk, doubted(desk)))
    by, at = {"by": desk.duty, "now": LATER}, LATER + timedelta(hours=1)
    note = {"note": "All of it was wrong."}
    ways = {
        retract: (note, 1),
        partial(retract, closes_history=True): (note, 0),
        unpublish: ({"reason": "Out of date."}, 0),
        take_down: ({"reason": "A court order."}, 0),
    }
    for act, (said, shown) in ways.items():
        with transaction.atomic():
            act(desk.article, **by, **said)
            assert len(challenged.outcomes(now=at, limit=1)) == shown
            followed = asking.follow(TOKEN, now=at)
            what_was_said = (followed.wording, followed.words, followed.answer, followed.slug, followed.told)
            assert all(what_was_said) if shown else not any(what_was_said)
            assert followed.outcome == "upheld"
            transaction.set_rollback(True)


def write(challenge):
    tasks.write_to_challenger.func(challenge.pk)


def test_who_wants_a_letter_gets_one_after_the_outcome_and_is_forgotten(desk, settings):
    settings.NEWSROOM_ORIGIN = "https://news.example"
    challenge = doubted(desk, email="reader@example.org")
    assert asking.follow("token", now=READ).by_mail
    write(challenge)
    assert mail.outbox == []
    resolved(desk, challenge)
    job = ProcrastinateJob.objects.get(task_name="articles.tasks.write_to_challenger")
    assert job.args == {"challenge": challenge.pk}
    write(challenge)
    write(challenge)
    [letter] = mail.outbox
    assert letter.to == ["reader@example.org"]
    assert "Upheld, with evidence.\n\nThe treaty itself bears that date." in letter.body
    assert "https://news.example/challenges/mine/token/" in letter.body
    # It may be somebody else's address: nothing that was typed is sent to it.
    assert challenge.words not in letter.body
    assert not ChallengeContact.objects.exists()


def test_an_address_lies_encrypted_and_in_no_other_column(desk):
    challenge = doubted(desk, email="reader@example.org")
    resolved(desk, challenge)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        )
        for table, column in cursor.fetchall():
            found = f'SELECT 1 FROM "{table}" WHERE "{column}"::text ILIKE %s LIMIT 1'  # noqa: S608
            cursor.execute(found, ["%reader@example%"])
            assert cursor.fetchone() is None, (table, column)
    assert len(bytes(ChallengeContact.objects.get().sealed)) > 512


def test_an_address_that_waits_too_long_is_erased_unread(desk, settings):
    waiting = doubted(desk, email="reader@example.org")
    settings.SECRET_KEY = "x" * 50
    resolved(desk, waiting)
    # No key of ours opens it any more: it is forgotten, and no letter goes anywhere.
    write(waiting)
    assert (mail.outbox, ChallengeContact.objects.count()) == ([], 0)
    other = doubted(desk, token="other", email="reader@example.org")
    assert contact.forget_old(now=READ + timedelta(days=364)) == 0
    assert contact.forget_old(now=READ + timedelta(days=366)) == 1
    third = resolved(desk, doubted(desk, token="third", email="reader@example.org"), now=READ)
    assert contact.forget_old(now=READ + timedelta(days=6)) == 0
    assert contact.forget_old(now=READ + timedelta(days=8)) == 1
    assert {other, third} <= set(Challenge.objects.all())


def test_only_what_readers_can_read_is_doubted(desk):
    assert asking.sentence("a-treaty", "zzzzzzzzzz", now=READ) is None
    assert asking.sentence("a-treaty", desk.KEYS[0], now=NOW - timedelta(seconds=1)) is None
    corrected(desk)
    assert asking.sentence("a-treaty", desk.KEYS[0], now=LATER).wording == RIGHT
    assert asking.sentence("a-treaty", desk.KEYS[0], now=LATER, number=1).wording == WRONG
    retract(desk.article, by=desk.duty, now=LATER, note="All of it was wrong.")
    for number in (None, 1, 2):
        assert asking.sentence("a-treaty", desk.KEYS[0], now=LATER, number=number) is None
