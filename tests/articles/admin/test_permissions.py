"""Who may open which page of the desk: one row for every page there is, or the test fails."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse

from articles.models import Article
from newsroom.accounts.models import User
from newsroom.accounts.roles import Role
from tests.making import Desk, make_user

pytestmark = pytest.mark.django_db

R, F, E, D, A, _K = (str(role) for role in Role)
DESK, WRITERS, NOBODY = {R, F, E, D}, {R, E, D}, set()
READ_ONLY = (DESK, NOBODY, NOBODY, NOBODY)

# page: (who sees it, who adds, who changes, who deletes)
TABLE = {
    "articles.article": (DESK, WRITERS, WRITERS, NOBODY),
    "articles.claim": (DESK, DESK, DESK, DESK),
    "articles.quote": (DESK, DESK, DESK, DESK),
    "articles.image": (DESK, DESK, DESK, DESK),
    "articles.citation": (DESK, NOBODY, DESK, DESK),
    "articles.evidencerule": (DESK | {A}, {A}, {A}, {A}),
    "articles.section": (DESK | {A}, {A}, {A}, {A}),
    "articles.scope": ({A}, {A}, {A}, {A}),
    "articles.treaty": (DESK, DESK, DESK, DESK),
    "articles.check": READ_ONLY,
    "articles.exemption": READ_ONLY,
    "articles.waiver": READ_ONLY,
    "articles.approval": READ_ONLY,
    "articles.import": READ_ONLY,
    "articles.edition": READ_ONLY,
    "articles.editioncontent": READ_ONLY,
    "articles.release": READ_ONLY,
    "articles.statement": READ_ONLY,
    "articles.change": READ_ONLY,
    "articles.challenge": READ_ONLY,
    "articles.correction": READ_ONLY,
    "articles.recall": READ_ONLY,
    "articles.removal": READ_ONLY,
    "articles.seal": READ_ONLY,
    "articles.formeraddress": READ_ONLY,
    "sources.source": (DESK, DESK, DESK, DESK),
    "sources.publisher": (DESK, DESK, DESK, DESK),
    "sources.speaker": (DESK, DESK, DESK, DESK),
    "sources.speakerrole": READ_ONLY,
    "accounts.user": ({A}, NOBODY, {A}, NOBODY),
    "accounts.invitation": ({A}, {A}, NOBODY, NOBODY),
    "accounts.person": (DESK | {A}, {A}, {A}, {A}),
    "audit.auditevent": (DESK | {A}, NOBODY, NOBODY, NOBODY),
    "partners.partner": ({A}, {A}, {A}, NOBODY),
    "partners.product": ({A}, {A}, {A}, NOBODY),
    "partners.apikey": ({A}, NOBODY, NOBODY, NOBODY),
    "partners.usage": ({A}, NOBODY, NOBODY, NOBODY),
    "procrastinate.procrastinatejob": ({A}, NOBODY, NOBODY, NOBODY),
}

# Derived rows that nobody looks at one by one, or rows shown on the page of what they belong to.
WITHOUT_PAGE = {
    "notices.choices",
    "notices.notice",
    "articles.arrangement",
    "articles.changedmoment",
    "articles.articlesubject",
    "articles.assignment",
    "articles.draftstanding",
    "articles.legalhold",
    "articles.recalledwording",
    "articles.sharelink",
    "articles.signoff",
    "articles.sighting",
    "articles.vouching",
    "sources.capture",
    "sources.identitylook",
    "sources.likeness",
    "sources.snapshot",
    "sources.snapshotsketch",
    "sources.snapshottext",
    "sources.sourceidentity",
    "articles.adviceanswer",
    "articles.challengecontact",
    "articles.challengenote",
    "articles.challengeoutcome",
    "articles.comment",
    "articles.articletreaty",
    "articles.byline",
    "articles.draftlock",
    "articles.editionimage",
    "articles.editionsubject",
    "articles.monthscore",
    "articles.pin",
    "articles.rendering",
    "articles.rendition",
    "articles.searchededition",
    "articles.searchedstatement",
    "articles.searchedword",
    "articles.setaside",
    "articles.sitepage",
    "articles.sitepageapproval",
    "articles.statementcitation",
    "articles.statementquote",
    "articles.wording",
    "partners.attempt",
    "partners.confirmation",
    "partners.counter",
    "partners.delivery",
    "partners.endpoint",
    "partners.fetch",
    "partners.invited",
    "partners.openingstold",
    "partners.reminder",
    "partners.silence",
}
PEOPLE = [*(str(role) for role in Role), "superuser", "nobody"]


def somebody(who: str) -> User:
    if who == "superuser":
        return User.objects.create_superuser("root")
    return make_user(*([] if who == "nobody" else [who]))


def page_named(label: str):
    return next(page for model, page in admin.site._registry.items() if model._meta.label_lower == label)


def test_every_page_of_the_desk_has_its_row():
    assert {model._meta.label_lower for model in admin.site._registry} == set(TABLE)


def test_every_model_of_ours_has_a_page_or_a_reason():
    ours = {
        model._meta.label_lower
        for app in ("articles", "sources", "accounts", "audit", "notices", "partners")
        for model in apps.get_app_config(app).get_models()
        if not hasattr(model, "pgh_tracked_model")
    }
    assert ours - set(TABLE) == WITHOUT_PAGE


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("label", sorted(TABLE))
def test_a_page_is_for_those_of_its_row(rf, label, who):
    request = rf.get("/admin/")
    request.user = somebody(who)
    page = page_named(label)
    may = (
        page.has_view_permission(request),
        page.has_add_permission(request),
        page.has_change_permission(request),
        page.has_delete_permission(request),
    )
    assert may == tuple(who in allowed for allowed in TABLE[label])


@pytest.mark.parametrize("who", PEOPLE)
def test_lists_and_forms_open_for_whom_the_table_says(who):
    client = Client()
    client.force_login(somebody(who))
    for label, (see, add, _change, _delete) in TABLE.items():
        name = label.replace(".", "_")
        assert (label, client.get(reverse(f"admin:{name}_changelist")).status_code) == (
            label,
            200 if who in see else 403,
        )
        assert (label, client.get(reverse(f"admin:{name}_add")).status_code) == (
            label,
            200 if who in add else 403,
        )


@pytest.mark.parametrize("who", PEOPLE)
def test_the_pages_of_an_article_are_for_the_desk(who):
    desk = Desk()
    client = Client()
    client.force_login(somebody(who))
    for name in (
        "change",
        "evidence",
        "check",
        "checkers",
        "preview",
        "preview_document",
        "ready",
        "work",
        "flash",
        "published",
    ):
        answer = client.get(reverse(f"admin:articles_article_{name}", args=[desk.article.pk]))
        assert (name, answer.status_code) == (name, 200 if who in DESK else 403)
    for kind, record in (("claim", desk.claim), ("quote", desk.quote)):
        answer = client.get(reverse(f"admin:articles_{kind}_recall", args=[record.pk]))
        assert (kind, answer.status_code) == (kind, 200 if who in DESK else 403)
    answer = client.get(reverse("admin:articles_article_import"))
    assert answer.status_code == (200 if who in WRITERS else 403)


def test_a_superuser_without_role_finds_no_article_by_any_road():
    desk = Desk()
    client = Client()
    client.force_login(somebody("superuser"))
    kind = ContentType.objects.get_for_model(Article).pk
    roads = [
        reverse("admin:index"),
        reverse("admin:app_list", args=["articles"]),
        f"/admin/r/{kind}/{desk.article.pk}/",
        reverse("admin:search") + "?s=treaty",
        reverse("admin:autocomplete") + "?app_label=articles&model_name=article&field_name=treaties&term=a",
        reverse("admin:articles_article_history", args=[desk.article.pk]),
    ]
    for road in roads:
        answer = client.get(road)
        told = answer.content.decode() + answer.get("Location", "")
        assert not any(
            word in told for word in (desk.article.headline, desk.article.slug, desk.article.public_id)
        )


def test_who_may_not_sign_in_sees_nothing_whatever_the_role(rf):
    user = make_user(D)
    user.is_staff = False
    request = rf.get("/admin/")
    request.user = user
    assert not page_named("articles.article").has_view_permission(request)


def test_what_is_append_only_refuses_a_post_by_anybody():
    desk = Desk()
    edition = desk.publish()
    for who in (desk.duty, somebody("superuser"), somebody(A)):
        client = Client()
        client.force_login(who)
        for name in ("change", "delete"):
            url = reverse(f"admin:articles_edition_{name}", args=[edition.pk])
            assert client.post(url, {"number": 7, "post": "yes"}).status_code == 403
    edition.refresh_from_db()
    assert edition.number == 1
