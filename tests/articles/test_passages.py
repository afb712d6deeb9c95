"""Choosing passages in archived copies, and seeing them by eye: by whom, in what, and what it is good for."""

import pytest

from articles import evidence, passages
from articles.admin.evidence import note_chooser
from articles.documents import build_content
from articles.dossier import open_dossier
from articles.models import Citation, Sighting
from articles.readiness import blockers
from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from tests.making import NOW, Desk, archive, make_snapshot, make_user

pytestmark = pytest.mark.django_db

TEXT = "The parties met at noon. The parties signed the treaty on Monday.\nThe parties left."


@pytest.fixture
def desk():
    desk = Desk()
    desk.check_all()
    return desk


@pytest.fixture
def citation(desk):
    return desk.claim.citations.get(source=desk.first)


@pytest.fixture
def snapshot(desk):
    return make_snapshot(desk.first, TEXT)


def choose(citation, snapshot, words, *, by, **more):
    start = snapshot.extracted.text.index(words)
    return passages.choose_passage(
        citation, snapshot, start=start, end=start + len(words), by=by, now=NOW, **more
    )


def refused(act, *arguments, **facts) -> str:
    with pytest.raises(DomainError) as error:
        act(*arguments, now=NOW, **facts)
    return error.value.code


def codes(desk):
    return [b.code for b in blockers(desk.reload()) if b.code != "not_approved"]


def test_a_chosen_passage_is_whole_words_with_their_neighbours_and_place(desk, citation, snapshot):
    other = make_user("reporter")
    chosen = choose(citation, snapshot, "igned the trea", by=other, locator="Art. 4(2)")
    chosen.refresh_from_db()
    assert (chosen.snapshot, chosen.exact) == (snapshot, "signed the treaty")
    assert TEXT[chosen.start :].startswith("signed the treaty")
    assert chosen.prefix + chosen.exact + chosen.suffix in TEXT
    assert (chosen.locator, chosen.chosen_by) == ("Art. 4(2)", other)
    event = AuditEvent.objects.get(act="citation.passage_chosen")
    assert (event.object_id, event.by) == (desk.claim.public_id, other)
    assert event.data == {"source": desk.first.public_id, "snapshot": snapshot.public_id}


def test_whoever_chose_the_passage_does_not_check_the_sentence(desk, citation, snapshot):
    both = make_user("fact_checker", "reporter")
    choose(citation, snapshot, "signed the treaty", by=both)
    assert codes(desk) == ["claim_not_checked"]
    with pytest.raises(DomainError) as error:
        desk.check_all(by=both)
    assert error.value.code == "own_wording"


@pytest.mark.parametrize(
    ("words", "locator", "place"),
    [("met at noon", "", "p. 1"), ("left", "", "p. 2"), ("left", "s. 12", "s. 12")],
)
def test_of_a_paged_document_the_page_is_the_place(desk, citation, words, locator, place):
    snapshot = make_snapshot(desk.first, TEXT, pages=[0, TEXT.index("\n") + 1])
    assert choose(citation, snapshot, words, by=desk.reporter, locator=locator).locator == place


def test_a_place_that_was_named_stays_where_nothing_is_said(desk, citation, snapshot):
    Citation.objects.filter(pk=citation.pk).update(locator="Art. 4")
    assert choose(citation, snapshot, "met at noon", by=desk.reporter).locator == "Art. 4"


def test_a_passage_is_chosen_in_the_sources_own_text(desk, citation, snapshot):
    span = {"start": 0, "end": 11, "by": desk.reporter}
    strange = make_snapshot(desk.second, TEXT)
    assert refused(passages.choose_passage, citation, strange, **span) == "snapshot_of_another"
    wall = make_snapshot(desk.first, TEXT, obstacle="login_wall")
    assert refused(passages.choose_passage, citation, wall, **span) == "snapshot_unusable"
    assert refused(passages.choose_passage, citation, snapshot, start=5, end=5, by=desk.reporter)
    assert refused(passages.choose_passage, citation, snapshot, start=0, end=10**6, by=desk.reporter)
    twice = make_snapshot(desk.first, "word " * 500)
    assert refused(passages.choose_passage, citation, twice, start=1000, end=1004, by=desk.reporter) == (
        "passage_not_unique"
    )
    citation.refresh_from_db()
    assert citation.snapshot not in (strange, wall, snapshot, twice)


