"""The form of the draft: nothing typed is lost, nothing raw is stored, refusals are said in place."""

import pytest
from django.test import Client
from django.urls import reverse

from articles import drafting
from articles.models import Approval, Article, Treaty
from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from tests.articles.admin.pages import page_of, refusals_on, signed_in, write
from tests.making import Desk, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def reporter(desk):
    return signed_in(desk.reporter)


def test_a_save_goes_through_the_act_and_is_in_the_audit_log(desk, reporter):
    before = AuditEvent.objects.filter(act="article.saved").count()
    write(reporter, desk.article, headline="Another headline")
    article = desk.reload()
    assert (article.headline, article.version) == ("Another headline", 2)
    assert AuditEvent.objects.filter(act="article.saved").count() == before + 1


def test_all_that_a_save_takes_stands_on_the_page(desk, reporter):
    """A field that does not is emptied by every save."""
    url = reverse("admin:articles_article_change", args=[desk.article.pk])
    answer = reporter.get(url)
    html = answer.content.decode()
    fields = answer.context["adminform"].form.fields
    assert len(fields) > 10
    # The two that only a conflict shows and asks.
    assert {name for name in fields if f'name="{name}"' not in html} <= {"replaces"}


def test_saving_without_a_change_keeps_every_mark(desk, reporter):
    before = desk.reload().body
    write(reporter, desk.article)
    assert desk.reload().body == before


def test_a_save_based_on_an_older_version_is_refused_with_both_versions_shown(desk, reporter):
    drafting.save_draft(
        desk.article, by=desk.editor, now=desk.now, version=1, headline="The editor was quicker"
    )
    answer = write(reporter, desk.article, headline="What I typed", standfirst="And this", version=1)
    html = answer.content.decode()
    assert refusals_on(html) == {"draft_changed"}
    assert "What I typed</textarea>" in html
    assert "And this" in html
    assert "The editor was quicker" in html
    assert desk.reload().headline == "The editor was quicker"


def test_a_newer_version_is_replaced_by_whoever_says_that_they_have_seen_it(desk, reporter):
    drafting.save_draft(
        desk.article, by=desk.editor, now=desk.now, version=1, headline="The editor was quicker"
    )
    write(reporter, desk.article, headline="What I typed", version=1, replaces=2)
    assert desk.reload().headline == "What I typed"


def test_what_was_not_seen_cannot_be_replaced(desk, reporter):
    for version, name in ((1, "second"), (2, "third")):
        drafting.save_draft(desk.article, by=desk.editor, now=desk.now, version=version, headline=name)
    write(reporter, desk.article, headline="What I typed", version=1, replaces=2)
    assert desk.reload().headline == "third"


def test_a_save_that_loses_the_race_is_refused_like_a_stale_one(desk, reporter, monkeypatch):
    """The form saw the version it was opened with; the act finds a newer one."""

    def slower(article, **arguments):
        raise DomainError("draft_changed", "Somebody saved this draft since you opened it.", "version")

    monkeypatch.setattr(drafting, "save_draft", slower)
    answer = write(reporter, desk.article, headline="What I typed")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert refusals_on(html) == {"draft_changed"}
    assert "What I typed</textarea>" in html


HOSTILE = [
    "<p>Text<script>alert(1)</script></p>",
    '<p onclick="alert(1)">Text</p>',
    '<p><a href="javascript:alert(1)">Text</a></p>',
    '<p x-data="{}" x-init="alert(1)">Text</p>',
    '<p><span data-segment="aaaaaaaaaa" style="color:red" class="x" @click="alert(1)">Text</span></p>',
    "<p>Text</p><img src=x onerror=alert(1)>",
    '<svg onload="alert(1)"><p>Text</p></svg>',
    "<p>Text</p><iframe srcdoc='<script>alert(1)</script>'></iframe>",
]


FORBIDDEN = (
    "<script",
    "alert",
    "onclick",
    "onerror",
    "javascript",
    "x-data",
    "@click",
    "<svg",
    "style=",
    "<iframe",
)


@pytest.mark.parametrize("body", HOSTILE)
def test_a_hostile_body_is_stored_and_shown_clean(desk, reporter, body):
    write(reporter, desk.article, body=body, headline_rests_on=[], standfirst_rests_on=[])
    stored = desk.reload().body
    assert "Text" in stored
    reader = page_of(signed_in(desk.checker), desk.article, "change").partition('class="desk-story"')[2]
    for html in (stored, reader.partition("</fieldset>")[0]):
        for forbidden in FORBIDDEN:
            assert forbidden not in html


