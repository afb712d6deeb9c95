"""What a save does and leaves alone: only what differs makes a version, and sentences keep their keys."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import drafting
from articles.body.html import parse_html
from articles.models import Approval
from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from tests.making import NOW, Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def test_a_save_that_changes_nothing_makes_no_version_and_leaves_an_approval_alone(desk):
    desk.check_all()
    desk.approve()
    events = AuditEvent.objects.count()
    same = {"headline": "  A treaty is  signed ", "body": desk.article.body, "slug": desk.article.slug}
    desk.save(**same)
    assert (desk.reload().version, desk.article.stage) == (1, "approved")
    assert Approval.objects.filter(article=desk.article, withdrawn_at=None).exists()
    assert AuditEvent.objects.count() == events
    desk.save(headline="Another")
    assert (desk.reload().version, desk.article.stage) == (2, "review")


def test_what_stands_already_may_be_saved_again_by_a_page_that_did_not_hear_so(desk):
    desk.save(headline="Another")
    again = drafting.save_draft(desk.article, by=desk.reporter, now=NOW, version=1, headline="Another")
    assert again.version == 2
    with pytest.raises(DomainError) as refusal:
        drafting.save_draft(desk.article, by=desk.reporter, now=NOW, version=1, headline="A third")
    assert refusal.value.code == "draft_changed"


def test_a_sentence_keeps_the_key_it_was_given_though_the_editor_does_not_know_it(desk):
    typed = "<p>A first sentence. A second one. A first sentence.</p>"
    desk.save(body=typed)
    keys = [segment.key for segment in parse_html(desk.article.body).blocks[0].segments]
    assert len(set(keys)) == 3
    desk.save(body=typed)
    assert desk.article.version == 2
    desk.save(body="<p>A new beginning. A second one. A first sentence. A first sentence.</p>")
    fresh, second, *firsts = [segment.key for segment in parse_html(desk.article.body).blocks[0].segments]
    assert second == keys[1]
    assert firsts == [keys[0], keys[2]]
    assert fresh not in keys


def test_a_marked_sentence_that_was_typed_anew_is_another_sentence(desk):
    desk.save(body="<p>Two states signed a treaty on 27 May 2026.</p>")
    assert parse_html(desk.article.body).blocks[0].segments[0].key != desk.KEYS[0]


def test_a_save_tells_the_audit_log_what_changed_and_takes_few_statements(desk):
    article, reporter = desk.reload(), desk.reporter
    assert reporter.roles
    with CaptureQueriesContext(connection) as captured:
        drafting.save_draft(
            article,
            by=reporter,
            now=NOW,
            version=1,
            unattended=True,
            standfirst="S",
            body=desk.body() + "<p>More.</p>",
        )
    told = AuditEvent.objects.filter(act="article.saved").latest("pk").data
    assert told == {"version": 2, "fields": ["body", "standfirst"], "words": 17, "unattended": True}
    statements = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
    assert len(statements) <= STATEMENTS, statements


# The row, the lock, what merged claims became, the draft, the wordings, the event.
STATEMENTS = 6
