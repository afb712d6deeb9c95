"""The page of the evidence: records are chosen by typing, refusals name what is wrong, nothing is half done."""

import pytest
from django.urls import reverse

from articles.body.html import parse_html
from articles.dossier import open_dossier
from articles.fact_checking import sentence_writers
from articles.models import Citation, Claim, Quote
from sources.models import Publisher, Source, Speaker
from tests.articles.admin.pages import done, forms_on, offered_acts, page_of, press, refusals_on, signed_in
from tests.making import Desk, make_claim, make_speaker

pytestmark = pytest.mark.django_db

TEXT = "<p>Two states signed a treaty. Ada Sample called it “a good day” and a “reset”.</p>"


@pytest.fixture
def desk():
    desk = Desk()
    desk.save(body=TEXT, headline_rests_on=[], standfirst_rests_on=[])
    return desk


@pytest.fixture
def reporter(desk):
    return signed_in(desk.reporter)


def keys(desk):
    return [seen.key for seen in open_dossier(desk.reload()).segments]


def quoted(desk, words):
    """The hidden fields of the forms for the quotation ``words``."""
    text = parse_html(desk.reload().body).blocks[0].text
    return {"start": str(text.index(words))}


def test_a_sentence_rests_on_a_claim_chosen_from_the_list(desk, reporter):
    known = make_claim(desk.reporter, desk.first, label="A treaty was signed")
    made = Claim.objects.count()
    answer = press(
        reporter, desk.article, "evidence", "claim", place=keys(desk)[0], claim=f"{known} [{known.public_id}]"
    )
    assert done(answer)
    assert open_dossier(desk.reload()).segments[0].claim == known
    assert Claim.objects.count() == made


def test_marking_a_sentence_makes_nobody_its_writer(desk):
    key = keys(desk)[0]
    assert done(press(signed_in(desk.editor), desk.article, "evidence", "claim", place=key, claim="Signed"))
    assert sentence_writers(open_dossier(desk.reload()))[key] == {desk.reporter.pk}


SPEAKERS = [
    ({"speaker": "Bea Unknown"}, "speaker_unknown"),
    ({"speaker": "Ann Twice"}, "speaker_ambiguous"),
    ({"speaker": "Ann Twice [zzzzzzzzzzzz]"}, "record_unknown"),
    ({"speaker": "x" * 400}, "max_length"),
    ({"kind": "planet"}, "invalid_choice"),
]


@pytest.mark.parametrize(("typed", "code"), SPEAKERS)
def test_a_speaker_who_is_not_plain_is_refused_and_nothing_is_made(desk, reporter, typed, code):
    make_speaker("Ann Twice")
    make_speaker("Ann Twice")
    before = Speaker.objects.count(), Quote.objects.count()
    facts = {"words": "a good day", "kind": "person"} | typed
    answer = press(
        reporter,
        desk.article,
        "evidence",
        "quote",
        place=keys(desk)[1],
        of=quoted(desk, "a good day"),
        **facts,
    )
    assert code in refusals_on(answer.content.decode())
    assert (Speaker.objects.count(), Quote.objects.count()) == before


def test_a_quote_may_wait_for_its_speaker_and_is_attributed_later(desk, reporter):
    key = keys(desk)[1]
    of = quoted(desk, "a good day")
    assert done(
        press(
            reporter, desk.article, "evidence", "quote", place=key, of=of, words="a good day", kind="person"
        )
    )
    quote = Quote.objects.latest("pk")
    assert quote.speaker is None
    facts = {"speaker": "Ada Sample", "kind": "person", "role": "Chancellor"}
    of = {"quote": quote.public_id}
    refused = press(reporter, desk.article, "evidence", "attribute", place=key, of=of, **facts)
    assert refusals_on(refused.content.decode()) == {"role_unknown"}
    assert done(
        press(
            reporter, desk.article, "evidence", "attribute", place=key, of=of, **facts | {"role": "minister"}
        )
    )
    quote.refresh_from_db()
    assert (quote.speaker, quote.role) == (desk.speaker, desk.role)


def test_each_quotation_of_a_sentence_is_decided_by_itself(desk, reporter):
    key = keys(desk)[1]
    facts = {"words": "a good day", "speaker": "Ada Sample", "kind": "person"}
    assert done(
        press(reporter, desk.article, "evidence", "quote", place=key, of=quoted(desk, "a good day"), **facts)
    )
    assert done(
        press(
            reporter, desk.article, "evidence", "dismiss", place=key, of=quoted(desk, "reset"), reason="scare"
        )
    )
    block = parse_html(desk.reload().body).blocks[0]
    assert [block.text[m.start : m.end] for m in block.words] == ["a good day"]
    assert [(block.text[m.start : m.end], m.reason) for m in block.dismissed] == [("reset", "scare")]
    assert "quotation_undecided" not in page_of(reporter, desk.article, "evidence")


def test_a_quotation_over_two_sentences_marks_is_decided_in_each(desk, reporter):
    first, second = "a" * 10, "b" * 10
    said = f'She said “We are glad</span> <span data-segment="{second}">and we are proud”'
    desk.save(body=f'<p><span data-segment="{first}">{said}</span>.</p>')
    for key, words in ((first, "We are glad"), (second, "and we are proud")):
        facts = {"words": words, "kind": "person"}
        assert done(press(reporter, desk.article, "evidence", "quote", place=key, **facts))
    assert "quotation_undecided" not in page_of(reporter, desk.article, "evidence")


ADDRESSES = [
    ("javascript:alert(1)", "source_unknown"),
    ("Some book", "source_unknown"),
    ("https://", "source_unknown"),
    ("https://exa mple.org/", "source_unknown"),
    ("https://example.org/<script>", "address_refused"),
    ("https://[", "address_refused"),
    ("https://" + "x" * 2100, "max_length"),
]


