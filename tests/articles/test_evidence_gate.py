"""What blocks a draft because of what it rests on, one planted fault a row; and that nothing else is found."""

from datetime import timedelta

import pytest

from articles import publishing, review
from articles.dossier import open_dossier
from articles.models import Citation, Claim, EvidenceRule, Quote
from articles.readiness import blockers, draft_blockers
from newsroom.core.errors import DomainError
from sources.models import Publisher, Source
from tests.making import NOW, Desk, archive, cite, make_publisher, make_snapshot, make_source

pytestmark = pytest.mark.django_db

UNMARKED = {"snapshot": None, "start": None, "exact": "", "prefix": "", "suffix": ""}
CLAIM, QUOTE = Desk.KEYS


@pytest.fixture
def desk():
    """A story that lacks nothing but its approval."""
    desk = Desk()
    desk.check_all()
    return desk


def found(desk, **options):
    """(code, place) of every blocker but the approval, "first" and "second" standing for the sources."""
    names = {f"source:{getattr(desk, name).public_id}": name for name in ("first", "second")}
    return sorted(
        (b.code, names.get(b.place, b.place))
        for b in blockers(desk.reload(), **options)
        if b.code != "not_approved"
    )


def a_look_alike_in_place_of_the_words(desk):
    archive(desk.quote.citations.get(), "a very good day")


def one_letter_of_the_quote_changed(desk):
    Quote.objects.update(words="a goon day")
    desk.save(body=desk.body(said="a goon day"))


def words_in_the_copy_but_not_in_the_passage(desk):
    citation = desk.quote.citations.get()
    snapshot = make_snapshot(citation.source, "It was a good day. Nobody wept.")
    Citation.objects.filter(pk=citation.pk).update(
        snapshot=snapshot, start=19, exact="Nobody wept.", prefix="a good day. ", suffix=""
    )


def all_its_sources_only_report_it(desk):
    Citation.objects.filter(quote=desk.quote).update(carries="report")


def one_of_two_that_have_the_words_has_not(desk):
    cite(desk.quote, desk.first, by=desk.reporter)
    archive(desk.quote.citations.get(source=desk.first), "a fine day")


def one_reports_what_the_other_has(desk):
    cite(desk.quote, desk.first, by=desk.reporter)
    archive(desk.quote.citations.get(source=desk.first), "she was content")
    Citation.objects.filter(quote=desk.quote, source=desk.first).update(carries="report")


def a_translation_whose_original_stands_there(desk):
    Quote.objects.update(original="dobry dzień", original_language="pl", translator="us")
    archive(desk.quote.citations.get())


def a_translation_whose_original_was_altered(desk):
    a_translation_whose_original_stands_there(desk)
    Quote.objects.update(original="dobry dzien")


def marked_edits_in_the_quote(desk):
    archive(desk.quote.citations.get(), "a long and good evening, no, day")
    Quote.objects.update(words="a […] good … day")
    desk.save(body=desk.body(said="a […] good … day"))


def a_quote_without_passage_whose_source_has_the_words(desk):
    Citation.objects.filter(quote=desk.quote).update(**UNMARKED)


def a_quote_without_passage_whose_latest_copy_lacks_the_words(desk):
    Citation.objects.filter(quote=desk.quote).update(**UNMARKED)
    make_snapshot(desk.second, "We moved.")


def a_later_capture_is_a_wall(desk):
    make_snapshot(desk.second, "Please log in.", obstacle="login_wall")


def a_later_capture_is_another_text(desk):
    make_snapshot(desk.second, "We have changed our mind.")


def a_passage_gone_from_its_copy(desk):
    citation = desk.claim.citations.first()
    Citation.objects.filter(pk=citation.pk).update(snapshot=make_snapshot(desk.first, "Nothing alike."))


def a_passage_twice_in_its_copy(desk):
    citation = desk.claim.citations.first()
    words = citation.prefix + citation.exact + citation.suffix
    Citation.objects.filter(pk=citation.pk).update(snapshot=make_snapshot(desk.first, f"{words} {words}"))


