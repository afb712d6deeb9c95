"""Stages and approvals: who moves a draft where, and that nobody approves their own."""

import pytest
from django.db import ProgrammingError, connection, transaction

from articles import drafting, review
from articles.access import ACTS, may
from articles.models import Approval, Article, Byline
from articles.readiness import blockers
from articles.rules.stages import MOVES, Stage, transitions
from newsroom.accounts.models import Person
from newsroom.accounts.roles import Role
from newsroom.core.errors import DomainError
from tests.making import NOW, Desk, draft_digest, make_user

pytestmark = pytest.mark.django_db

# Who may do what, as design.md has it under "People". A new act without a row fails the test below.
TABLE = {
    "see": "reporter fact_checker editor duty_editor",
    "handle_challenge": "reporter fact_checker editor duty_editor",
    "resolve_challenge": "fact_checker editor duty_editor",
    "tell_outcome": "editor duty_editor",
    "create": "reporter editor duty_editor",
    "save": "reporter editor duty_editor",
    "submit": "reporter editor duty_editor",
    "send_to_review": "fact_checker editor",
    "send_back": "fact_checker editor",
    "take_over": "editor duty_editor",
    "trash": "reporter editor duty_editor",
    "restore_from_trash": "reporter editor duty_editor",
    "check": "fact_checker",
    "exempt": "editor duty_editor",
    "waive": "duty_editor",
    "approve": "editor",
    "withdraw_approval": "editor duty_editor",
    "publish": "duty_editor",
    "reschedule": "duty_editor",
    "retract": "duty_editor",
    "unpublish": "duty_editor",
    "take_down": "duty_editor",
    "confirm_removal": "editor duty_editor",
    "seal": "duty_editor",
    "change_address": "editor duty_editor",
    "archive": "editor duty_editor",
    "keep_image": "reporter fact_checker editor duty_editor",
    "share": "editor duty_editor",
    "revoke_share": "reporter editor duty_editor",
    "take_checkers_file": "reporter fact_checker editor duty_editor",
    "recall": "editor duty_editor",
    "release_as_archive": "duty_editor",
    "keep_evidence": "reporter fact_checker editor duty_editor",
    "capture": "reporter fact_checker editor duty_editor",
    "sight": "fact_checker",
    "vouch": "editor duty_editor",
    "confide": "reporter fact_checker editor duty_editor",
    "look_at_identity": "source_keeper",
    "change_printed": "editor duty_editor",
    "arrange": "editor duty_editor",
    "write_page": "editor duty_editor",
    "approve_page": "editor duty_editor",
    "withdraw_source": "editor duty_editor",
    "embargo_source": "editor duty_editor",
    "assign": "reporter fact_checker editor duty_editor",
    "unassign": "reporter fact_checker editor duty_editor",
    "hold_legally": "duty_editor",
    "lift_legal_hold": "duty_editor",
    "merge": "editor duty_editor",
    "invite": "administrator",
    "see_scorecard": "editor duty_editor administrator",
    "remind_partner": "editor duty_editor administrator",
    "comment": "reporter fact_checker editor duty_editor",
    "administer": "administrator",
}


def test_every_act_has_a_row_in_the_table():
    assert TABLE.keys() == ACTS.keys()


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("act", TABLE)
def test_what_a_role_may_do(role, act):
    assert may(make_user(role), act) is (role in TABLE[act].split())


@pytest.mark.parametrize("act", sorted(set(MOVES) - {"save", "publish", "release_as_archive"}))
@pytest.mark.parametrize("stage", Stage.values)
def test_an_act_starts_only_from_its_stages(act, stage):
    desk = Desk()
    desk.article.stage = stage
    everybody = make_user(*Role.values)
    assert may(everybody, act, desk.article) is (stage in MOVES[act][0])


def test_an_inactive_user_may_nothing():
    user = make_user(*Role.values)
    user.is_active = False
    assert not any(may(user, act) for act in ACTS)


