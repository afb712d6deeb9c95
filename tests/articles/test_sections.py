"""What a section asks of its drafts: every act, button and the database go by it."""

import json

import pytest
from django.db import IntegrityError, transaction

from articles import drafting, publishing, review
from articles.access import may
from articles.amending import amend
from articles.documents import build_content
from articles.dossier import open_dossier
from articles.models import Approval, Section
from articles.readiness import blockers
from articles.rules.stages import MOVES, Stage, Steps, every_steps, moves, transitions
from newsroom.accounts.roles import Role
from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from tests.making import NOW, Desk, draft_digest, make_user

pytestmark = pytest.mark.django_db

D, F, R, A = Stage
# (fact check, review, in order): where a submitted draft goes, where it can be approved, where a change leads back to.
TABLE = {
    (True, True, False): (F, {F, R}, R),
    (True, True, True): (F, {R}, R),
    (True, False, False): (F, {F, R}, F),
    (True, False, True): (F, {F, R}, F),
    (False, True, False): (R, {F, R}, R),
    (False, True, True): (R, {R}, R),
}


def make_section(**steps) -> Section:
    number = Section.objects.count()
    return Section.objects.create(name=f"Section {number}", slug=f"section-{number}", **steps)


def in_section(desk: Desk, **steps) -> Section:
    section = make_section(**steps)
    desk.save(section=section)
    return section


@pytest.mark.parametrize("steps", every_steps(), ids=str)
def test_the_steps_of_a_section_make_its_table_of_moves(steps):
    submitted, approving, back = TABLE[steps.fact_check, steps.review, steps.in_order]
    table = moves(steps)
    assert table["submit"] == ({D}, submitted)
    assert table["approve"] == (approving, A)
    assert table["withdraw_approval"][1] == table["save"][1] == back
    assert bool(table["send_to_review"][0]) is steps.review


def test_every_section_allows_no_more_than_the_database_does():
    everywhere = set(transitions())
    for steps in every_steps():
        for starts, end in moves(steps).values():
            assert {(start, end) for start in starts if start != end} <= everywhere


@pytest.mark.parametrize("steps", [s for s in every_steps() if s.approvals == 1], ids=str)
def test_an_act_is_offered_where_the_section_has_it(steps):
    author, everybody = make_user("reporter"), make_user(*Role.values)
    section = make_section(fact_check=steps.fact_check, review=steps.review, in_order=steps.in_order)
    article = drafting.create_article(by=author, now=NOW, headline="A treaty", section=section)
    offered = {}
    for stage in Stage:
        article.stage = stage
        for act in ("submit", "send_to_review", "send_back", "approve", "withdraw_approval"):
            offered[act, stage] = may(everybody, act, article)
    assert offered == {(act, stage): stage in moves(steps)[act][0] for act, stage in offered}


@pytest.mark.parametrize("steps", [s for s in every_steps() if s.approvals == 1], ids=str)
def test_a_draft_travels_through_the_stages_of_its_section(steps):
    desk = Desk()
    in_section(desk, fact_check=steps.fact_check, review=steps.review, in_order=steps.in_order)
    article = review.submit(desk.article, by=desk.reporter, now=NOW)
    assert article.stage == moves(steps)["submit"][1]
    if article.stage not in moves(steps)["approve"][0]:
        article = review.send_to_review(article, by=desk.checker, now=NOW)
    desk.check_all()
    desk.approve()
    assert publishing.publish(desk.reload(), by=desk.duty, now=NOW).number == 1


def test_a_section_that_asks_for_two_approvals_gets_them_from_two_people():
    desk = Desk()
    in_section(desk, approvals=2)
    desk.check_all()
    assert desk.approve().stage == Stage.FACT_CHECK
    with pytest.raises(DomainError) as twice:
        review.approve(desk.reload(), by=desk.editor, now=NOW, digest=draft_digest(desk.article))
    assert twice.value.code == "approved_already"
    assert [b.code for b in blockers(desk.reload())] == ["not_approved"]
    second = make_user("editor")
    assert desk.approve(by=second).stage == Stage.APPROVED
    assert blockers(desk.article) == []
    said = AuditEvent.objects.filter(act="article.approved").order_by("pk")
    assert [(event.by, event.data) for event in said] == [
        (desk.editor, {"approval": 1, "of": 2}),
        (second, {"approval": 2, "of": 2}),
    ]


def test_what_the_first_of_two_approved_is_what_the_second_approves():
    desk = Desk()
    in_section(desk, approvals=2)
    desk.check_all()
    desk.approve()
    desk.save(standfirst="Two states sign a pact")
    assert desk.approve(by=make_user("editor")).stage == Stage.FACT_CHECK
    assert Approval.objects.filter(withdrawn_at=None).count() == 1


def test_a_section_that_asks_for_more_approvals_later_blocks_what_was_approved():
    desk = Desk()
    section = in_section(desk)
    desk.check_all()
    desk.approve()
    Section.objects.filter(pk=section.pk).update(approvals=2)
    assert [b.code for b in blockers(desk.reload())] == ["approvals_missing"]


@pytest.mark.parametrize("wrong", [{"fact_check": False, "review": False}, {"approvals": 0}])
def test_no_section_goes_below_four_eyes(wrong):
    with pytest.raises(ValueError, match=r"look|four"):
        Steps(**{"fact_check": True, "review": True} | wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_section(**wrong)


def test_without_a_section_the_steps_are_those_of_the_house():
    assert moves(Desk().article.steps) == MOVES


def test_the_edition_freezes_what_the_section_was_called():
    desk = Desk()
    section = in_section(desk)
    assert section.printed_at is None
    edition = desk.publish()
    section.refresh_from_db()
    assert section.printed_at == NOW
    amend(section, name="World", note="Shorter.", by=desk.editor, now=NOW)
    frozen = json.loads(edition.content.document)["content"]["section"]
    assert frozen == {"id": section.public_id, "slug": section.slug, "name": section.name}
    desk.reload()
    assert build_content(open_dossier(desk.article))["section"]["name"] == "World"


def test_a_minor_edit_does_not_move_an_article_to_another_section():
    desk = Desk()
    desk.publish()
    drafting.save_draft(
        desk.reload(), by=desk.reporter, now=NOW, version=desk.article.version, section=make_section()
    )
    with pytest.raises(DomainError) as refused:
        desk.publish(kind="minor")
    assert refused.value.code == "not_minor"
