"""A story with one fault of each kind: each is found, named and placed, and nothing else is; mended, it alone goes."""

from itertools import combinations

import pytest

from articles import evidence, publishing
from articles.models import Citation, Quote
from articles.readiness import NotReady
from articles.withdrawing import withdraw_source
from sources.origins import confirm_origin, suggestions_for
from sources.passages.offering import near_matches
from sources.passages.texts import texts_of
from tests.journeys import press
from tests.journeys.river_story import Story
from tests.making import NOW
from tests.sources.capture.hostile import hostile

pytestmark = pytest.mark.django_db

SIGNED = "paragraph 1, sentence 1"
BARGAIN = "paragraph 1, sentence 2"
RIVER = "paragraph 1, sentence 3"
FLOW = "paragraph 2, sentence 1"
GAUGES = "paragraph 2, sentence 2"
BARGES = "paragraph 2, sentence 3"
FISHING = "paragraph 2, sentence 4"
FLOOD = "paragraph 3, sentence 1"
DAWN = "paragraph 3, sentence 2"


@pytest.fixture
def server():
    with hostile({f"/{name}": press.page(name) for name in press.FETCHED}) as server:
        yield server


def test_a_story_without_fault_has_no_finding_and_goes_out(server):
    story = Story(server)
    for name, text in press.ON_PAPER.items():
        story.keep(name, text)
    for name in press.FETCHED:
        story.capture(name)
    story.cite_passages()
    story.check()
    story.capture_what_is_due()
    assert story.look_for_copies() == []
    assert story.findings() == []
    assert story.publish().number == 1


def test_each_fault_is_found_named_and_placed_and_nothing_else_and_goes_with_its_mending(server):
    story = faulty_story(server)
    standing = [finding for findings, _mend, _again in FAULTS.values() for finding in findings]
    assert story.findings() == sorted(standing)
    refused_for_the_same(story)
    for findings, mend, checked_again in FAULTS.values():
        mend(story)
        assert story.check() == checked_again
        standing = [finding for finding in standing if finding not in findings]
        assert story.findings() == sorted(standing)
    assert story.publish().number == 1


def faulty_story(server) -> Story:
    # Changed letters: one that came with the text, one slipped in at the desk.
    story = Story(server, press.STORY.replace("river has never", "rider has never"))
    story.reword("a lasting bargain", "a listing bargain")

    # A copy of the library's that is not the signed one, then the signed one; no copy of the bulletin.
    alike = story.keep(
        "library", press.ON_PAPER["library"].replace(press.PASSAGES["library"], press.LOOK_ALIKE)
    )
    for name in press.ON_PAPER.keys() - {"bulletin", *press.PAPERS}:
        story.keep(name, press.ON_PAPER[name])
    # Eight copies of one wire among nine sources.
    for name in press.PAPERS:
        story.keep(name, f"{press.ON_PAPER[name]}\n\n{press.WIRE}")
    confirm_copies(story)

    # A wall in place of the courier's page.
    server.answers["/courier"] = press.wall()
    for name in press.FETCHED:
        story.capture(name)

    story.cite_passages()
    mistake_for(alike, story.citation("library"))
    rows = list(Citation.objects.order_by("pk").values())

    # A month later a link is dead, and a page says something else than it did.
    server.answers |= {"/harbour": press.gone(), "/observer": press.page("observer", press.REWORDED)}
    story.capture_what_is_due()

    told = {"withdrawn_by": "publisher", "reason": "The seal was forged."}
    withdraw_source(story.sources["ledger"], by=story.editor, now=NOW, **told)
    story.check()
    assert story.look_for_copies() == []
    # Whatever was found meanwhile, no citation moved.
    assert list(Citation.objects.order_by("pk").values()) == rows
    return story


def confirm_copies(story: Story) -> None:
    """The eight are proposed as copies of the wire, and nobody else; a person says so."""
    wire = evidence.source_like(
        url="https://wire.example/flood", title="Sample wire", publisher_name="PAP", **story.by_reporter
    )
    story.sources["wire"] = wire
    story.keep("wire", press.WIRE)
    proposed = story.look_for_copies()
    copies = [wire, *(story.sources[name] for name in press.PAPERS)]
    assert {frozenset([p.left_id, p.right_id]) for p in proposed} == {
        frozenset([one.pk, other.pk]) for one, other in combinations(copies, 2)
    }
    of_wire = [suggestion for suggestion in suggestions_for(proposed).values() if suggestion.of == wire]
    assert len(of_wire) == 8
    for suggestion in of_wire:
        confirm_origin(suggestion.source, wire, how=suggestion.how, **story.by_reporter)


