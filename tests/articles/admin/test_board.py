"""The desk's start page: what cannot wait, what waits for its moment, what is on hold."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import archiving, corrections, legal_holds, recalling, review, scheduling
from articles.assigning import assign
from articles.models import Removal
from tests.articles.admin.pages import html_of, queries, signed_in
from tests.making import Desk, make_user

pytestmark = pytest.mark.django_db

LISTS = ("removals", "recalls", "waiting", "held")


@pytest.fixture
def desk():
    return Desk(now=timezone.now())


@pytest.fixture
def client(desk):
    return signed_in(desk.checker)


def lists(client) -> dict[str, str]:
    """The lists on the start page that have something, by name."""
    html = html_of(client, reverse("admin:index"))
    found = {name: re.search(rf'data-list="{name}">(.*?)</section>', html, re.DOTALL) for name in LISTS}
    return {name: match[1] for name, match in found.items() if match}


def test_a_quiet_desk_shows_none_of_them(desk, client):
    desk.publish()
    assert lists(client) == {}


def test_what_was_taken_from_readers_stands_there_until_it_is_confirmed(desk, client):
    desk.publish()
    corrections.take_down(desk.article, by=desk.duty, now=timezone.now(), reason="An injunction")
    [(name, html)] = lists(client).items()
    assert name == "removals"
    assert "to be confirmed by" in html
    assert "escalated" not in html
    Removal.objects.update(confirm_by=desk.now)
    corrections.escalate_removals(now=timezone.now())
    assert "escalated" in lists(client)["removals"]
    corrections.confirm_removal(desk.article, by=desk.editor, now=timezone.now())
    assert lists(client) == {}


def test_an_open_recall_stands_there_until_it_is_closed(desk, client):
    recall = recalling.recall(desk.claim, reason="Wrong.", by=desk.editor, now=timezone.now())
    assert reverse("admin:articles_recall_change", args=[recall.pk]) in lists(client)["recalls"]
    recalling.close(recall, by=desk.editor, now=timezone.now())
    assert lists(client) == {}


def test_what_waits_stands_there_with_its_moment(desk, client):
    at = (desk.now + timedelta(days=2)).replace(hour=12, minute=34)
    desk.publish(at=at, embargoed=True)
    html = lists(client)["waiting"]
    assert ":34" in html
    assert "under embargo" in html


def test_what_is_on_hold_stands_there_until_another_edition_takes_its_place(desk, client):
    edition = desk.publish(at=desk.now + timedelta(days=2))
    scheduling.cancel(edition, by=desk.duty, now=timezone.now())
    assert "its schedule was cancelled" in lists(client)["held"]
    desk.save(headline="Another one")
    desk.publish(now=timezone.now())
    assert lists(client) == {}


def test_what_was_archived_is_not_among_what_is_worked_on(desk, client):
    here = reverse("admin:articles_article_change", args=[desk.article.pk])
    assert here in html_of(client, reverse("admin:index"))
    archiving.archive(desk.article, by=desk.duty, now=timezone.now())
    assert here not in html_of(client, reverse("admin:index"))


def test_who_may_not_see_drafts_sees_none_of_them(desk):
    desk.publish(at=desk.now + timedelta(days=2))
    assert lists(signed_in(make_user("administrator"))) == {}


def test_the_start_page_costs_the_same_with_one_of_each_and_with_three(desk, client):
    def more():
        other = Desk(now=timezone.now())
        other.publish()
        corrections.take_down(other.article, by=other.duty, now=timezone.now(), reason="x")
        recalling.recall(other.claim, reason="x", by=other.editor, now=timezone.now())
        waits = Desk(now=timezone.now())
        waits.publish(at=timezone.now() + timedelta(days=1))
        held = Desk(now=timezone.now())
        edition = held.publish(at=timezone.now() + timedelta(days=1))
        scheduling.cancel(edition, by=held.duty, now=timezone.now())

    more()
    html_of(client, reverse("admin:index"))
    few = queries(client, reverse("admin:index"))
    more()
    more()
    assert queries(client, reverse("admin:index")) == few


def test_a_legal_hold_is_seen_wherever_its_article_is_listed(desk):
    client = signed_in(desk.checker)
    review.submit(desk.article, by=desk.reporter, now=desk.now)
    assign(desk.article, to=desk.checker, task="check", due_at=timezone.now(), by=desk.editor, now=desk.now)
    lists = [
        reverse("admin:index"),
        reverse("admin:board"),
        reverse("admin:articles_article_changelist"),
        reverse("admin:calendar"),
        reverse("admin:find", query={"q": desk.article.headline, "kind": "article"}),
    ]
    before = [html_of(client, url).count("legal hold") for url in lists]
    legal_holds.hold_legally(desk.reload(), by=desk.duty, now=desk.now, reason="A letter from a lawyer.")
    after = [html_of(client, url).count("legal hold") for url in lists]
    # On the start page: among holds and by its name there, where it is assigned, where it waits for the checker, and
    # under way.
    assert [now - then for now, then in zip(after, before, strict=True)] == [5, 1, 1, 1, 1]