@pytest.mark.parametrize(("source", "code"), ADDRESSES)
def test_a_source_that_is_no_address_is_refused(desk, reporter, source, code):
    key = keys(desk)[0]
    press(reporter, desk.article, "evidence", "claim", place=key, claim="Signed")
    before = Source.objects.count()
    answer = press(reporter, desk.article, "evidence", "cite", place=key, source=source, stance="supports")
    assert code in refusals_on(answer.content.decode())
    assert Source.objects.count() == before
    assert not Citation.objects.filter(claim__label="Signed").exists()


def test_the_same_address_in_other_clothes_is_the_same_source(desk, reporter):
    key = keys(desk)[0]
    press(reporter, desk.article, "evidence", "claim", place=key, claim="Signed")
    typed = (
        f"{desk.first.url.upper().replace('HTTPS://PRESS.EXAMPLE', 'http://PRESS.example')}/?utm_source=x#top"
    )
    assert done(press(reporter, desk.article, "evidence", "cite", place=key, source=typed, stance="supports"))
    assert Citation.objects.get(claim__label="Signed").source == desk.first
    again = press(reporter, desk.article, "evidence", "cite", place=key, source=typed, stance="supports")
    assert refusals_on(again.content.decode()) == {"cited_already"}


def test_a_citation_can_be_taken_away(desk, reporter):
    key = keys(desk)[0]
    press(reporter, desk.article, "evidence", "claim", place=key, claim="Signed")
    press(reporter, desk.article, "evidence", "cite", place=key, source=desk.first.url, stance="supports")
    assert done(press(reporter, desk.article, "evidence", "uncite", place=key))
    assert not Citation.objects.filter(claim__label="Signed").exists()


def test_an_unidentified_source_is_identified_in_place(desk, reporter):
    source = Source.objects.create(created_by=desk.reporter, created_at=desk.now)
    key = keys(desk)[0]
    press(reporter, desk.article, "evidence", "claim", place=key, claim="Signed")
    offered = f"{source} [{source.public_id}]"
    assert done(
        press(reporter, desk.article, "evidence", "cite", place=key, source=offered, stance="supports")
    )
    place = f"source:{source.public_id}"
    facts = {"title": "A statement", "publisher": "Press Office", "kind": "statement"}
    taken = press(
        reporter, desk.article, "evidence", "identify", place=place, **facts | {"url": desk.first.url}
    )
    assert refusals_on(taken.content.decode()) == {"source_exists"}
    assert done(press(reporter, desk.article, "evidence", "identify", place=place, **facts))
    source.refresh_from_db()
    assert source.is_identified
    assert Publisher.objects.filter(name="Press Office").count() == 1


def test_a_mark_based_on_an_older_draft_is_refused_and_makes_no_record(desk, reporter):
    key = keys(desk)[0]
    to, _act, hidden = next(
        f
        for f in forms_on(page_of(reporter, desk.article, "evidence"))
        if f[1] == "claim" and f[2]["place"] == key
    )
    desk.save(headline="Saved by somebody else")
    before = Claim.objects.count()
    answer = reporter.post(to, hidden | {"claim": "Signed"})
    assert refusals_on(answer.content.decode()) == {"draft_changed"}
    assert 'value="Signed"' in answer.content.decode()
    assert Claim.objects.count() == before


def test_evidence_can_be_taken_off_and_an_exemption_asked_for(desk, reporter):
    key = keys(desk)[0]
    press(reporter, desk.article, "evidence", "claim", place=key, claim="Signed")
    assert done(press(reporter, desk.article, "evidence", "clear", place=key))
    assert done(press(reporter, desk.article, "evidence", "ask", place=key, reason="witnessed"))
    segment = open_dossier(desk.reload()).segments[0].segment
    assert (segment.claim, segment.exemption) == (None, "witnessed")


def test_a_checker_keeps_evidence_but_does_not_mark(desk):
    desk.save(body=desk.body())
    offered = offered_acts(page_of(signed_in(desk.checker), desk.article, "evidence"))
    assert offered == {"cite", "uncite", "attribute"}


FORGED = [
    {"act": "cite", "of": "planet:zzzzzzzzzzzz", "source": "https://a.example/", "stance": "supports"},
    {"act": "uncite", "citation": "999999"},
    {"act": "uncite", "citation": "x" * 50},
    {"act": "quote", "start": "5", "end": "2", "words": "x", "kind": "person"},
    {"act": "quote", "start": "0", "end": "9999999", "words": "x", "kind": "person"},
    {"act": "dismiss", "start": "0", "end": "3", "reason": "boredom"},
    {"act": "claim", "claim": "x", "place": "nosuchkey0"},
    {"act": "claim", "claim": "x\x00y"},
    {"act": "claim", "claim": "   "},
    {"act": "identify", "place": "source:zzzzzzzzzzzz", "kind": "other"},
    {"act": "claim", "claim": "x", "version": "9" * 40},
    {"act": "ask", "reason": "because"},
    {"act": "attribute", "quote": "zzzzzzzzzzzz", "kind": "person"},
]


@pytest.mark.parametrize("facts", FORGED)
def test_forged_forms_are_refused_with_a_page(desk, reporter, facts):
    before = desk.reload().body, Claim.objects.count(), Quote.objects.count(), Citation.objects.count()
    url = reverse("admin:articles_article_evidence", args=[desk.article.pk])
    answer = reporter.post(url, {"place": keys(desk)[0], "version": str(desk.article.version)} | facts)
    assert answer.status_code == 200
    assert refusals_on(answer.content.decode())
    after = desk.reload().body, Claim.objects.count(), Quote.objects.count(), Citation.objects.count()
    assert after == before
