"""Claims, quotes and sources: known through the statements of listed editions and by nothing else."""

from datetime import date, timedelta

import pgtrigger
import pytest

from articles import uses
from articles.api import records
from articles.models import Claim, Quote, Rendering, StatementQuote
from sources.models import Source
from tests.making import NOW, Desk, cite, make_claim, make_publisher, make_quote, make_source

pytestmark = pytest.mark.django_db
KINDS = ("claims", "quotes", "sources")


def listed(client, kind: str, query: str = "") -> list[dict]:
    return client.get(f"/api/v1/{kind}/{query}").json()["results"]


def one(client, kind: str, record) -> dict:
    answer = client.get(f"/api/v1/{kind}/{record.public_id}/")
    assert answer.status_code == 200
    return answer.json()


def test_a_claim_is_its_public_id_and_the_sentences_that_make_it(client):
    desk = Desk(slug="a-treaty")
    desk.publish()
    claim = one(client, "claims", desk.claim)
    assert claim.keys() == {"id", "statements", "more_statements"}
    (statement,) = claim["statements"]
    assert statement["wording"] == "Two states signed a treaty on 27 May 2026"
    assert statement["address"] == f"/articles/a-treaty/#s-{Desk.KEYS[0]}"
    assert statement["article"]["headline"] == "A treaty is signed"
    assert [(c["source"], c["number"], c["stance"]) for c in statement["citations"]] == [
        (desk.first.public_id, 1, "supports"),
        (desk.second.public_id, 2, "supports"),
    ]
    assert all(citation["evidence"][0]["quote"] is None for citation in statement["citations"])
    assert listed(client, "claims") == [claim]


def test_a_quote_is_what_the_newest_edition_printed_whatever_the_desk_writes_since(client):
    desk = Desk()
    desk.publish()
    Quote.objects.filter(pk=desk.quote.pk).update(words="something else", occasion="secret")
    quote = one(client, "quotes", desk.quote)
    assert (quote["words"], quote["role"], quote["occasion"]) == ("a good day", "Minister", "")
    assert quote["speaker"]["name"] == "Ada Sample"
    assert quote["statements"][0]["wording"] == "Ada Sample called it “a good day”"


def test_a_source_shows_its_listed_fields_and_no_others(client):
    desk = Desk()
    desk.first.publisher = make_publisher("Daily Example")
    desk.first.published_on, desk.first.note = date(2026, 5, 27), "secret note"
    desk.first.save()
    desk.publish()
    answer = client.get(f"/api/v1/sources/{desk.first.public_id}/")
    source = answer.json()
    assert source.keys() == {
        "id", "title", "url", "publisher", "kind", "creators", "published_on", "language",
        "confidential", "label", "usage_terms", "withdrawn", "statements", "more_statements",
    }  # fmt: skip
    assert source["publisher"]["name"] == "Daily Example"
    assert source["published_on"] == "2026-05-27"
    assert "secret" not in answer.text


def test_records_of_drafts_and_of_nothing_are_equally_unknown(client):
    desk = Desk()
    for kind, record in zip(KINDS, (desk.claim, desk.quote, desk.first), strict=True):
        hidden = client.get(f"/api/v1/{kind}/{record.public_id}/")
        nothing = client.get(f"/api/v1/{kind}/{'0' * 12}/")
        assert (hidden.status_code, nothing.status_code) == (404, 404)
        assert hidden.text.replace(record.public_id, "0" * 12) == nothing.text
        assert listed(client, kind) == []


def test_a_source_cited_in_drafts_alone_stays_unknown_beside_a_published_one(client):
    desk = Desk()
    unused = make_source(desk.reporter)
    desk.publish()
    make_claim(desk.reporter, unused)
    cite(desk.claim, unused, by=desk.reporter)
    assert unused.public_id not in [source["id"] for source in listed(client, "sources")]
    assert len(one(client, "claims", desk.claim)["statements"][0]["citations"]) == 2


def test_what_a_new_edition_no_longer_says_is_known_no_more(client, clock):
    desk = Desk()
    desk.publish()
    body = desk.body()
    desk.save(body=body[: body.index("<p>", 1)])
    later = NOW + timedelta(hours=2)
    desk.publish(now=NOW + timedelta(minutes=1), at=later)
    clock.move_to(later - timedelta(microseconds=1))
    assert one(client, "quotes", desk.quote)
    clock.move_to(later)
    assert listed(client, "quotes") == []
    assert len(listed(client, "claims")) == 1


