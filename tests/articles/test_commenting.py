"""Comments on a draft: on words that move, by people and guests, resolved and opened again."""

import pytest
from django.db import IntegrityError, transaction

from articles import commenting
from articles.commenting import comment, placed, reopen, reply, resolve
from articles.models import Comment
from articles.models.section import Scope
from newsroom.accounts.models import User
from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from newsroom.notices.models import Notice
from newsroom.notices.telling import tell
from newsroom.notices.wording import in_words
from tests.making import NOW, Desk, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def on(desk, exact="a treaty", prefix="Two states signed ", suffix=" on 27 May", **options):
    words = {"place": desk.KEYS[0], "exact": exact, "prefix": prefix, "suffix": suffix}
    return comment(desk.article, **{"by": desk.editor, "now": NOW, "text": "Which one?"} | words | options)


def told(kind):
    return set(Notice.objects.filter(kind=kind).values_list("to", flat=True))


def refused(call, code):
    with pytest.raises(DomainError) as error:
        call()
    assert error.value.code == code
    return error.value


def test_a_thread_is_begun_answered_resolved_and_opened_again(desk):
    thread = on(desk)
    reply(thread, by=desk.reporter, now=NOW, text="The one of May.")
    assert [r.text for r in commenting.threads_of(desk.article, resolved=False)[0].replies.all()] == [
        "The one of May."
    ]
    resolve(thread, by=desk.editor, now=NOW)
    assert commenting.threads_of(desk.article, resolved=False) == []
    assert commenting.threads_of(desk.article, resolved=True) == [thread]
    refused(lambda: resolve(thread, by=desk.editor, now=NOW), "resolved_already")
    refused(lambda: reply(thread, by=desk.editor, now=NOW, text="Still?"), "resolved_already")
    assert reopen(thread, by=desk.reporter, now=NOW).resolved_by is None
    refused(lambda: reopen(thread, by=desk.reporter, now=NOW), "not_resolved")
    acts = AuditEvent.objects.filter(act__contains="comment").values_list("act", flat=True)
    assert set(acts) == {"article.commented", "comment.answered", "comment.resolved", "comment.reopened"}


@pytest.mark.parametrize(
    ("saying", "code"),
    [
        ({"text": " \n "}, "text_missing"),
        ({"text": "x" * 2001}, "text_too_long"),
        ({"text": "a\x00b"}, "text_unreadable"),
        ({"exact": "x" * 301}, "text_too_long"),
        ({"prefix": "x" * 41}, "text_too_long"),
        ({"suffix": "\x00"}, "text_unreadable"),
        ({"place": "caption"}, "place_unknown"),
        ({"place": "AAAAAAAAAA"}, "place_unknown"),
        ({"by": None, "guest_name": "  "}, "name_missing"),
        ({"by": None, "guest_name": "x" * 81}, "text_too_long"),
    ],
)
def test_what_cannot_be_said_is_refused_and_changes_nothing(desk, saying, code):
    refused(lambda: on(desk, **saying), code)
    assert not Comment.objects.exists()


@pytest.mark.parametrize("role", ["administrator", "source_keeper", None])
def test_who_may_see_no_draft_comments_on_none(desk, role):
    outsider = make_user(*([role] if role else []))
    thread = on(desk)
    for act in (
        lambda: on(desk, by=outsider),
        lambda: reply(thread, by=outsider, now=NOW, text="Hm."),
        lambda: resolve(thread, by=outsider, now=NOW),
        lambda: reopen(thread, by=outsider, now=NOW),
    ):
        refused(act, "not_allowed")


def test_who_works_on_other_articles_neither_comments_nor_hears_of_comments(desk):
    Scope.objects.create(user=desk.checker, language="pl")
    checker = User.objects.get(pk=desk.checker.pk)
    refused(lambda: on(desk, by=checker), "out_of_scope")
    made = on(desk, text=f"@{checker.username}?")
    assert (made.mentions.count(), told("comment.mentioned")) == (0, set())
    made.mentions.add(checker)
    assert not commenting.for_person(checker)
    (notice,) = tell([checker], "comment.mentioned", made, by=desk.editor, now=NOW)
    (seen,) = in_words(checker, [notice])
    assert not any(word in seen.sentence + seen.words for word in (desk.article.headline, made.text))