def test_texts_of_people_are_escaped_on_every_page(desk, reporter):
    nasty = '"><script>alert(1)</script><b x-init="alert(2)">'
    write(reporter, desk.article, headline=nasty, standfirst=nasty)
    desk.claim.label = nasty
    desk.claim.save()
    desk.first.title = nasty
    desk.first.save()
    for name in ("change", "evidence", "check", "ready"):
        html = page_of(reporter, desk.article, name)
        assert "<script>alert" not in html
        assert "<b x-init" not in html


def test_the_sentences_a_headline_rests_on_are_chosen_by_their_wording(desk, reporter):
    html = page_of(reporter, desk.article, "change")
    assert "1 · Two states signed a treaty on 27 May 2026" in html
    write(reporter, desk.article, headline_rests_on=[desk.KEYS[1]])
    assert desk.reload().headline_rests_on == [desk.KEYS[1]]
    answer = write(reporter, desk.article, headline_rests_on=["zzzzzzzzzz"])
    assert not answer.redirect_chain
    assert desk.reload().headline_rests_on == [desk.KEYS[1]]


def test_the_address_is_fixed_once_readers_have_it(desk, reporter):
    write(reporter, desk.article, slug="another-address")
    assert desk.reload().slug == "another-address"
    desk.publish()
    write(reporter, desk.article, slug="moved")
    assert desk.reload().slug == "another-address"


def test_two_articles_cannot_have_one_address(desk, reporter):
    Desk(slug="taken")
    answer = write(reporter, desk.article, slug="taken")
    assert answer.status_code == 200
    assert not answer.redirect_chain
    assert desk.reload().slug != "taken"


def test_saving_what_was_approved_takes_the_approval_back(desk, reporter):
    desk.check_all()
    desk.approve()
    write(reporter, desk.article, headline="Changed after approval")
    assert desk.reload().stage == "review"
    assert not Approval.objects.filter(article=desk.article, withdrawn_at=None).exists()


def test_a_changed_byline_is_in_the_audit_log(desk, reporter):
    write(reporter, desk.article, **{"byline_set-0-DELETE": "on"})
    assert AuditEvent.objects.get(act="article.credited").data == {"byline": [], "treaties": []}


def test_a_form_without_its_token_changes_nothing(desk):
    client = Client(enforce_csrf_checks=True)
    client.force_login(desk.reporter)
    for name, url in (
        ("change", reverse("admin:articles_article_change", args=[desk.article.pk])),
        ("ready", reverse("admin:articles_article_ready", args=[desk.article.pk])),
        ("evidence", reverse("admin:articles_article_evidence", args=[desk.article.pk])),
        ("records", reverse("admin:articles_article_records")),
        ("import", reverse("admin:articles_article_import")),
    ):
        assert (name, client.post(url, {"act": "submit"}).status_code) == (name, 403)
    assert desk.reload().stage == "draft"


def test_who_may_not_save_cannot_post_the_form(desk):
    checker = signed_in(desk.checker)
    url = reverse("admin:articles_article_change", args=[desk.article.pk])
    assert checker.post(url, {"headline": "Mine"}).status_code == 403
    assert desk.reload().headline == "A treaty is signed"


def test_an_article_that_is_not_there_is_not_found_on_any_page():
    client = signed_in(make_user("editor"))
    for name in ("evidence", "check", "ready"):
        assert client.get(reverse(f"admin:articles_article_{name}", args=[987654])).status_code == 404


def test_a_new_article_takes_its_byline_and_its_treaty_with_it(desk, reporter):
    treaty = Treaty.objects.create(title="A pact", slug="a-pact")
    person = desk.article.bylines.get()
    row = {"byline_set-TOTAL_FORMS": 1, "byline_set-0-person": person.pk, "byline_set-0-position": 0}
    write(reporter, headline="New", treaties=[treaty.pk], **row)
    article = Article.objects.latest("pk")
    assert (list(article.bylines.all()), list(article.treaties.all())) == ([person], [treaty])


def test_an_empty_article_can_be_created_and_saved(desk, reporter):
    write(reporter, headline="", body="")
    article = Article.objects.latest("pk")
    assert (article.headline, article.body) == ("", "")
    assert page_of(reporter, article, "evidence")
    assert "headline_missing" in page_of(reporter, article, "ready")
