"""A source that very many articles cite is withdrawn: no page is shown that has become untrue."""

from datetime import timedelta

import pytest
import time_machine
from procrastinate.contrib.django.models import ProcrastinateJob

from articles import tasks, withdrawing
from articles.models import Rendering
from tests.making import NOW, Desk, cite

pytestmark = pytest.mark.django_db


def test_the_queue_or_the_next_reader_makes_the_rest(client, monkeypatch):
    desk = Desk(slug="a-treaty")
    monkeypatch.setattr(withdrawing, "AT_ONCE", 1)
    second, third = Desk(), Desk()
    for other in (second, third):
        cite(other.claim, desk.first, by=other.reporter)
    for other in (desk, second, third):
        other.publish()
    withdrawing.withdraw_source(
        desk.first, by=desk.editor, now=NOW, withdrawn_by="publisher", reason="The figures were made up."
    )

    def marked():
        return sum(b"Withdrawn by its publisher" in bytes(r.plain) for r in Rendering.objects.all())

    assert marked() == 1
    # Whoever asks before the queue gets there is not told what was true before.
    slug = desk.article.slug
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        for path in (f"{slug}/", f"{slug}/editions/1/"):
            assert "Withdrawn by its publisher" in client.get(f"/articles/{path}").text
    assert marked() == 2
    assert ProcrastinateJob.objects.filter(task_name="articles.tasks.remake_outdated").count() == 1
    tasks.remake_outdated()
    assert marked() == 3
    assert not Rendering.objects.filter(template_release="").exists()