def test_one_place_is_cited_once(desk, citation, snapshot):
    choose(citation, snapshot, "met at noon", by=desk.reporter)
    again = evidence.cite(desk.claim, desk.first, by=desk.reporter, now=NOW)
    with pytest.raises(DomainError) as error:
        choose(again, snapshot, "met at noon", by=desk.reporter)
    assert error.value.code == "cited_already"
    choose(again, snapshot, "signed the treaty", by=desk.reporter)


def test_a_passage_without_the_quotes_words_is_stored_and_blocks(desk):
    snapshot = make_snapshot(desk.second, "It was a good day. Nobody wept.")
    citation = desk.quote.citations.get()
    choose(citation, snapshot, "Nobody wept", by=desk.reporter)
    desk.check_all()
    assert codes(desk) == ["quote_not_in_source"]
    choose(citation, snapshot, "a good day", by=desk.reporter)
    desk.check_all()
    assert codes(desk) == []


def test_a_passage_is_taken_back(desk, citation):
    Citation.objects.filter(pk=citation.pk).update(locator="p. 4")
    passages.clear_passage(citation, by=desk.reporter, now=NOW)
    citation.refresh_from_db()
    assert (citation.snapshot, citation.start, citation.exact, citation.prefix, citation.suffix) == (
        None,
        None,
        "",
        "",
        "",
    )
    assert citation.locator == "p. 4"
    assert sorted(codes(desk)) == ["claim_not_checked", "passage_missing"]
    assert AuditEvent.objects.filter(act="citation.passage_cleared").exists()


def test_nobody_outside_the_desk_chooses_or_sees(desk, citation, snapshot):
    stranger = make_user("administrator", "source_keeper")
    sight = {"note": "page 3", "fingerprint": passages.sight_offered(citation), "by": stranger}
    assert {
        refused(passages.choose_passage, citation, snapshot, start=0, end=9, by=stranger),
        refused(passages.clear_passage, citation, by=stranger),
        refused(passages.record_sighting, citation, **sight),
        refused(passages.record_sighting, citation, **sight | {"by": desk.reporter}),
    } == {"not_allowed"}


def garbled(desk):
    """The words of the quote are spoilt in the extracted text."""
    citation = desk.quote.citations.get()
    archive(citation, "a gcod day")
    desk.check_all()
    return citation


def see(desk, citation, **more):
    facts = {"note": "page 3, by the stamp", "fingerprint": passages.sight_offered(citation)}
    return passages.record_sighting(citation, **facts | {"by": desk.checker, "now": NOW} | more)


def evidence_of(desk, quote):
    statements = build_content(open_dossier(desk.reload()))["statements"]
    [entry] = [e for s in statements for e in s["evidence"] if e["quote"] == quote.public_id]
    return entry


def test_what_a_second_person_saw_by_eye_passes_and_the_document_says_so(desk):
    citation = garbled(desk)
    assert codes(desk) == ["quote_not_in_source"]
    assert evidence_of(desk, desk.quote)["seen_by_eye"] is False
    sighting = see(desk, citation)
    assert (sighting.source, sighting.by) == (desk.second, desk.checker)
    assert AuditEvent.objects.get(act="citation.sighted").object_id == desk.quote.public_id
    assert codes(desk) == []
    assert evidence_of(desk, desk.quote)["seen_by_eye"] is True


def test_a_sighting_covers_one_citation_as_it_stood(desk):
    citation = garbled(desk)
    see(desk, citation)
    before = {name: getattr(citation, name) for name in ("exact", "prefix", "suffix", "start", "snapshot")}
    archive(citation, "a gocd day")
    desk.check_all()
    assert codes(desk) == ["quote_not_in_source"]
    Citation.objects.filter(pk=citation.pk).update(**before)
    assert codes(desk) == []
    type(desk.quote).objects.update(words="a grand day")
    desk.save(body=desk.body(said="a grand day"))
    desk.check_all()
    assert codes(desk) == ["quote_not_in_source"]


def test_an_orphan_seen_by_eye_passes(desk, citation):
    orphan = make_snapshot(desk.first, "S o u r c e reports")
    Citation.objects.filter(pk=citation.pk).update(snapshot=orphan)
    desk.check_all()
    assert codes(desk) == ["passage_orphaned"]
    see(desk, citation)
    assert codes(desk) == []