def mistake_for(alike, citation: Citation) -> None:
    """Let ``citation`` name a copy that has a look-alike of its passage, as no act would: by a hand in the database."""
    Citation.objects.filter(pk=citation.pk).update(snapshot=alike)
    [near, *_rest] = near_matches(citation.exact, texts_of([alike])[alike.pk])
    # The look-alike is offered, with what is other in it, and never taken.
    changed = [(op, words.strip()) for op, words in near.difference if op != "same"]
    assert changed == [("gone", "border"), ("new", "delta")]


def refused_for_the_same(story: Story) -> None:
    with pytest.raises(NotReady) as refused:
        publishing.publish(story.article, by=story.duty, now=NOW)
    excerpts = {blocker.code: blocker.excerpt for blocker in refused.value.blockers}
    assert excerpts["too_few_origins"].startswith("2 of 3 origins: ")
    assert excerpts.keys() == {
        "quote_not_in_source",
        "quote_not_verbatim",
        "passage_orphaned",
        "source_without_snapshot",
        "too_few_origins",
        "source_withdrawn",
        "not_approved",
    }


def put_the_letter_right(story):
    quote = Quote.objects.get(words__contains="rider")
    evidence.revise(quote, words=quote.words.replace("rider", "river"), **story.by_reporter)
    story.reword("rider has never", "river has never")


def undo_the_slip(story):
    story.reword("a listing bargain", "a lasting bargain")


def name_the_signed_copy(story):
    story.choose(story.citation("library"), press.PASSAGES["library"])


def find_the_page_again(story):
    story.server.answers["/harbour"] = press.page("harbour")
    story.capture("harbour")


def be_let_in(story):
    story.server.answers["/courier"] = press.page("courier")
    story.capture("courier")
    story.choose(story.citation("courier"), press.PASSAGES["courier"])


def rest_on_the_new_words(story):
    story.choose(story.citation("observer"), press.REWORDED)


def ask_a_third_origin(story):
    source = evidence.source_like(
        url="https://diary.example/flood",
        title="Sample diary",
        publisher_name="Sample Press",
        **story.by_reporter,
    )
    story.sources["diary"] = source
    words = "I counted nine thousand names on the lists at the school"
    story.keep("diary", f"{words}. Then I slept.")
    claim = story.citation("institute").claim
    story.choose(evidence.cite(claim, source, **story.by_reporter), words)


def do_without_the_withdrawn_one(story):
    evidence.withdraw_citation(story.citation("ledger"), **story.by_reporter)


def archive_the_missing_one(story):
    story.keep("bulletin", press.ON_PAPER["bulletin"])
    story.choose(story.citation("bulletin"), press.PASSAGES["bulletin"])


# What is found of each fault, what mends it, and which sentences have to be checked again then.
FAULTS = {
    "changed letter, against the source": (
        [("quote_not_in_source", RIVER), ("contains no", f"{RIVER}: transcript")],
        put_the_letter_right,
        [RIVER],
    ),
    "changed letter, against the quote": ([("quote_not_verbatim", BARGAIN)], undo_the_slip, [BARGAIN]),
    "look-alike sentence": (
        [("passage_orphaned", FLOW), ("contains no", f"{FLOW}: library")],
        name_the_signed_copy,
        [FLOW],
    ),
    # The copy serves: nothing of the article is blocked.
    "dead link": (
        [("dead", "harbour"), ("error_page", "harbour"), ("reachable no", f"{GAUGES}: harbour")],
        find_the_page_again,
        [],
    ),
    "wall": (
        [
            ("source_without_snapshot", "courier"),
            ("login_wall", "courier"),
            ("contains unknown", f"{BARGES}: courier"),
        ],
        be_let_in,
        [BARGES],
    ),
    # Its own copy still has it: the citation holds.
    "drifted page": (
        [("changed", "observer"), ("drifted", f"{FISHING}: observer")],
        rest_on_the_new_words,
        [FISHING],
    ),
    "eight copies of one wire": ([("too_few_origins", FLOOD)], ask_a_third_origin, [FLOOD]),
    "withdrawn source": (
        [("source_withdrawn", "ledger"), ("withdrawn", "ledger")],
        do_without_the_withdrawn_one,
        [SIGNED],
    ),
    "missing snapshot": (
        [("source_without_snapshot", "bulletin"), ("contains unknown", f"{DAWN}: bulletin")],
        archive_the_missing_one,
        [DAWN],
    ),
}