def a_contradicting_passage_gone(desk):
    cite(desk.claim, desk.first, by=desk.reporter, stance="contradicts")
    against = desk.claim.citations.get(stance="contradicts")
    Citation.objects.filter(pk=against.pk).update(snapshot=make_snapshot(desk.first, "Nothing alike."))


def no_copy(desk):
    cite(desk.claim, bare := make_source(desk.reporter), by=desk.reporter, archived=False)
    desk.first = bare


def only_a_wall(desk):
    no_copy(desk)
    make_snapshot(desk.first, "Accept our cookies.", obstacle="consent_wall")


def no_passage(desk):
    Citation.objects.filter(claim=desk.claim, source=desk.first).update(**UNMARKED)


def context_without_passage(desk):
    Citation.objects.filter(claim=desk.claim, source=desk.first).update(stance="context", **UNMARKED)


def invented_words_against_it(desk):
    cite(desk.claim, desk.first, by=desk.reporter, stance="contradicts")
    typed = UNMARKED | {"exact": "It was a farce."}
    Citation.objects.filter(claim=desk.claim, stance="contradicts").update(**typed)


def invented_words_as_context(desk):
    context_without_passage(desk)
    Citation.objects.filter(stance="context").update(exact="It was a farce.")


def withdrawn(desk):
    Source.objects.filter(pk=desk.first.pk).update(
        withdrawn_at=NOW, withdrawn_by="publisher", withdrawal_reason="An error"
    )


def withdrawn_and_only_context(desk):
    withdrawn(desk)
    Citation.objects.filter(source=desk.first).update(stance="context")


def under_embargo(desk):
    Source.objects.filter(pk=desk.second.pk).update(embargoed_until=NOW + timedelta(hours=1))


def a_barred_publisher(desk):
    Source.objects.filter(pk=desk.first.pk).update(publisher=make_publisher("Sample Tabloid"))
    Publisher.objects.update(barred=True)


def a_barred_publisher_against_it(desk):
    a_barred_publisher(desk)
    Citation.objects.filter(source=desk.first).update(stance="contradicts")


def a_deprecated_claim(desk):
    Claim.objects.update(standing="deprecated")


def a_disputed_claim(desk):
    Claim.objects.update(standing="disputed")


def two_origins_asked_and_one_copies(desk):
    EvidenceRule.objects.create(kind="general", origins=2)
    Source.objects.filter(pk=desk.second.pk).update(derives_from=desk.first, derivation="wire_copy")


def two_origins_asked_and_given(desk):
    EvidenceRule.objects.create(kind="general", origins=2)
    EvidenceRule.objects.create(kind="casualties", origins=3)


def two_origins_asked_of_a_quote(desk):
    EvidenceRule.objects.create(kind="quote", origins=2)


