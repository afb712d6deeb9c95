"""Acts on claims, quotes, citations and sources: by the desk alone, each in the audit log, refusals with codes."""

import json
from datetime import date, timedelta

import pytest

from articles import drafting, evidence, reading
from articles.documents import build_content
from articles.dossier import open_dossier
from articles.merging import merge
from articles.models import Citation, Claim, EvidenceRule
from newsroom.accounts.models import Person
from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from sources.models import Publisher, Source, Speaker
from tests.articles.test_gate import codes
from tests.making import NOW, Desk, make_claim, make_quote, make_source, make_speaker, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def reporter():
    return make_user("reporter")


def refused(act, *arguments, **facts) -> str:
    with pytest.raises(DomainError) as error:
        act(*arguments, now=NOW, **facts)
    return error.value.code


def test_each_act_is_in_the_audit_log(reporter):
    claim = evidence.make_claim(label="It was signed", by=reporter, now=NOW)
    quote = evidence.make_quote(words="so it is", language="en", by=reporter, now=NOW)
    source = evidence.source_like(
        url="https://gov.example/", title="T", publisher_name="Gov", by=reporter, now=NOW
    )
    speaker = evidence.enter_speaker(name="Ada Sample", by=reporter, now=NOW)
    evidence.attribute_quote(quote, speaker=speaker, by=reporter, now=NOW)
    citation = evidence.cite(claim, source, by=reporter, now=NOW)
    evidence.withdraw_citation(citation, by=reporter, now=NOW)
    evidence.identify_source(source, title="A treaty", by=reporter, now=NOW)
    acts = list(AuditEvent.objects.order_by("pk").values_list("act", flat=True))
    assert acts == [
        "claim.entered",
        "quote.entered",
        "publisher.entered",
        "source.entered",
        "speaker.entered",
        "quote.attributed",
        "citation.entered",
        "citation.removed",
        "source.identified",
    ]
    assert set(AuditEvent.objects.values_list("by", "at")) == {(reporter.pk, NOW)}


def test_nobody_outside_the_desk_keeps_evidence():
    stranger = make_user("administrator")
    claim = make_claim(make_user("reporter"), make_source(make_user("reporter")))
    source = claim.citations.get().source
    speaker, _role = make_speaker()
    quote = make_quote(make_user("reporter"), words="so it is")
    assert {
        refused(evidence.make_claim, label="x", by=stranger),
        refused(evidence.make_quote, words="x", language="en", by=stranger),
        refused(evidence.attribute_quote, quote, speaker=speaker, by=stranger),
        refused(evidence.cite, claim, source, by=stranger),
        refused(evidence.withdraw_citation, claim.citations.get(), by=stranger),
        refused(evidence.identify_source, source, by=stranger, title="x"),
        refused(evidence.source_like, by=stranger, url="https://a.example/"),
        refused(evidence.enter_speaker, name="x", by=stranger),
    } == {"not_allowed"}
    assert not AuditEvent.objects.exists()


def test_citations_keep_the_order_in_which_they_were_made(reporter):
    claim = evidence.make_claim(label="x", by=reporter, now=NOW)
    sources = [make_source(reporter) for _ in range(3)]
    for source in reversed(sources):
        evidence.cite(claim, source, by=reporter, now=NOW)
    assert [citation.source for citation in claim.citations.all()] == sources[::-1]


def test_a_source_is_cited_once_for_one_passage(reporter):
    claim, source = make_claim(reporter), make_source(reporter)
    evidence.cite(claim, source, by=reporter, now=NOW)
    assert refused(evidence.cite, claim, source, by=reporter) == "cited_already"
    evidence.cite(claim, source, exact="other words", by=reporter, now=NOW)
    evidence.cite(claim, source, stance="contradicts", by=reporter, now=NOW)
    assert Citation.objects.count() == 3


def test_a_claims_citation_carries_no_words(reporter):
    claim, source = make_claim(reporter), make_source(reporter)
    assert refused(evidence.cite, claim, source, carries="words", by=reporter) == "carries_of_claim"
    assert refused(evidence.cite, claim, source, stance="believes", by=reporter) == "invalid_choice"


def test_an_empty_record_is_refused(reporter):
    assert refused(evidence.make_claim, label="  ", by=reporter) == "blank"
    assert refused(evidence.make_quote, words=" ", language="en", by=reporter) == "blank"
    assert refused(evidence.enter_speaker, name=" ", by=reporter) == "blank"
    assert not Claim.objects.exists()


def test_the_same_address_gives_the_same_source(reporter):
    first = evidence.source_like(url="https://gov.example/treaty", title="T", by=reporter, now=NOW)
    again = evidence.source_like(
        url="http://GOV.example/treaty/?utm_source=x#y", title="Other", by=reporter, now=NOW
    )
    assert again == first
    assert Source.objects.get().title == "T"


def test_an_address_of_another_source_is_refused_and_named(reporter):
    known = make_source(reporter, url="https://gov.example/treaty")
    blank = make_source(reporter, title="", url="")
    with pytest.raises(DomainError) as error:
        evidence.identify_source(blank, url="https://gov.example/treaty", by=reporter, now=NOW)
    assert (error.value.code, error.value.place) == ("source_exists", known.public_id)
    assert refused(evidence.identify_source, blank, url="gopher://x", by=reporter) == "address_refused"


def test_what_is_known_of_a_source_stays_where_nothing_is_said(reporter):
    source = make_source(reporter, title="T", url="https://gov.example/treaty")
    evidence.identify_source(source, publisher_name="gov", by=reporter, now=NOW)
    source.refresh_from_db()
    assert (source.title, source.url, source.publisher.name) == ("T", "https://gov.example/treaty", "gov")


