"""Marks by act: they say what a sentence rests on, and change neither its words nor who wrote them."""

import pytest

from articles import marking
from articles.body.html import parse_html
from articles.dossier import open_dossier
from articles.fact_checking import sentence_writers
from articles.models import Article
from newsroom.core.errors import DomainError
from tests.making import NOW, Desk, make_claim, make_quote

pytestmark = pytest.mark.django_db

BODY = "<p>Two states signed. Ada called it “a good day” and a “reset”.</p><p>Hope remains.</p>"


@pytest.fixture
def desk():
    desk = Desk()
    desk.save(body=BODY, headline_rests_on=[], standfirst_rests_on=[])
    return desk


def keys(desk) -> list[str]:
    return [seen.key for seen in open_dossier(desk.reload()).segments]


def span(desk, words: str) -> dict:
    start = parse_html(desk.reload().body).blocks[0].text.index(words)
    return {"start": start, "end": start + len(words)}


def mark(desk, act, key, *arguments, **facts) -> Article:
    facts = {"by": desk.reporter, "now": NOW, "version": desk.reload().version} | facts
    return act(desk.article, key, *arguments, **facts)


def refused(desk, act, key, *arguments, **facts) -> str:
    before = desk.reload().body
    with pytest.raises(DomainError) as error:
        mark(desk, act, key, *arguments, **facts)
    assert desk.reload().body == before
    return error.value.code


def test_a_claim_takes_the_place_of_an_exemption(desk):
    key = keys(desk)[0]
    mark(desk, marking.ask_exemption, key, reason="analysis")
    claim = make_claim(desk.reporter)
    mark(desk, marking.rest_on_claim, key, claim)
    segment = open_dossier(desk.reload()).by_key[key].segment
    assert (segment.claim, segment.exemption) == (claim.public_id, None)


def test_a_sentence_rests_on_several_quotes_each_with_its_words(desk):
    key = keys(desk)[1]
    for words in ("a good day", "reset"):
        quote = make_quote(desk.reporter, words=words)
        mark(desk, marking.rest_on_quote, key, quote, **span(desk, words))
    block = parse_html(desk.reload().body).blocks[0]
    assert [block.text[w.start : w.end] for w in block.words] == ["a good day", "reset"]
    assert [quote.words for quote in open_dossier(desk.article).by_key[key].quotes] == ["a good day", "reset"]


def test_a_dismissed_quotation_may_become_a_quote_after_all(desk):
    key = keys(desk)[1]
    mark(desk, marking.dismiss_quotation, key, reason="scare", **span(desk, "reset"))
    mark(desk, marking.rest_on_quote, key, make_quote(desk.reporter, words="reset"), **span(desk, "reset"))
    block = parse_html(desk.reload().body).blocks[0]
    assert (len(block.words), block.dismissed) == (1, ())


def test_marks_change_no_word_and_make_nobody_a_writer(desk):
    text = [block.text for block in parse_html(desk.reload().body).blocks]
    key = keys(desk)[0]
    mark(desk, marking.rest_on_claim, key, make_claim(desk.editor), by=desk.editor)
    assert [block.text for block in parse_html(desk.reload().body).blocks] == text
    assert sentence_writers(open_dossier(desk.article))[key] == {desk.reporter.pk}


def test_evidence_is_taken_off_with_the_words_and_keeps_what_others_rest_on(desk):
    first, second, _third = keys(desk)
    mark(desk, marking.rest_on_claim, first, make_claim(desk.reporter))
    mark(desk, marking.rest_on_quote, second, make_quote(desk.reporter, words="reset"), **span(desk, "reset"))
    mark(desk, marking.rest_on_nothing, second)
    dossier = open_dossier(desk.reload())
    assert dossier.by_key[second].rests_on_nothing
    assert not dossier.body.blocks[0].words
    assert dossier.by_key[first].claim


def test_what_cannot_be_marked_is_refused_and_nothing_changes(desk):
    first, second, _third = keys(desk)
    quote, claim = make_quote(desk.reporter, words="reset"), make_claim(desk.reporter)
    reset = span(desk, "reset")
    assert refused(desk, marking.rest_on_claim, "zzzzzzzzzz", claim) == "segment_unknown"
    assert refused(desk, marking.rest_on_claim, first, claim, version=1) == "draft_changed"
    assert refused(desk, marking.rest_on_claim, first, claim, by=desk.checker) == "not_allowed"
    assert refused(desk, marking.rest_on_quote, first, quote, **reset) == "words_outside"
    assert (
        refused(desk, marking.rest_on_quote, second, quote, start=reset["end"], end=reset["start"])
        == "words_outside"
    )
    assert refused(desk, marking.dismiss_quotation, second, reason="boredom", **reset) == "reason_unknown"
    mark(desk, marking.rest_on_quote, second, quote, **reset)
    assert refused(desk, marking.rest_on_quote, second, quote, **span(desk, "reset")) == "words_taken"
    assert (
        refused(desk, marking.dismiss_quotation, second, reason="scare", **span(desk, "reset"))
        == "words_taken"
    )
    assert refused(desk, marking.ask_exemption, second, reason="analysis") == "has_evidence"