@pytest.mark.parametrize("own", ["creator", "byline"])
def test_nobody_approves_their_own_article(own):
    desk = Desk()
    editor = make_user("editor")
    if own == "creator":
        Article.objects.update(created_by=editor)
    else:
        person = Person.objects.create(name="Eddie", slug="eddie", user=editor)
        Byline.objects.create(article=desk.article, person=person)
    with pytest.raises(DomainError) as refused:
        desk.approve(by=editor)
    assert refused.value.code == "own_article"


def test_an_approval_by_somebody_who_joins_the_byline_later_blocks():
    desk = Desk()
    desk.check_all()
    person = Person.objects.create(name="Eddie", slug="eddie", user=None)
    Byline.objects.create(article=desk.article, person=person, position=1)
    desk.approve()
    Person.objects.filter(pk=person.pk).update(user=desk.editor)
    assert [b.code for b in blockers(desk.article)] == ["own_approval"]


def test_an_edit_after_approval_asks_for_a_new_one():
    desk = Desk()
    desk.check_all()
    desk.approve()
    desk.save(standfirst="Two states sign a pact")
    assert desk.article.stage == Stage.REVIEW
    assert [b.code for b in blockers(desk.article)] == ["not_approved"]
    assert not Approval.objects.filter(withdrawn_at=None).exists()


def test_approving_another_version_than_the_one_read_is_refused():
    desk = Desk()
    review.submit(desk.article, by=desk.reporter, now=NOW)
    with pytest.raises(DomainError) as refused:
        review.approve(desk.reload(), by=desk.editor, now=NOW, digest="0" * 64)
    assert refused.value.code == "draft_changed"
    assert desk.reload().stage == Stage.FACT_CHECK


@pytest.mark.parametrize("act", [review.send_back, review.withdraw_approval])
def test_taking_a_draft_back_needs_a_reason_and_ends_the_approval(act):
    desk = Desk()
    desk.approve()
    with pytest.raises(DomainError) as refused:
        act(desk.article, by=desk.editor, now=NOW, reason="  ")
    assert refused.value.code == "reason_missing"
    act(desk.article, by=desk.editor, now=NOW, reason="The date is open.")
    assert not Approval.objects.filter(withdrawn_at=None).exists()


def test_a_save_based_on_an_older_version_is_refused():
    desk = Desk()
    version = desk.article.version
    desk.save(headline="Another headline")
    with pytest.raises(DomainError) as refused:
        drafting.save_draft(desk.article, by=desk.editor, now=NOW, version=version, headline="A third")
    assert refused.value.code == "draft_changed"
    assert desk.reload().headline == "Another headline"


def test_a_shell_lends_nobody_a_second_pair_of_eyes_in_production(settings):
    settings.PRODUCTION = True
    desk = Desk()
    for user, act in ((desk.checker, "check"), (desk.editor, "approve"), (desk.duty, "waive")):
        assert may(user, act)
        user.acting_through = "shell"
        assert not may(user, act)


@pytest.mark.parametrize("start", Stage.values)
@pytest.mark.parametrize("end", Stage.values)
def test_the_database_refuses_a_move_that_is_not_in_the_table(start, end):
    desk = Desk()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE articles_article SET stage = %s", [start])
        cursor.execute("SET LOCAL session_replication_role = origin")
    if start == end or (start, end) in transitions():
        Article.objects.filter(pk=desk.article.pk).update(stage=end)
    else:
        with pytest.raises(ProgrammingError), transaction.atomic():
            Article.objects.filter(pk=desk.article.pk).update(stage=end)


def test_nobody_leaves_a_byline_to_approve_what_is_theirs():
    desk = Desk()
    byline = Byline.objects.create(
        article=desk.article, person=Person.objects.create(name="Edith", slug="edith", user=desk.editor)
    )
    byline.delete()
    assert desk.editor.pk not in desk.article.owners()
    review.submit(desk.article, by=desk.reporter, now=NOW)
    digest = draft_digest(desk.reload())
    with pytest.raises(DomainError) as refused:
        review.approve(desk.article, by=desk.editor, now=NOW, digest=digest)
    assert refused.value.code == "own_article"
