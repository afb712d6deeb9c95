"""Work after the commit happens when the act is kept, and only then."""

import pytest
from django.db import transaction

from newsroom.core.after_commit import after_commit


class Abandoned(Exception):
    pass


@pytest.mark.django_db(transaction=True)
def test_work_waits_for_the_commit():
    done = []
    with transaction.atomic():
        after_commit(lambda: done.append("purged"))
        assert done == []
    assert done == ["purged"]


@pytest.mark.django_db(transaction=True)
def test_nothing_happens_when_the_act_is_rolled_back():
    done = []

    @transaction.atomic
    def act():
        after_commit(lambda: done.append("purged"))
        raise Abandoned

    with pytest.raises(Abandoned):
        act()
    assert done == []


@pytest.mark.django_db(transaction=True)
def test_work_that_fails_undoes_nothing_and_is_logged(caplog):
    done = []
    with transaction.atomic():
        after_commit(lambda: 1 / 0)
        after_commit(lambda: done.append("next"))
    assert done == ["next"]
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_is_refused():
    with pytest.raises(RuntimeError):
        after_commit(list)
