"""Readers come an hour after the desk's noon, unless a test says when; and every page of theirs, asked once."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import override_settings

from tests.articles.public.whole_site import COME, HOST, Answer, asked, furnish
from tests.making import NOW


@pytest.fixture(autouse=True)
def clock():
    """The clock readers' requests see; ``move_to`` moves it."""
    with time_machine.travel(NOW + timedelta(hours=1), tick=False) as traveller:
        yield traveller


@pytest.fixture(scope="session")
def whole_site(django_db_setup, django_db_blocker) -> dict[str, Answer]:
    """What every address answered, by what it shows. Nothing of it stays in the database."""
    with (
        django_db_blocker.unblock(),
        override_settings(ALLOWED_HOSTS=[HOST]),
        time_machine.travel(COME, tick=False),
        transaction.atomic(),
    ):
        answers = {answer.name: answer for answer in asked(furnish())}
        transaction.set_rollback(True)
    return answers