def test_a_record_of_two_articles_names_both_newest_first(client):
    first, second = Desk(), Desk()
    first.publish()
    second.claim = first.claim
    second.save(body=second.body())
    second.publish()
    statements = one(client, "claims", first.claim)["statements"]
    assert [s["article"]["id"] for s in statements] == [second.article.public_id, first.article.public_id]


def test_a_source_cited_twice_in_one_sentence_names_it_once(client):
    desk = Desk()
    cite(desk.claim, desk.first, by=desk.reporter, stance="context")
    desk.publish()
    source = one(client, "sources", desk.first)
    assert len(source["statements"]) == 1
    assert [c["stance"] for c in source["statements"][0]["citations"] if c["number"] == 1] == [
        "supports",
        "context",
    ]


def test_a_record_used_very_often_tells_the_newest_and_that_there_are_more(client, monkeypatch):
    monkeypatch.setattr(uses, "MOST_USES", 2)
    desks = [Desk() for _ in range(3)]
    for desk in desks:
        desk.claim = desks[0].claim
        desk.save(body=desk.body())
        desk.publish()
        claim = one(client, "claims", desks[0].claim)
    assert claim["more_statements"] is True
    assert [s["article"]["id"] for s in claim["statements"]] == [
        d.article.public_id for d in (desks[2], desks[1])
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_ten_records_take_as_many_queries_as_one(client, kind, django_assert_max_num_queries):
    Desk().publish()
    with django_assert_max_num_queries(6) as asked:
        listed(client, kind)
    few = len(asked)
    for _ in range(9):
        desk = Desk()
        extra = make_quote(desk.reporter, desk.first, words="again", speaker=desk.speaker, role=desk.role)
        desk.quote = extra
        desk.save(body=desk.body(said="again"))
        desk.publish()
    with django_assert_max_num_queries(few):
        assert len(listed(client, kind)) >= 10


@pytest.mark.parametrize("kind", KINDS)
def test_following_next_shows_every_record_once(client, kind):
    for _ in range(3):
        Desk().publish()
    everything = [record["id"] for record in listed(client, kind)]
    found, address = [], f"/api/v1/{kind}/?limit=2"
    while address:
        page = client.get(address).json()
        found += [record["id"] for record in page["results"]]
        address = page["next"]
    assert found == everything == sorted(set(everything))


def test_nothing_of_a_claims_or_quotes_own_row_goes_out(client):
    desk = Desk()
    desk.publish()
    Claim.objects.filter(pk=desk.claim.pk).update(label="desk label", as_of=date(2001, 2, 3))
    Quote.objects.filter(pk=desk.quote.pk).update(words="desk words", translator="", occasion="desk occasion")
    Source.objects.filter(pk=desk.first.pk).update(note="desk note")
    shown = "".join(client.get(f"/api/v1/{kind}/").text for kind in KINDS)
    shown += client.get(f"/api/v1/articles/{desk.article.public_id}/").text
    assert "desk " not in shown
    assert "2001" not in shown


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_taken_down_while_somebody_looks_is_left_out(client, kind, monkeypatch):
    stays, goes = Desk(), Desk()
    for desk in (stays, goes):
        desk.publish()
    found = uses.statements_told

    def told(keys, **asked):
        Rendering.objects.filter(edition__article=goes.article).delete()
        return found(keys, **asked)

    monkeypatch.setattr(uses, "statements_told", told)
    answer = client.get(f"/api/v1/{kind}/")
    assert answer.status_code == 200
    names = {"claims": stays.claim, "quotes": stays.quote, "sources": stays.first}
    told = [record["id"] for record in answer.json()["results"]]
    assert names[kind].public_id in told
    assert len(told) == (2 if kind == "sources" else 1)
    gone = {"claims": goes.claim, "quotes": goes.quote, "sources": goes.first}[kind]
    assert client.get(f"/api/v1/{kind}/{gone.public_id}/").status_code == 404


def test_a_quote_that_is_sealed_while_somebody_looks_is_left_out(client, monkeypatch):
    desk = Desk()
    desk.publish()
    found = records.uses

    def told(*asked):
        uses_found = found(*asked)
        with pgtrigger.ignore():
            StatementQuote.objects.all().delete()
        return uses_found

    monkeypatch.setattr(records, "uses", told)
    assert client.get(f"/api/v1/quotes/{desk.quote.public_id}/").status_code == 404