def a_kind_of_source_refused(desk):
    EvidenceRule.objects.create(kind="general", source_kinds=["treaty_text", "document"])
    Source.objects.filter(pk=desk.first.pk).update(kind="treaty_text")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (a_look_alike_in_place_of_the_words, [("quote_not_in_source", QUOTE)]),
        (one_letter_of_the_quote_changed, [("quote_not_in_source", QUOTE)]),
        (words_in_the_copy_but_not_in_the_passage, [("quote_not_in_source", QUOTE)]),
        (all_its_sources_only_report_it, [("quote_not_in_source", QUOTE)]),
        (one_of_two_that_have_the_words_has_not, [("quote_not_in_source", QUOTE)]),
        (one_reports_what_the_other_has, []),
        (a_translation_whose_original_stands_there, []),
        (a_translation_whose_original_was_altered, [("quote_not_in_source", QUOTE)]),
        (marked_edits_in_the_quote, []),
        (a_quote_without_passage_whose_source_has_the_words, [("passage_missing", QUOTE)]),
        (
            a_quote_without_passage_whose_latest_copy_lacks_the_words,
            [("passage_missing", QUOTE), ("quote_not_in_source", QUOTE)],
        ),
        (a_later_capture_is_a_wall, []),
        (a_later_capture_is_another_text, []),
        (a_passage_gone_from_its_copy, [("passage_orphaned", CLAIM)]),
        (a_passage_twice_in_its_copy, [("passage_orphaned", CLAIM)]),
        (a_contradicting_passage_gone, [("passage_orphaned", CLAIM)]),
        (no_copy, [("source_without_snapshot", "first")]),
        (only_a_wall, [("source_without_snapshot", "first")]),
        (no_passage, [("passage_missing", CLAIM)]),
        (context_without_passage, []),
        (invented_words_against_it, [("passage_missing", CLAIM)]),
        (invented_words_as_context, [("passage_missing", CLAIM)]),
        (withdrawn, [("source_withdrawn", "first")]),
        (withdrawn_and_only_context, [("source_withdrawn", "first")]),
        (under_embargo, [("source_embargoed", "second")]),
        (a_barred_publisher, [("publisher_barred", "first")]),
        (a_barred_publisher_against_it, []),
        (a_deprecated_claim, [("claim_deprecated", CLAIM)]),
        (a_disputed_claim, []),
        (two_origins_asked_and_one_copies, [("too_few_origins", CLAIM)]),
        (two_origins_asked_and_given, []),
        (two_origins_asked_of_a_quote, [("too_few_origins", QUOTE)]),
        (a_kind_of_source_refused, [("source_kind_refused", CLAIM)]),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_a_fault_is_found_and_placed_and_nothing_else(desk, change, expected):
    change(desk)
    desk.check_all()
    assert found(desk) == expected


def test_a_blocker_names_the_source_it_means(desk):
    no_passage(desk)
    a_kind_of_source_refused(desk)
    two_origins_asked_of_a_quote(desk)
    excerpts = {b.code: b.excerpt for b in blockers(desk.reload())}
    assert excerpts["passage_missing"].startswith("[1] Two states")
    assert excerpts["source_kind_refused"].startswith("[2] Two states")
    assert excerpts["too_few_origins"].startswith("1 of 2 origins: Ada")


@pytest.mark.parametrize("change", [withdrawn, under_embargo, a_look_alike_in_place_of_the_words])
def test_nobody_waives_what_is_absolute(desk, change):
    change(desk)
    desk.check_all()
    [blocker] = [b for b in blockers(desk.reload()) if b.code != "not_approved"]
    with pytest.raises(DomainError) as refused:
        waive(desk, blocker)
    assert refused.value.code == "blocker_absolute"


@pytest.mark.parametrize("change", [no_copy, no_passage, a_passage_gone_from_its_copy, a_deprecated_claim])
def test_a_waiver_lets_the_rest_pass_and_readers_are_told(desk, change):
    change(desk)
    desk.check_all()
    [blocker] = [b for b in blockers(desk.reload()) if b.code != "not_approved"]
    waive(desk, blocker)
    desk.approve()
    document = publishing.publish(desk.article, by=desk.duty, now=NOW).content.document
    assert f'"not_yet_checked":["{blocker.place}"]' in document


def waive(desk, blocker):
    review.waive(
        desk.article, code=blocker.code, place=blocker.place, fingerprint=blocker.fingerprint, reason="Breaking",
        repair_by=NOW + timedelta(hours=1), by=desk.duty, now=NOW,
    )  # fmt: skip


def test_the_number_of_queries_does_not_grow_with_the_evidence(desk, django_assert_num_queries):
    def count():
        with django_assert_num_queries(99, exact=False) as asked:
            draft_blockers(open_dossier(desk.reload()))
        return len(asked)

    before = count()
    for _ in range(5):
        cite(desk.claim, make_source(desk.reporter), by=desk.reporter)
        cite(desk.quote, make_source(desk.reporter), by=desk.reporter)
    assert count() == before