def test_a_publisher_is_found_by_its_name_whatever_the_case(reporter):
    for name, url in (("Łódź Post", "https://a.example/"), ("łódź post", "https://b.example/")):
        evidence.source_like(url=url, title="T", publisher_name=name, by=reporter, now=NOW)
    assert Publisher.objects.count() == 1


def test_a_role_is_one_of_the_speakers_own(reporter):
    ada, _minister = make_speaker("Ada")
    _bea, chancellor = make_speaker("Bea")
    quote = make_quote(reporter, words="so it is")
    assert (
        refused(evidence.attribute_quote, quote, speaker=ada, role=chancellor, by=reporter)
        == "role_of_another"
    )
    quote.refresh_from_db()
    assert quote.speaker is None


def test_namesakes_get_addresses_of_their_own(reporter):
    slugs = {evidence.enter_speaker(name="Ada Sample", by=reporter, now=NOW).slug for _ in range(3)}
    assert len(slugs) == 3
    assert Speaker.objects.count() == 3


def test_a_citation_made_after_a_withdrawal_is_the_last_one():
    desk = Desk()
    first, second = desk.claim.citations.all()
    evidence.withdraw_citation(first, by=desk.reporter, now=NOW)
    third = evidence.cite(desk.claim, make_source(desk.reporter), by=desk.reporter, now=NOW)
    assert third.position > second.position


@pytest.mark.parametrize(
    ("text", "slug"),
    [("Łódź i Żółć", "lodz-i-zolc"), ("Ørsted, Straße", "orsted-strasse"), ("Przykładna", "przykladna")],
)
def test_a_slug_keeps_every_letter_as_a_plain_one(text, slug):
    assert drafting.free_slug(Person, text) == slug


def test_what_an_edition_printed_of_a_source_is_amended_and_not_said_anew():
    desk = Desk()
    desk.publish()
    for by in (desk.reporter, desk.editor):
        assert refused(evidence.identify_source, desk.first, by=by, title="Another title") == "printed"


def test_what_rests_on_a_quote_that_is_revised_lapses_and_holds_again_when_it_is_put_back():
    desk = Desk()
    desk.check_all()
    desk.approve()
    held = codes(desk)
    revised = evidence.revise(desk.quote, words="a great day", by=desk.checker, now=NOW)
    assert revised.words == "a great day"
    assert codes(desk) - held >= {"quote_not_verbatim", "quote_not_checked"}
    evidence.revise(desk.quote, words="a good day", by=desk.reporter, now=NOW)
    assert codes(desk) == held
    evidence.revise(desk.quote, words="a good day", by=desk.reporter, now=NOW)
    events = AuditEvent.objects.filter(act="quote.changed").order_by("pk")
    assert [(event.by, event.data) for event in events] == [
        (desk.checker, {"fields": ["words"]}),
        (desk.reporter, {"fields": ["words"]}),
    ]


def test_the_kind_of_a_claim_decides_how_many_origins_it_asks_for():
    desk = Desk()
    EvidenceRule.objects.create(kind="figure", origins=3)
    evidence.revise(desk.claim, kind="figure", by=desk.reporter, now=NOW)
    assert "too_few_origins" in codes(desk)


@pytest.mark.parametrize(
    ("fields", "code", "place"),
    [
        ({"words": ""}, "blank", "words"),
        ({"words": "Wo\u202erds"}, "text_unreadable", "words"),
        ({"language": "much too long for it"}, "max_length", "language"),
        ({"original": "Dobry dzień"}, "translation_incomplete", "__all__"),
        ({"speaker": None}, "role_of_another", "role"),
    ],
)
def test_what_a_quote_cannot_be_is_refused_at_its_field_and_changes_nothing(fields, code, place):
    desk = Desk()
    with pytest.raises(DomainError) as refused:
        evidence.revise(desk.quote, by=desk.reporter, now=NOW, **fields)
    assert (refused.value.code, refused.value.place) == (code, place)
    assert not AuditEvent.objects.filter(act="quote.changed").exists()


def test_a_claim_is_revised_by_the_desk_and_under_the_name_that_stands(reporter):
    claim, other = make_claim(reporter), make_claim(reporter)
    assert refused(evidence.revise, claim, by=make_user("administrator"), label="Mine") == "not_allowed"
    with pytest.raises(TypeError):
        evidence.revise(claim, by=reporter, now=NOW, created_by=reporter)
    merge(other, claim, by=make_user("editor"), now=NOW, note="The same.")
    assert refused(evidence.revise, claim, by=reporter, label="Mine") == "merged_already"


def test_readers_are_told_the_dates_of_a_claim_if_the_desk_wishes_and_no_clock_is_asked():
    desk = Desk()
    dates = {"as_of": date(2026, 5, 3), "review_by": date(2026, 6, 20)}
    evidence.revise(desk.claim, by=desk.reporter, now=NOW, **dates)
    assert not {"as_of", "review_by"} & build_content(open_dossier(desk.article))["statements"][0].keys()
    evidence.revise(desk.claim, by=desk.reporter, now=NOW, dates_told=True)
    edition = desk.publish()
    told = json.loads(edition.content.document)["content"]["statements"][0]
    assert (told["as_of"], told["review_by"]) == ("2026-05-03", "2026-06-20")
    pages = [
        reading.page(desk.article.slug, now=NOW + wait, gzipped=False)
        for wait in (timedelta(hours=1), timedelta(days=60))
    ]
    assert {b"to be looked at again by 20 June 2026" in page.body for page in pages} == {True}
    assert pages[0].etag == pages[1].etag
    answer = reading.detail(desk.article.public_id, now=NOW + timedelta(hours=1), gzipped=False)
    assert json.loads(answer.body)["statements"][0]["review_by"] == "2026-06-20"
