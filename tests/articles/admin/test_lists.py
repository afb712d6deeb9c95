"""Lists and pages of the desk cost a fixed number of queries and never count a table."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import drafting
from articles.corrections import retract
from articles.models import Article, Claim, DraftLock
from tests.articles.admin.pages import signed_in
from tests.making import NOW, Desk, make_user

pytestmark = pytest.mark.django_db

LISTS = sorted(model._meta.label_lower for model in admin.site._registry)


def published(number: int) -> None:
    for _ in range(number):
        desk = Desk()
        desk.publish()
        drafting.save_draft(
            desk.reload(), by=desk.reporter, now=NOW, version=desk.article.version, headline="Next"
        )


def queries(client, url) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in captured]


@pytest.fixture
def client_of_all():
    return signed_in(make_user("reporter", "fact_checker", "editor", "duty_editor", "administrator"))


def test_every_list_costs_the_same_with_one_row_and_with_ten(client_of_all):
    published(1)
    urls = {label: reverse(f"admin:{label.replace('.', '_')}_changelist") for label in LISTS}
    for url in urls.values():
        client_of_all.get(url)  # What is asked once a process (content types) is asked now.
    few = {label: len(queries(client_of_all, url)) for label, url in urls.items()}
    published(9)
    many = {label: len(queries(client_of_all, url)) for label, url in urls.items()}
    assert many == few


def test_the_list_of_articles_tells_what_readers_have_of_each(client_of_all):
    now = timezone.now()
    _draft, out, gone, waits = desks = [Desk(now=now - timedelta(days=1)) for _ in range(4)]
    out.publish()
    gone.publish()
    retract(gone.reload(), by=gone.duty, now=now, note="It was wrong.")
    waits.publish(at=now + timedelta(days=1))
    page = client_of_all.get(reverse("admin:articles_article_changelist"))
    desk = admin.site._registry[Article]
    shown = {row.pk: desk.public_state(row) for row in page.context["cl"].result_list}
    assert [shown[each.article.pk] for each in desks] == ["–", "edition 1", "retraction", "one waits"]


def test_no_list_counts_its_table(client_of_all):
    published(2)
    for label in LISTS:
        for sql in queries(client_of_all, reverse(f"admin:{label.replace('.', '_')}_changelist")):
            assert "COUNT(" not in sql.upper(), (label, sql)


@pytest.mark.parametrize("name", ["change", "evidence", "check", "ready"])
def test_the_pages_of_an_article_cost_the_same_with_two_sentences_and_with_twenty(client_of_all, name):
    desk = Desk()
    url = reverse(f"admin:articles_article_{name}", args=[desk.article.pk])
    client_of_all.get(url)
    few = len(queries(client_of_all, url))
    # The page was left; only then can somebody else write.
    DraftLock.objects.all().delete()
    body = desk.body()
    for number in range(18):
        claim = Claim.objects.create(label=f"Claim {number}", created_by=desk.reporter, created_at=NOW)
        key = f"k{'abcdefghijklmnopqrst'[number] * 9}"
        body += f'<p><span data-segment="{key}" data-claim="{claim.public_id}">Sentence {number} says so</span>.</p>'
    desk.save(body=body)
    assert len(queries(client_of_all, url)) == few


def test_lists_are_searched_by_what_people_know(client_of_all):
    published(1)
    for label, word in (
        ("articles_article", "Next"),
        ("articles_claim", "signed"),
        ("articles_quote", "good day"),
        ("articles_edition", "next"),
        ("sources_source", "press.example"),
        ("sources_speaker", "sample"),
        ("audit_auditevent", "nobody-of-this-name"),
    ):
        answer = client_of_all.get(reverse(f"admin:{label}_changelist"), {"q": word})
        assert answer.status_code == 200, label


def test_history_leads_to_the_audit_log_of_the_object(client_of_all):
    desk = Desk()
    answer = client_of_all.get(reverse("admin:articles_article_history", args=[desk.article.pk]), follow=True)
    assert "created the article" in answer.content.decode()


def test_the_start_page_shows_what_stands_where(client_of_all):
    desk = Desk()
    html = client_of_all.get(reverse("admin:index")).content.decode()
    assert desk.article.headline in html
    assert "Fact check" in html
