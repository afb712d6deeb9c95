"""One word for the state of each statement, said in one place."""

import pytest

from articles import fact_checking
from articles.dossier import open_dossier
from articles.models import Check
from articles.readiness import draft_blockers
from articles.statement_states import Checked, checks_of, statement_states
from tests.making import Desk, make_claim

pytestmark = pytest.mark.django_db


def states(desk):
    dossier = open_dossier(desk.reload())
    standing = statement_states(dossier, draft_blockers(dossier))
    return [str(standing[seen.key].state) for seen in dossier.segments]


def another_source(desk):
    desk.save(body=desk.body(signed="Two states signed a pact on 27 May 2026"))


def nothing(desk):
    pass


def negative(desk):
    desk.check_all(verdict=Check.Verdict.DOES_NOT)


def bare(desk):
    desk.save(body=desk.body() + "<p>Hope remains.</p>")


def of_no_source(desk):
    claim = make_claim(desk.reporter)
    segment = f'<span data-segment="cccccccccc" data-claim="{claim.public_id}">It rained</span>'
    desk.save(body=f"{desk.body()}<p>{segment}.</p>")


def asked(desk):
    segment = '<span data-segment="cccccccccc" data-exemption="analysis">It may last</span>'
    desk.save(body=f"{desk.body()}<p>{segment}.</p>")


def granted(desk):
    asked(desk)
    fact_checking.exempt(desk.article, "cccccccccc", reason="analysis", by=desk.editor, now=desk.now)


def changed_after_checks(desk):
    desk.check_all()
    another_source(desk)


def changed_back(desk):
    changed_after_checks(desk)
    desk.save(body=desk.body())


def misquoted(desk):
    desk.check_all()
    desk.save(body=desk.body(said="a bad day"))


def withdrawn(desk):
    desk.check_all()
    desk.second.withdrawn_at, desk.second.withdrawn_by = desk.now, "publisher"
    desk.second.withdrawal_reason = "Retracted."
    desk.second.save()


CASES = [
    (nothing, ["cited", "cited"]),
    (Desk.check_all, ["checked", "checked"]),
    (negative, ["blocked", "blocked"]),
    (bare, ["cited", "cited", "no_evidence"]),
    (of_no_source, ["cited", "cited", "no_evidence"]),
    (asked, ["cited", "cited", "blocked"]),
    (granted, ["cited", "cited", "exempted"]),
    (changed_after_checks, ["lapsed", "checked"]),
    (changed_back, ["checked", "checked"]),
    (misquoted, ["checked", "blocked"]),
    (withdrawn, ["blocked", "blocked"]),
]


@pytest.mark.parametrize(("happens", "expected"), CASES, ids=lambda case: getattr(case, "__name__", ""))
def test_a_statement_stands_as_its_evidence_and_its_checks_say(happens, expected):
    desk = Desk()
    happens(desk)
    assert states(desk) == expected


def test_a_blocker_of_a_cited_source_is_one_of_the_statement():
    desk = Desk()
    withdrawn(desk)
    dossier = open_dossier(desk.reload())
    standing = statement_states(dossier, draft_blockers(dossier))
    assert {b.code for b in standing[desk.KEYS[0]].blockers} == {"source_withdrawn"}


def test_what_people_found_is_kept_apart_from_what_else_blocks():
    """A misquote is blocked, and the check page still says that it was checked before it changed."""
    desk = Desk()
    changed_after_checks(desk)
    desk.save(body=desk.body(said="a bad day", signed="Two states signed a pact on 27 May 2026"))
    dossier = open_dossier(desk.reload())
    found = checks_of(dossier, draft_blockers(dossier))
    assert list(found.values()) == [Checked.LAPSED, Checked.LAPSED]
