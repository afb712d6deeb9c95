"""What blocks a draft, one case a row; and that nothing else is found."""

import pytest

from articles import fact_checking
from articles.dossier import open_dossier
from articles.models import Byline, Citation, Quote
from articles.readiness import blockers
from articles.rules.blockers import BLOCKERS
from newsroom.core.errors import DomainError
from sources.models import Source
from tests.making import NOW, Desk, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    """A story that lacks nothing but its approval."""
    desk = Desk()
    desk.check_all()
    return desk


def codes(desk, *, approval=False):
    return [b.code for b in blockers(desk.reload()) if approval or b.code != "not_approved"]


def test_a_checked_story_lacks_only_its_approval(desk):
    assert codes(desk, approval=True) == ["not_approved"]
    desk.approve()
    assert codes(desk, approval=True) == []


def _without_headline(desk):
    desk.save(headline="")


def _without_standfirst(desk):
    desk.save(standfirst="")


def _without_byline(desk):
    Byline.objects.all().delete()


def _without_body(desk):
    desk.save(body="", headline_rests_on=[], standfirst_rests_on=[])


def _sentence_added(desk):
    desk.save(body=desk.body() + "<p>The talks took a year.</p>")


def _remainder_added(desk):
    body = desk.body().replace("</span>.</p>", "</span>, and later they met again.</p>", 1)
    desk.save(body=body)


def _unidentified(desk):
    Source.objects.filter(pk=desk.first.pk).update(title="")


def _speaker_unknown(desk):
    Quote.objects.update(speaker=None, role=None)
    desk.check_all()


def _misquoted(desk):
    desk.save(body=desk.body(said="a great day"))
    desk.check_all()


def _quotation_undecided(desk):
    desk.save(body=desk.body(signed="Two states signed a “pact” on 27 May 2026"))
    desk.check_all()


def _claim_without_source(desk):
    Citation.objects.filter(claim=desk.claim).delete()
    desk.check_all()


def _only_context(desk):
    Citation.objects.filter(quote=desk.quote).update(stance="context")
    desk.check_all()


def _record_missing(desk):
    desk.save(body=desk.body().replace(desk.claim.public_id, "000000000000"))
    desk.check_all()


def _headline_rests_on_nothing(desk):
    desk.save(headline_rests_on=[])


def _headline_number(desk):
    desk.save(headline="A treaty with 14 articles is signed")


def _number_of_the_body(desk):
    desk.save(headline="Signed on 27 May")


def _checked_and_denied(desk):
    desk.check_all(verdict="does_not")


def _check_lapsed(desk):
    desk.save(body=desk.body(signed="Two states signed a treaty on 28 May 2026"))


def _evidence_changed(desk):
    Citation.objects.filter(claim=desk.claim, source=desk.second).delete()


def _changed_back(desk):
    before = desk.body()
    desk.save(body=desk.body(signed="Two states signed a treaty on 28 May 2026"))
    desk.save(body=before)


def _quote_marks_only(desk):
    desk.save(body=desk.body().replace("“", '"').replace("”", '"'))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (_without_headline, ["headline_missing"]),
        (_without_standfirst, ["standfirst_missing"]),
        (_without_byline, ["byline_missing"]),
        (_without_body, ["body_empty", "headline_without_evidence", "standfirst_without_evidence"]),
        (_sentence_added, ["sentence_without_evidence"]),
        (_remainder_added, ["claim_not_checked", "sentence_without_evidence"]),
        (_unidentified, ["source_unidentified"]),
        (_speaker_unknown, ["quote_unattributed"]),
        (_misquoted, ["quote_not_verbatim"]),
        (_quotation_undecided, ["quotation_undecided"]),
        (_claim_without_source, ["claim_without_source"]),
        (_only_context, ["quote_without_source"]),
        (_record_missing, ["record_missing", "sentence_without_evidence"]),
        (_headline_rests_on_nothing, ["headline_without_evidence"]),
        (_headline_number, ["number_not_in_evidence"]),
        (_number_of_the_body, []),
        (_checked_and_denied, ["check_negative", "check_negative"]),
        (_check_lapsed, ["claim_not_checked"]),
        (_evidence_changed, ["claim_not_checked"]),
        (_changed_back, []),
        (_quote_marks_only, []),
    ],
    ids=lambda value: value.__name__.strip("_") if callable(value) else "",
)
def test_a_fault_is_found_and_nothing_else(desk, change, expected):
    change(desk)
    assert sorted(codes(desk)) == sorted(expected)


def test_a_blocker_names_its_place(desk):
    desk.save(body=desk.body() + "<p>The talks took a year. They were held in London.</p>")
    found = [b for b in blockers(desk.article) if b.code == "sentence_without_evidence"]
    assert [(b.paragraph, b.sentence, b.excerpt) for b in found] == [
        (3, 1, "The talks took a year"),
        (3, 2, "They were held in London"),
    ]
    assert found[0].where == "paragraph 3, sentence 1"


def test_a_later_negative_check_outweighs_an_earlier_positive_one(desk):
    desk.check_all(by=make_user("fact_checker"), verdict="unsure")
    assert codes(desk) == ["check_negative", "check_negative"]


def test_a_check_by_whoever_words_the_sentence_later_no_longer_counts(desk):
    """The checker becomes a writer of the sentence: change it and change it back."""
    both = make_user("fact_checker", "reporter")
    desk.save(body=desk.body(signed="Two states signed it"))
    desk.check_all(by=both)
    desk.reporter, reporter = both, desk.reporter
    desk.save(body=desk.body(signed="Two states have signed it"))
    desk.save(body=desk.body(signed="Two states signed it"))
    assert codes(desk) == ["claim_not_checked"]
    desk.reporter = reporter


@pytest.mark.parametrize("worder", [True, False])
def test_nobody_checks_what_they_worded_or_whose_passage_they_chose(worder):
    desk = Desk()
    both = make_user("fact_checker", "reporter")
    if worder:
        desk.reporter = both
        desk.save(body=desk.body(signed="Two states signed it"))
    else:
        Citation.objects.filter(claim=desk.claim).update(chosen_by=both, exact="signed")
    with pytest.raises(DomainError) as refused:
        desk.check_all(by=both)
    assert refused.value.code == "own_wording"


def test_a_check_covers_what_was_on_the_screen(desk):
    seen = open_dossier(desk.article).segments[0]
    desk.save(body=desk.body(signed="Three states signed it"))
    with pytest.raises(DomainError) as refused:
        fact_checking.record_check(
            desk.article, seen.key, verdict="supports", by=desk.checker, now=NOW, fingerprint=seen.fingerprint
        )
    assert refused.value.code == "segment_changed"


def test_the_absolute_blockers_are_those_of_the_design():
    assert {code for code, meaning in BLOCKERS.items() if meaning.absolute} == {
        "headline_missing",
        "body_empty",
        "image_missing",
        "legal_hold",
        "not_approved",
        "approvals_missing",
        "own_approval",
        "approval_lapsed",
        "quote_not_verbatim",
        "quote_without_source",
        "quote_not_in_source",
        "quotation_not_in_evidence",
        "record_missing",
        "source_withdrawn",
        "source_embargoed",
        "confidential_needs_two",
    }


def test_readiness_takes_the_same_number_of_queries_whatever_the_length(desk, django_assert_max_num_queries):
    with django_assert_max_num_queries(17):
        blockers(desk.article)
    desk.save(body=desk.body() + "".join(f"<p>Sentence number {n} stands here.</p>" for n in range(50)))
    with django_assert_max_num_queries(17):
        assert len(blockers(desk.article)) == 51