def test_of_a_scan_there_is_nothing_to_match_and_a_person_can_have_seen_it(desk):
    scanned, unmarked = desk.quote.citations.get(), {"exact": "", "prefix": "", "suffix": ""}
    Citation.objects.filter(source=desk.second).exclude(pk=scanned.pk).delete()
    source = evidence.source_like(url="https://scan.example/", title="Scan", by=desk.reporter, now=NOW)
    make_snapshot(source, "", obstacle="no_text", media_type="application/pdf")
    Citation.objects.filter(pk=scanned.pk).update(source=source, snapshot=None, start=None, **unmarked)
    desk.check_all()
    assert codes(desk) == ["source_without_snapshot"]
    see(desk, scanned)
    assert codes(desk) == []
    make_snapshot(source, "It was a good day.")
    assert codes(desk) == ["passage_missing"]


def test_nobody_sees_what_they_chose_or_without_saying_where(desk):
    citation = garbled(desk)
    both = make_user("fact_checker", "reporter")
    Citation.objects.filter(pk=citation.pk).update(chosen_by=both)
    fresh = passages.sight_offered(citation)
    assert (
        refused(passages.record_sighting, citation, note="p. 3", fingerprint=fresh, by=both) == "own_passage"
    )
    sight = {"fingerprint": fresh, "by": desk.checker}
    assert refused(passages.record_sighting, citation, note=" ", **sight) == "note_missing"
    assert not Sighting.objects.exists()


def test_a_sighting_by_whoever_chooses_the_passage_later_no_longer_counts(desk):
    citation = garbled(desk)
    see(desk, citation)
    Citation.objects.filter(pk=citation.pk).update(chosen_by=desk.checker)
    desk.check_all(by=make_user("fact_checker"))
    assert codes(desk) == ["quote_not_in_source"]


def test_a_sighting_covers_what_was_on_the_screen(desk):
    citation = garbled(desk)
    shown = passages.sight_offered(citation)
    archive(citation, "a gocd day")
    sight = {"note": "p. 3", "by": desk.checker}
    assert refused(passages.record_sighting, citation, fingerprint=shown, **sight) == "citation_changed"
    bare = evidence.source_like(url="https://bare.example/", title="T", by=desk.reporter, now=NOW)
    make_snapshot(bare, "Please log in.", obstacle="login_wall")
    cited = evidence.cite(desk.claim, bare, by=desk.reporter, now=NOW)
    assert passages.sight_offered(cited) is None
    assert refused(passages.record_sighting, cited, fingerprint="", **sight) == "nothing_archived"


def test_words_found_in_no_capture_are_not_printed(desk):
    citation = desk.quote.citations.get()
    assert evidence_of(desk, desk.quote)["passage"]["exact"] == "a good day"
    Citation.objects.filter(pk=citation.pk).update(snapshot=None, start=None)
    assert evidence_of(desk, desk.quote)["passage"] is None
    see(desk, citation)
    assert evidence_of(desk, desk.quote)["passage"]["exact"] == "a good day"


@pytest.mark.parametrize("way", ["fetched", "pasted", "uploaded"])
def test_whoever_handed_over_the_text_neither_checks_nor_sees_what_stands_in_it(desk, way):
    citation, both = desk.quote.citations.get(), make_user("fact_checker", "reporter")
    desk.second.created_by = both
    reason = "" if way == "fetched" else "There is no address."
    snapshot = make_snapshot(desk.second, "It was a gcod day. Nobody wept.", way=way, reason=reason)
    citation = choose(citation, snapshot, "a gcod day", by=desk.reporter)
    assert evidence_of(desk, desk.quote)["snapshot"]["way"] == way
    shown = {"note": "p. 3", "fingerprint": passages.sight_offered(citation), "by": both}
    if way == "fetched":
        passages.record_sighting(citation, **shown, now=NOW)
        desk.check_all(by=both)
        assert codes(desk) == []
        return
    assert refused(passages.record_sighting, citation, **shown) == "own_passage"
    with pytest.raises(DomainError) as error:
        desk.check_all(by=both)
    assert error.value.code == "own_wording"
    # Nor does a sighting count that came by another door.
    fields = {"fingerprint": shown["fingerprint"], "note": "p. 3", "by": both, "at": NOW}
    Sighting.objects.create(source=desk.second, **fields)
    desk.check_all()
    assert codes(desk) == ["quote_not_in_source"]


def test_naming_the_place_of_a_passage_chooses_nothing(desk, citation, snapshot):
    chooser, other = make_user("reporter"), make_user("reporter")
    choose(citation, snapshot, "met at noon", by=chooser)
    again = choose(citation, snapshot, "met at noon", by=other, locator="p. 7")
    assert (again.locator, again.chosen_by) == ("p. 7", chooser)
    note_chooser(again, ["locator"], other)
    assert again.chosen_by == chooser
    assert choose(citation, snapshot, "signed the treaty", by=other).chosen_by == other
