"""One letter a day, by the newsroom's clock, and none when nothing waits."""

from datetime import UTC, datetime

import pytest
from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob

from newsroom.notices import posting, reading, tasks
from newsroom.notices.models import Notice
from newsroom.notices.telling import tell
from tests.making import make_user
from tests.newsroom.notices.test_telling import with_address

pytestmark = pytest.mark.django_db

EVENING = datetime(2026, 6, 1, 18, 0, tzinfo=UTC)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 6, day, hour, minute, tzinfo=UTC)


@pytest.fixture
def reader():
    return with_address(make_user("fact_checker"))


def submitted(reader, *, now=EVENING, times=1):
    for _ in range(times):
        tell([reader], "article.submitted", None, by=None, now=now)


# London is an hour ahead of UTC in summer: seven there is six here.
@pytest.mark.parametrize(
    ("zone", "now", "moment"),
    [
        ("Europe/London", at(2, 5, 59), at(1, 6)),
        ("Europe/London", at(2, 6), at(2, 6)),
        ("Asia/Kathmandu", at(2, 1, 15), at(2, 1, 15)),
        ("America/New_York", at(2, 3), at(1, 11)),
    ],
)
def test_the_hour_is_the_newsrooms(settings, zone, now, moment):
    settings.NEWSROOM_TIME_ZONE = zone
    assert posting.last_hour(now) == moment


def test_a_digest_waits_for_its_hour_and_goes_out_once(reader):
    submitted(reader, times=2)
    assert posting.digests_due(now=at(2, 5, 59)) == []
    assert posting.digests_due(now=at(2, 6)) == [reader.pk]
    assert [posting.send_digest(reader.pk, now=at(2, 6)) for _ in "ab"] == [2, 0]
    assert posting.digests_due(now=at(3, 6)) == []
    (letter,) = mail.outbox
    assert "2 notices" in letter.subject
    assert Notice.objects.exclude(mailed_at=None).count() == 2


def test_a_digest_that_was_missed_goes_out_later_the_same_day(reader):
    submitted(reader)
    assert posting.digests_due(now=at(2, 15)) == [reader.pk]
    submitted(reader, now=at(2, 7))
    assert posting.send_digest(reader.pk, now=at(2, 15)) == 1  # What came after the hour is tomorrow's.


def test_nothing_is_sent_when_nothing_waits(reader):
    submitted(reader)
    reading.mark_all_read(reader, up_to=Notice.objects.get().pk, now=EVENING)
    assert posting.digests_due(now=at(3, 6)) == []
    assert posting.send_digest(reader.pk, now=at(3, 6)) == 0
    assert mail.outbox == []


def test_who_has_left_gets_no_letter(reader):
    submitted(reader)
    reader.is_active = False
    reader.save()
    assert posting.digests_due(now=at(3, 6)) == []
    assert posting.send_digest(reader.pk, now=at(3, 6)) == 0


def test_a_long_digest_is_cut_and_says_so(reader):
    submitted(reader, times=posting.SPELT_OUT + 3)
    assert posting.send_digest(reader.pk, now=at(2, 6)) == posting.SPELT_OUT + 3
    (letter,) = mail.outbox
    assert letter.body.count("/admin/notices/") == posting.SPELT_OUT + 1  # And the address of the choices.
    assert "And 3 more at the desk." in letter.body


def test_the_queue_is_asked_for_a_letter_each(reader):
    submitted(reader, now=datetime(2026, 1, 1, tzinfo=UTC))
    tasks.send_due_digests(0)
    queued = ProcrastinateJob.objects.filter(task_name="newsroom.notices.tasks.send_digest")
    assert [job.args for job in queued] == [{"user": reader.pk}]
