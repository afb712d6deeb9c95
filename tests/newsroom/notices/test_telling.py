"""Who is told, how, and once."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from articles.models import Article
from newsroom.core.errors import DomainError
from newsroom.notices import posting, reading
from newsroom.notices.choosing import choices_of, choose
from newsroom.notices.kinds import KINDS
from newsroom.notices.models import Notice
from newsroom.notices.telling import no_longer, tell
from tests.making import NOW, make_user

pytestmark = pytest.mark.django_db

TASK = "newsroom.notices.tasks.send_notice"


def with_address(user):
    user.email = f"{user.username}@newsroom.example"
    user.save(update_fields=["email"])
    return user


@pytest.fixture
def writer():
    return with_address(make_user("reporter"))


@pytest.fixture
def editor():
    return with_address(make_user("editor"))


@pytest.fixture
def draft(writer):
    return Article.objects.create(
        slug="ferry", headline="A ferry treaty", created_by=writer, created_at=NOW, saved_at=NOW
    )


def sent_back(draft, *people, by, words="Too long."):
    return tell(people, "article.sent_back", draft, by=by, now=NOW, words=words)


def jobs():
    return list(ProcrastinateJob.objects.filter(task_name=TASK).values_list("args", flat=True))


def test_nobody_is_told_of_what_they_did_themselves_nor_twice(draft, writer, editor):
    told = sent_back(draft, writer, writer.pk, editor, by=editor)
    assert [notice.to for notice in told] == [writer]


def test_who_cannot_sign_in_to_the_desk_is_not_told(draft, editor):
    left, reader = make_user("reporter"), make_user("reporter")
    left.is_active = reader.is_staff = False
    left.save()
    reader.save()
    assert sent_back(draft, left, reader, by=editor) == []


def test_a_kind_or_a_fact_that_is_not_known_is_caught_where_it_is_made(draft, writer, editor):
    for kind, facts in (("article.eaten", {}), ("article.published", {})):
        with pytest.raises(KeyError):
            tell([writer], kind, draft, by=editor, now=NOW, **facts)


def test_of_an_act_that_is_undone_nobody_hears(draft, writer, editor):
    with transaction.atomic():
        sent_back(draft, writer, by=editor)
        transaction.set_rollback(True)
    assert (Notice.objects.count(), jobs()) == (0, [])


def test_a_letter_goes_out_once_with_the_way_to_the_desk(draft, writer, editor, settings):
    settings.NEWSROOM_ORIGIN = "https://news.example"
    (notice,) = sent_back(draft, writer, by=editor)
    assert jobs() == [{"notice": notice.pk}]
    assert [posting.send_at_once(notice.pk, now=NOW) for _ in "ab"] == [True, False]
    (letter,) = mail.outbox
    assert letter.to == [writer.email]
    assert f"{editor} sent “A ferry treaty” back" in letter.subject
    assert "Too long." in letter.body
    assert f"https://news.example/admin/notices/{notice.pk}/" in letter.body


def test_what_was_read_at_the_desk_before_is_not_sent(draft, writer, editor):
    (notice,) = sent_back(draft, writer, by=editor)
    reading.mark_read(writer, notice.pk, now=NOW)
    assert not posting.send_at_once(notice.pk, now=NOW)


def test_what_is_done_with_is_neither_unread_nor_sent(draft, writer, editor):
    (notice,) = sent_back(draft, writer, by=editor)
    assert no_longer(["article.approved"], draft, now=NOW) == 0
    assert no_longer(["article.sent_back"], draft, now=NOW) == 1
    assert reading.unread(writer) == 0
    assert not posting.send_at_once(notice.pk, now=NOW)


def test_a_line_break_in_a_headline_adds_no_header(draft, writer, editor):
    draft.headline = "Ferry\nBcc: all@press.example"
    draft.save()
    (notice,) = sent_back(draft, writer, by=editor)
    assert posting.send_at_once(notice.pk, now=NOW)
    assert mail.outbox[0].recipients() == [writer.email]


@pytest.mark.parametrize(
    ("way", "queued", "in_digest"), [("at_once", 1, 0), ("digest", 0, 1), ("desk", 0, 0)]
)
def test_each_is_told_as_they_chose(draft, writer, editor, way, queued, in_digest):
    choose(writer, ways={"article.sent_back": way}, language="")
    sent_back(draft, writer, by=editor)
    assert len(jobs()) == queued
    assert posting.send_digest(writer.pk, now=NOW + timedelta(days=1)) == in_digest
    assert reading.unread(writer) == 1


def test_who_has_no_address_is_told_at_the_desk(draft, editor):
    nameless = make_user("reporter")
    sent_back(draft, nameless, by=editor)
    assert (jobs(), reading.unread(nameless)) == ([], 1)


@pytest.mark.parametrize(
    ("choice", "code"),
    [
        ({"ways": {"article.removal_to_confirm": "desk"}, "language": ""}, "way_unknown"),
        ({"ways": {"article.sent_back": "pigeon"}, "language": ""}, "way_unknown"),
        ({"ways": {"article.eaten": "desk"}, "language": ""}, "kind_unknown"),
        ({"ways": {}, "language": "tlh"}, "language_unknown"),
    ],
)
def test_what_cannot_be_chosen_is_refused(writer, choice, code):
    with pytest.raises(DomainError) as refused:
        choose(writer, **choice)
    assert refused.value.code == code
    assert choices_of(writer).pk is None or not choices_of(writer).ways


def test_a_letter_is_in_the_language_its_reader_chose(draft, writer, editor):
    choose(writer, ways={}, language="pl")
    (notice,) = sent_back(draft, writer, by=editor)
    posting.send_at_once(notice.pk, now=NOW)
    assert "odesłano autorom" in mail.outbox[0].subject


def test_every_urgent_kind_comes_by_mail_whatever_was_chosen():
    urgent = [kind for kind in KINDS.values() if kind.urgent]
    assert urgent
    assert all(kind.way == "at_once" and "desk" not in kind.ways for kind in urgent)
