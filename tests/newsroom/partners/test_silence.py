"""Who used to fetch and has stopped is noticed, asked, and told of to the desk."""

from datetime import timedelta

import pytest

from newsroom.notices.models import Notice
from newsroom.partners.keys import make_key
from newsroom.partners.models import ApiKey, Silence, Usage
from newsroom.partners.silence import notice_silence
from tests.making import NOW, make_user
from tests.newsroom.partners.making import DAY, letters, make_partner

pytestmark = pytest.mark.django_db


def test_a_partner_who_used_to_fetch_and_stopped_is_noticed_once_for_each_silence():
    administrator = make_user("administrator")
    daily, working_days, seldom = (make_partner() for _ in range(3))
    friday = NOW.replace(month=6, day=5)  # A Friday; the habit is of the days before.
    habits = {daily: range(14), working_days: (0, 1, 2, 3, 4, 7, 8, 9, 10, 11), seldom: (0, 7, 14)}
    for partner, days in habits.items():
        key, _ = make_key(partner, name="a", by=None, now=NOW)
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=friday)
        Usage.objects.bulk_create(
            Usage(key=key, day=(friday - timedelta(days=back)).date(), requests=9) for back in days
        )
    hour = timedelta(hours=1)
    assert notice_silence(now=friday + 2 * DAY - hour) == 0
    assert [notice_silence(now=friday + 2 * DAY) for _ in range(2)] == [1, 0]
    assert Silence.objects.get().partner == daily
    assert notice_silence(now=friday + 4 * DAY) == 1
    assert set(Silence.objects.values_list("partner", flat=True)) == {daily.pk, working_days.pk}
    assert {letter["to"] for letter in letters()} == {daily.mail, working_days.mail}
    assert set(Notice.objects.filter(kind="partner.silent").values_list("to", flat=True)) == {
        administrator.pk
    }
    back = friday + 5 * DAY
    ApiKey.objects.filter(partner=daily).update(last_used_at=back)
    assert notice_silence(now=back + hour) == 0
    assert Silence.objects.get(partner=daily).over_at == back
