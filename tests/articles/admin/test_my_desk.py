"""My desk: what waits for whom, from counts that were made before."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from articles import assigning, commenting, recalling, review, standings
from articles.merging import merge
from articles.models import Article, Claim, DraftStanding, Scope
from sources.models import Source
from tests.articles.admin.pages import html_of, page_of, queries, signed_in
from tests.making import Desk, make_claim, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk(now=timezone.now())


def lists(user) -> dict[str, str]:
    html = html_of(signed_in(user), reverse("admin:index"))
    found = re.findall(r'data-list="([\w-]+)".*?</section>', html, re.DOTALL)
    parts = re.findall(r'<section[^>]*data-list="[\w-]+".*?</section>', html, re.DOTALL)
    return dict(zip(found, parts, strict=True))


def count(*desks):
    for desk in desks:
        standings.count_standing(desk.article.pk, now=timezone.now())


def submit(desk):
    review.submit(desk.reload(), by=desk.reporter, now=desk.now)


def test_a_submitted_draft_waits_for_who_acts_on_its_stage(desk):
    submit(desk)
    count(desk)
    assert "stage-fact_check" in lists(desk.checker)
    assert "stage-fact_check" not in lists(desk.editor)
    review.send_to_review(desk.reload(), by=desk.checker, now=desk.now)
    assert desk.article.headline in lists(desk.editor)["stage-review"]
    desk.approve()
    assert desk.article.headline in lists(desk.duty)["stage-approved"]
    assert "blocked" in lists(desk.reporter)


def test_what_is_blocked_says_why_and_as_of_when(desk):
    count(desk)
    html = lists(desk.reporter)["blocked"]
    assert "No editor has approved this draft." in html
    assert "as of" in html
    assert "3 blockers" in html


def test_a_task_stands_there_with_its_moment_until_it_ends(desk):
    due = desk.now + timedelta(hours=2)
    task = assigning.assign(
        desk.article, to=desk.checker, task="check", due_at=due, by=desk.editor, now=desk.now
    )
    assert "due" in lists(desk.checker)["tasks"]
    type(task).objects.update(due_at=desk.now)
    assert "late" in lists(desk.checker)["tasks"]
    assigning.unassign(task, by=desk.checker, now=desk.now)
    assert "tasks" not in lists(desk.checker)


def test_open_comments_stand_there_for_those_concerned(desk):
    commenting.comment(desk.article, by=desk.editor, now=desk.now, text=f"@{desk.duty.username} look.")
    assert "look." in lists(desk.duty)["comments"]
    assert "comments" in lists(desk.reporter)
    assert "comments" not in lists(desk.editor)


def test_lapsed_checks_and_drifted_sources_are_told_to_those_concerned(desk):
    desk.check_all()
    desk.save(body=desk.body(signed="Two states signed a pact on 27 May 2026"))
    Source.objects.filter(pk=desk.first.pk).update(dead_since=desk.now)
    count(desk)
    assert "1 check lapsed" in lists(desk.checker)["lapsed"]
    mine = lists(desk.reporter)
    assert "1 source" in mine["drifted"]
    assert "lapsed" in mine
    assert not {"lapsed", "drifted"} & set(lists(make_user("reporter")))


def test_a_claim_is_stale_from_its_day_on_with_its_sentences(desk):
    desk.publish()
    today = timezone.localdate(timezone=ZoneInfo(settings.NEWSROOM_TIME_ZONE))
    Claim.objects.filter(pk=desk.claim.pk).update(review_by=today + timedelta(days=1))
    assert "stale" not in lists(desk.reporter)
    Claim.objects.filter(pk=desk.claim.pk).update(review_by=today)
    assert desk.claim.label in lists(desk.reporter)["stale"]
    html = html_of(signed_in(desk.reporter), reverse("admin:stale"))
    assert "Two states signed a treaty on 27 May 2026" in html
    # What readers have names a claim for ever, whichever stands for it since.
    kept = make_claim(desk.reporter, label="A treaty was signed.")
    Claim.objects.filter(pk=kept.pk).update(review_by=today)
    merge(kept, desk.claim, by=desk.editor, now=timezone.now(), note="The same.")
    html = html_of(signed_in(desk.reporter), reverse("admin:stale"))
    assert "Two states signed a treaty on 27 May 2026" in html
    assert desk.claim.label not in html


def test_a_recalled_claim_is_a_task_on_every_article_that_says_it(desk):
    """N7: it stays on the pages and the desk of whoever wrote it, until no article says it."""
    desk.publish()
    recall = recalling.recall(desk.claim, reason="It was the 28th.", by=desk.editor, now=timezone.now())
    assert "It was the 28th." in lists(desk.reporter)["recalled"]
    assert "recalled" not in lists(desk.checker)
    client = signed_in(desk.checker)
    for page in ("change", "evidence", "check", "ready", "work", "published"):
        assert 'data-task="recall"' in page_of(client, desk.article, page), page
    recalling.close_recall(recall, by=desk.editor, now=timezone.now())
    assert "recalled" not in lists(desk.reporter)
    assert 'data-task="recall"' not in page_of(client, desk.article, "change")


def test_nothing_out_of_scope_is_on_the_desk_the_board_or_the_calendar(desk):
    submit(desk)
    count(desk)
    Scope.objects.create(user=desk.checker, language="pl")
    client = signed_in(desk.checker)
    for name in ("index", "board", "calendar", "stale"):
        assert desk.article.headline not in html_of(client, reverse(f"admin:{name}"))


@pytest.mark.parametrize("name", ["index", "board", "calendar", "stale", "articles_article_changelist"])
def test_a_page_costs_the_same_with_one_two_and_fifty_articles(name):
    """One of each kind, then many: what is shown of each comes with the page's own queries."""
    people = make_user("reporter", "fact_checker", "editor", "duty_editor")
    client, url, now = signed_in(people), reverse(f"admin:{name}"), timezone.now()

    def one():
        desk = Desk(now=now)
        submit(desk)
        assigning.assign(
            desk.reload(), to=people, task="check", due_at=now + timedelta(hours=1), by=desk.editor, now=now
        )
        Claim.objects.filter(pk=desk.claim.pk).update(review_by=timezone.localdate())
        return desk

    first = one()
    count(first)
    html_of(client, url)
    few = queries(client, url)
    _many(first, 50)
    count(one())
    DraftStanding.objects.update(lapsed=1, drifted=1, waived=1, people=[people.pk])
    assert queries(client, url) == few


def _many(like: Desk, number: int) -> None:
    """Rows like that of ``like``'s article, with their standings, by the database alone."""
    article = like.reload()
    rows = [
        Article(
            slug=f"copy-{n}",
            headline=f"Copy {n}",
            stage=article.stage,
            created_by=article.created_by,
            created_at=article.created_at,
            saved_at=article.saved_at,
        )
        for n in range(number)
    ]
    made = Article.objects.bulk_create(rows)
    DraftStanding.objects.bulk_create(
        DraftStanding(article=row, people=[], blocked=1, codes={"not_approved": 1}, counted_at=like.now)
        for row in made
    )
