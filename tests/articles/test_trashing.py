"""The trash: what is in it stands in no list and takes no act, and what readers know never goes there."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from articles import draft_locks, drafting, review, trashing
from articles.impact import impact_of
from articles.models import Claim, Treaty
from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from tests.articles.admin.pages import html_of, offered_acts, press, signed_in
from tests.making import NOW, Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def refused(code: str):
    return pytest.raises(DomainError, check=lambda error: error.code == code)


def test_what_is_in_the_trash_stands_nowhere_and_takes_no_act_until_it_is_taken_out(desk):
    client = signed_in(desk.duty)
    lists = {
        "list": reverse("admin:articles_article_changelist"),
        "board": reverse("admin:index"),
        "search": reverse("admin:search") + "?s=treaty",
        "source": reverse("admin:sources_source_cited_by", args=[desk.first.pk]),
        "stale": reverse("admin:stale"),
    }
    Claim.objects.update(review_by=NOW.date())
    shown = {name for name, url in lists.items() if desk.article.headline in html_of(client, url)}
    assert {"list", "board", "source", "stale"} <= shown
    trashing.trash(desk.article, by=desk.reporter, now=NOW, reason="Told twice.")
    assert [name for name, url in lists.items() if desk.article.headline in html_of(client, url)] == []
    assert desk.article.headline in html_of(client, f"{lists['list']}?trash=yes")
    assert impact_of(desk.first, now=NOW).drafts == []
    article = desk.reload()
    for act in (
        lambda: drafting.save_draft(article, by=desk.reporter, now=NOW, version=1, headline="X"),
        lambda: draft_locks.hold(article, by=desk.reporter, now=NOW),
        lambda: review.submit(article, by=desk.reporter, now=NOW),
        lambda: trashing.trash(article, by=desk.duty, now=NOW, reason="Again."),
        lambda: desk.check_all(by=desk.checker),
    ):
        with refused("trashed"):
            act()
    html = html_of(client, reverse("admin:articles_article_change", args=[article.pk]))
    assert "in the trash" in html
    assert 'name="headline"' not in html
    press(client, article, "published", "restore_from_trash")
    assert desk.article.headline in html_of(client, lists["list"])
    assert [event.data for event in AuditEvent.objects.filter(act__endswith="trashed").order_by("pk")] == [
        {"reason": "Told twice."},
        {},
    ]


def test_a_reason_is_asked_and_nobody_may_be_writing_it(desk):
    with refused("reason_missing"):
        trashing.trash(desk.article, by=desk.reporter, now=NOW, reason=" ")
    with refused("not_allowed"):
        trashing.trash(desk.article, by=desk.checker, now=NOW, reason="Told twice.")
    with refused("not_trashed"):
        trashing.restore_from_trash(desk.article, by=desk.reporter, now=NOW)
    draft_locks.hold(desk.article, by=desk.reporter, now=NOW)
    with refused("locked"):
        trashing.trash(desk.article, by=desk.editor, now=NOW, reason="Told twice.")


@pytest.mark.parametrize("waits", [False, True])
def test_what_readers_know_or_wait_for_cannot_go(desk, waits):
    desk.publish(**({"at": NOW + timedelta(days=1)} if waits else {}))
    with refused("has_editions") as told:
        trashing.trash(desk.article, by=desk.duty, now=NOW, reason="Told twice.")
    assert "1 (first edition)" in told.value.message
    page = html_of(signed_in(desk.duty), reverse("admin:articles_article_published", args=[desk.article.pk]))
    assert "trash" not in offered_acts(page)


@pytest.mark.parametrize("kind", ["claim", "quote", "source", "speaker", "treaty"])
def test_what_a_public_edition_refers_to_cannot_be_deleted_and_the_places_are_named(desk, kind):
    treaty = Treaty.objects.create(title="A pact", slug="a-pact")
    desk.article.treaties.add(treaty)
    desk.publish()
    record = {
        "claim": desk.claim,
        "quote": desk.quote,
        "source": desk.second,
        "speaker": desk.speaker,
        "treaty": treaty,
    }[kind]
    app = "sources" if kind in ("source", "speaker") else "articles"
    client = signed_in(desk.duty)
    url = reverse(f"admin:{app}_{kind}_delete", args=[record.pk])
    html = html_of(client, url)
    place = {"speaker": str(desk.quote), "treaty": desk.article.slug}.get(kind, f"{desk.article.slug} 1")
    assert place in unescape(html)
    client.post(url, {"post": "yes"})
    record.refresh_from_db()
