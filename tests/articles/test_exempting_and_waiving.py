"""Exemptions and waivers: who grants them, what for, and when they lapse."""

from datetime import timedelta

import pytest

from articles import draft_locks, fact_checking, marking, review
from articles.body.html import parse_html
from articles.publishing import publish
from articles.readiness import blockers
from articles.versions.listing import versions
from newsroom.core.errors import DomainError
from tests.articles.test_readiness import codes
from tests.making import NOW, Desk, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    """A story that lacks nothing but its approval."""
    desk = Desk()
    desk.check_all()
    return desk


def _bare_key(desk):
    desk.save(body=desk.body() + "<p>This will not be the last treaty.</p>")
    return parse_html(desk.article.body).blocks[2].segments[0].key


@pytest.mark.parametrize(
    ("reason", "who", "code"),
    [
        ("analysis", "editor", None),
        ("witnessed", "editor", None),
        ("common_knowledge", "editor", "not_allowed"),
        ("common_knowledge", "duty", None),
        ("analysis", "reporter", "not_allowed"),
        ("analysis", "checker", "not_allowed"),
        ("summary", "duty", "summary_of_nothing"),
    ],
)
def test_who_exempts_a_sentence_for_which_reason(desk, reason, who, code):
    key = _bare_key(desk)
    if code:
        with pytest.raises(DomainError) as refused:
            fact_checking.exempt(desk.article, key, reason=reason, by=getattr(desk, who), now=NOW)
        assert refused.value.code == code
        assert codes(desk) == ["sentence_without_evidence"]
    else:
        fact_checking.exempt(desk.article, key, reason=reason, by=getattr(desk, who), now=NOW)
        assert codes(desk) == []


def test_an_exemption_that_writes_the_draft_waits_for_whoever_has_it_open(desk):
    key = _bare_key(desk)
    draft_locks.hold(desk.article, by=desk.reporter, now=NOW)
    with pytest.raises(DomainError, check=lambda error: error.code == "locked"):
        fact_checking.exempt(desk.article, key, reason="analysis", by=desk.editor, now=NOW)
    # Asked for by the writer it stands in the draft already: granting it writes nothing.
    asked = marking.ask_exemption(
        desk.article, key, reason="analysis", by=desk.reporter, now=NOW, version=desk.reload().version
    )
    fact_checking.exempt(desk.article, key, reason="analysis", by=desk.editor, now=NOW)
    assert (desk.reload().version, codes(desk)) == (asked.version, [])


def test_an_exemption_that_writes_the_draft_is_a_version_like_another(desk):
    key = _bare_key(desk)
    fact_checking.exempt(desk.article, key, reason="analysis", by=desk.editor, now=NOW)
    (latest, *_rest), _more = versions(desk.article)
    assert (latest.number, latest.by, latest.fields) == (desk.reload().version, desk.editor, {"body"})


def test_an_exemption_lapses_with_the_wording_it_was_granted_for(desk):
    key = _bare_key(desk)
    fact_checking.exempt(desk.article, key, reason="analysis", by=desk.editor, now=NOW)
    desk.save(body=desk.reload().body.replace("not be the last", "be the last"))
    assert codes(desk) == ["exemption_not_granted"]


def test_the_writer_of_a_sentence_does_not_exempt_it(desk):
    desk.reporter = make_user("reporter", "editor")
    key = _bare_key(desk)
    with pytest.raises(DomainError) as refused:
        fact_checking.exempt(desk.article, key, reason="analysis", by=desk.reporter, now=NOW)
    assert refused.value.code == "own_wording"


def waive(desk, blocker, **options):
    return review.waive(
        desk.article,
        **{
            "code": blocker.code,
            "place": blocker.place,
            "fingerprint": blocker.fingerprint,
            "reason": "Breaking news",
            "repair_by": NOW + timedelta(days=1),
            "by": desk.duty,
            "now": NOW,
        }
        | options,
    )


def test_a_waiver_lets_one_blocker_pass_until_what_it_covers_changes(desk):
    desk.save(body=desk.body(signed="Two states signed it"))
    (blocker,) = [b for b in blockers(desk.article) if b.code == "claim_not_checked"]
    waive(desk, blocker)
    assert codes(desk) == []
    desk.save(body=desk.body(signed="Two states signed it today"))
    assert codes(desk) == ["claim_not_checked"]


def test_what_went_out_by_waiver_is_named_in_the_document(desk):
    desk.save(body=desk.body(signed="Two states signed it"))
    waive(desk, next(b for b in blockers(desk.article) if b.code == "claim_not_checked"))
    desk.approve()
    document = publish(desk.article, by=desk.duty, now=NOW).content.document
    assert f'"not_yet_checked":["{desk.KEYS[0]}"]' in document


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"reason": " "}, "reason_missing"),
        ({"repair_by": NOW}, "deadline_passed"),
        ({"fingerprint": "0" * 64}, "no_such_blocker"),
        ({"place": "cccccccccc"}, "no_such_blocker"),
    ],
)
def test_a_waiver_needs_a_reason_a_deadline_and_a_blocker(desk, options, code):
    desk.save(body=desk.body(signed="Two states signed it"))
    with pytest.raises(DomainError) as refused:
        waive(desk, next(b for b in blockers(desk.article) if b.code == "claim_not_checked"), **options)
    assert refused.value.code == code


@pytest.mark.parametrize("who", ["reporter", "checker", "editor"])
def test_only_a_duty_editor_waives(desk, who):
    desk.save(body=desk.body(signed="Two states signed it"))
    with pytest.raises(DomainError) as refused:
        waive(desk, blockers(desk.article)[0], by=getattr(desk, who))
    assert refused.value.code == "not_allowed"


def test_nobody_waives_an_absolute_blocker(desk):
    desk.save(body=desk.body(said="a great day"))
    (blocker,) = [b for b in blockers(desk.article) if b.code == "quote_not_verbatim"]
    with pytest.raises(DomainError) as refused:
        waive(desk, blocker)
    assert refused.value.code == "blocker_absolute"
