"""Who works on which drafts: the list, the act and every door go by one rule."""

import pytest
from django.urls import reverse

from articles import drafting
from articles.access import ACTS, may, refusal
from articles.models import Article, Scope
from newsroom.accounts.roles import Role
from newsroom.core.errors import DomainError
from tests.articles.admin.pages import html_of, page_of, signed_in
from tests.articles.test_sections import make_section
from tests.making import NOW, Desk, make_user

pytestmark = pytest.mark.django_db

# Scopes of a person as (section, language), and which of the four drafts below these cover.
CASES = {
    "none": ([], {"world en", "world pl", "law en", "bare pl"}),
    "a section": ([("world", "")], {"world en", "world pl"}),
    "a language": ([(None, "pl")], {"world pl", "bare pl"}),
    "a section in a language": ([("world", "pl")], {"world pl"}),
    "two": ([("law", ""), (None, "pl")], {"law en", "world pl", "bare pl"}),
    "a section without drafts": ([("empty", "")], set()),
}


@pytest.fixture
def drafts():
    by = make_user("reporter")
    sections = {name: make_section() for name in ("world", "law", "empty")}
    made = {}
    for name, section, language in (
        ("world en", "world", "en"),
        ("world pl", "world", "pl"),
        ("law en", "law", "en"),
        ("bare pl", None, "pl"),
    ):
        made[name] = drafting.create_article(
            by=by, now=NOW, headline=name, language=language, section=sections.get(section)
        )
    return sections, made


def give(user, scopes, sections):
    for section, language in scopes:
        Scope.objects.create(user=user, section=sections.get(section), language=language)


@pytest.mark.parametrize("role", [*(str(role) for role in Role), "nobody", "inactive"])
@pytest.mark.parametrize("case", CASES)
def test_the_set_and_the_question_give_the_same_answer(case, role, drafts):
    sections, made = drafts
    scopes, covered = CASES[case]
    user = make_user(*({role} & set(Role.values)))
    user.is_active = role != "inactive"
    give(user, scopes, sections)
    visible = set(Article.objects.visible_to(user))
    assert visible == {article for article in made.values() if may(user, "see", article)}
    expected = covered if may(user, "see") else set()
    assert {article.headline for article in visible} == expected


def test_no_act_reaches_a_draft_that_one_does_not_work_on(drafts):
    sections, made = drafts
    user = make_user(*Role.values)
    give(user, [("law", "")], sections)

    def refused(name):
        return {
            act for act in ACTS if (told := refusal(user, act, made[name])) and told.code == "out_of_scope"
        }

    assert (refused("world en"), refused("law en")) == (set(ACTS), set())


def test_nobody_moves_a_draft_out_of_their_reach_or_begins_one_there(drafts):
    sections, made = drafts
    user = make_user("reporter")
    give(user, [("law", "")], sections)
    with pytest.raises(DomainError) as moved:
        drafting.save_draft(made["law en"], by=user, now=NOW, version=1, section=sections["world"])
    with pytest.raises(DomainError) as begun:
        drafting.create_article(by=user, now=NOW, headline="New", section=sections["world"])
    assert (moved.value.code, begun.value.code) == ("out_of_scope", "out_of_scope")
    assert drafting.create_article(by=user, now=NOW, headline="New").section == sections["law"]


# Doors that lead to a draft by a number or a name: what is out of scope is not there.
PAGES = ("change", "evidence", "check", "ready", "work", "flash", "published", "history")


def doors(desk: Desk) -> list[str]:
    """Lists that could name the draft."""
    lists = [
        "article",
        "check",
        "exemption",
        "waiver",
        "approval",
        "import",
        "edition",
        "release",
        "statement",
    ]
    urls = [reverse(f"admin:articles_{name}_changelist") for name in lists]
    urls += [
        *(reverse(f"admin:{name}") for name in ("index", "board", "calendar", "stale")),
        reverse("admin:find") + "?q=hidden",
        reverse("admin:articles_claim_recall", args=[desk.claim.pk]),
        reverse("admin:sources_source_cited_by", args=[desk.first.pk]),
        reverse("admin:search") + "?s=treaty",
    ]
    return urls


@pytest.mark.parametrize("scoped", [False, True])
def test_a_draft_out_of_scope_is_behind_no_door(scoped):
    desk = Desk(slug="a-secret-slug")
    desk.save(headline="Hidden words")
    desk.check_all()
    desk.approve()
    user = make_user("editor", "duty_editor", "fact_checker")
    if scoped:
        Scope.objects.create(user=user, language="pl")
    client = signed_in(user)
    for page in PAGES:
        answer = client.get(reverse(f"admin:articles_article_{page}", args=[desk.article.pk]))
        assert (page, answer.status_code) == (page, 404 if scoped else 302 if page == "history" else 200)
    told = {url for url in doors(desk) if "Hidden words" in html_of(client, url)}
    assert bool(told) is not scoped
    if not scoped:
        assert {reverse("admin:index"), reverse("admin:articles_approval_changelist")} < told


def test_who_may_not_know_of_a_draft_cannot_act_on_it_either():
    desk = Desk()
    user = make_user("editor")
    Scope.objects.create(user=user, language="pl")
    url = reverse("admin:articles_article_ready", args=[desk.article.pk])
    assert signed_in(user).post(url, {"act": "submit"}).status_code == 404
    assert desk.reload().stage == "draft"


def test_the_form_offers_a_section_and_says_what_it_asks_for():
    desk = Desk()
    make_section()
    html = page_of(signed_in(desk.reporter), desk.article, "change")
    assert "Section 0" in html