def test_an_article_takes_only_so_many_comments(desk, monkeypatch):
    monkeypatch.setattr(commenting, "MOST_THREADS", 1)
    monkeypatch.setattr(commenting, "MOST_REPLIES", 1)
    thread = on(desk)
    refused(lambda: on(desk), "too_many_comments")
    reply(thread, by=desk.reporter, now=NOW, text="One.")
    refused(lambda: reply(thread, by=desk.reporter, now=NOW, text="Two."), "too_many_comments")


@pytest.mark.parametrize(
    ("body", "stands"),
    [
        ({}, True),
        ({"signed": "On 27 May 2026 two states signed a treaty"}, True),  # Moved: the only such words.
        ({"signed": "Two states signed a pact on 27 May 2026"}, False),
        ({"signed": "A treaty: two states signed a treaty, a treaty of peace"}, False),  # Which one?
    ],
)
def test_a_comment_stays_with_its_words_or_says_that_they_changed(desk, body, stands):
    thread = on(desk)
    desk.save(body=desk.body(**body))
    (place,) = placed(desk.reload(), [thread])
    assert (place.changed, place.key) == (not stands, desk.KEYS[0] if stands else "")


def test_a_comment_on_the_headline_looks_for_its_words_there(desk):
    thread = on(desk, place="headline", exact="treaty", prefix="A ", suffix=" is signed")
    whole = on(desk, place="", exact="", prefix="", suffix="")
    assert [p.changed for p in placed(desk.article, [thread, whole])] == [False, False]
    desk.save(headline="A pact is signed")
    assert [p.changed for p in placed(desk.reload(), [thread, whole])] == [True, False]


def test_people_of_the_desk_are_mentioned_by_their_user_names_and_told(desk):
    outsider = make_user("administrator")
    text = f"@{desk.checker.username}, @{desk.duty.username}. "
    text += f"mail@{desk.reporter.username} @{outsider.username} @nobody"
    made = on(desk, text=text)
    assert set(made.mentions.all()) == {desk.checker, desk.duty}
    assert told("comment.mentioned") == {desk.checker.pk, desk.duty.pk}
    assert told("comment.made") == {desk.reporter.pk}


def test_an_answer_is_told_to_those_who_have_spoken_and_a_mention_only_once(desk):
    thread = on(desk)
    reply(thread, by=desk.checker, now=NOW, text="I looked.")
    reply(thread, by=desk.reporter, now=NOW, text=f"Thanks @{desk.checker.username}")
    assert told("comment.answered") == {desk.editor.pk}
    assert told("comment.mentioned") == {desk.checker.pk}


def test_a_guest_of_a_share_link_comments_by_the_name_they_give(desk):
    made = on(desk, by=None, guest_name="Expert <b>")
    assert (made.who, made.by) == ("Expert <b>", None)
    notice = Notice.objects.get(kind="comment.made")
    assert (notice.to, notice.facts) == (desk.reporter, {"who": "Expert <b>"})
    assert AuditEvent.objects.get(act="article.commented").data["guest"] == "Expert <b>"
    resolve(made, by=desk.editor, now=NOW)


def test_the_database_wants_a_name_for_every_comment(desk):
    thread = on(desk)
    with pytest.raises(IntegrityError, match="comment_by_somebody"), transaction.atomic():
        Comment.objects.filter(pk=thread.pk).update(by=None)


def test_what_waits_for_a_person_is_what_mentions_answers_or_is_about_their_own(desk):
    own = on(desk, text="Look here.")
    mine = on(desk, by=desk.checker, text=f"@{desk.duty.username}?")
    reply(mine, by=desk.editor, now=NOW, text=f"Ask @{desk.editor.username}.")
    waiting = {
        name: set(commenting.for_person(getattr(desk, name)))
        for name in ("reporter", "checker", "editor", "duty")
    }
    assert waiting == {"reporter": {own, mine}, "checker": {mine}, "editor": {mine}, "duty": {mine}}
    resolve(mine, by=desk.duty, now=NOW)
    assert set(commenting.for_person(desk.checker)) == set()
    assert set(commenting.for_person(desk.reporter)) == {own}


def test_no_edition_holds_a_word_of_a_comment(desk):
    on(desk, text="Zanzibar")
    edition = desk.publish()
    assert "Zanzibar" not in edition.content.document
