"""What the editor offers to choose from while one marks, and the door by which it cites."""

import json

import pytest
from django.db import connection
from django.urls import reverse

from articles import offering
from articles.models import Citation, Claim, Treaty
from articles.offering import TookTooLong
from sources.models import Capture, Source
from tests.articles.admin.pages import signed_in
from tests.making import Desk, make_claim, make_publisher, make_source, make_speaker, make_user

pytestmark = pytest.mark.django_db


def knock(user, door, asked, **more):
    data = asked if isinstance(asked, bytes) else json.dumps(asked)
    url = reverse(f"admin:articles_article_{door}")
    return signed_in(user).post(url, data, **{"content_type": "application/json"} | more)


def offered(desk, **asked):
    answer = knock(desk.reporter, "offered", asked)
    assert answer.status_code == 200, answer.content
    return [(offer["text"], offer["near"]) for offer in answer.json()["offered"]]


def test_near_duplicates_of_the_selected_words_come_first():
    desk = Desk()
    make_claim(desk.reporter, label="The treaty was signed in Nancy.")
    make_claim(desk.reporter, label="It rained on the day.")
    near = offered(desk, kind="claim", near="The treaty was signed")
    assert near[0] == ("The treaty was signed.", True)
    assert ("It rained on the day.", True) not in near
    assert offered(desk, kind="quote", near="A GOOD day!") == [("“a good day”", True)]
    assert offered(desk, kind="claim", near="", words="") == []


def test_records_are_found_by_words_speaker_and_treaty():
    desk = Desk()
    lone = make_claim(desk.reporter, label="Rails connect the two capitals.")
    assert offered(desk, kind="claim", words="RAILS two") == [(lone.label, False)]
    assert offered(desk, kind="claim", words="rails planes") == []
    assert offered(desk, kind="quote", words="good sample") == [("“a good day”", False)]
    treaty = Treaty.objects.create(title="Treaty of Nowhere", slug="nowhere")
    desk.article.treaties.add(treaty)
    assert offered(desk, kind="claim", words="Nowhere") == [("The treaty was signed.", False)]
    assert offered(desk, kind="quote", words="nowhere") == [("“a good day”", False)]


def test_sources_are_found_by_title_publisher_and_address():
    desk = Desk()
    source = make_source(
        desk.reporter, title="Minutes", publisher=make_publisher("Gazette"), url="https://g.example/m"
    )
    for words in ("minutes", "gazette minu", "g.example", "https://G.example/m#top"):
        assert offered(desk, kind="source", words=words) == [("Minutes", False)], words
    answer = knock(desk.reporter, "offered", {"kind": "source", "words": "https://new.example/"}).json()
    assert (answer["offered"], answer["address"]) == ([], True)
    assert offered(desk, kind="speaker", words="ada") == [("Ada Sample", False)]
    source.withdrawn_at, source.withdrawn_by, source.withdrawal_reason = desk.now, "newsroom", "Wrong."
    source.save()
    told = knock(desk.reporter, "offered", {"kind": "source", "words": "minutes"}).json()["offered"][0]
    assert told["detail"] == "Gazette · https://g.example/m · withdrawn"


def test_a_confidential_source_is_found_by_its_public_label_alone():
    desk = Desk()
    Source.objects.create(
        confidential=True, public_label="a diplomat", created_by=desk.reporter, created_at=desk.now
    )
    answer = knock(desk.reporter, "offered", {"kind": "source", "words": "diplomat"}).json()["offered"]
    assert [(told["text"], told["detail"]) for told in answer] == [("a diplomat", "confidential")]


def test_a_search_that_takes_too_long_offers_nothing_and_says_so(monkeypatch):
    desk = Desk()
    monkeypatch.setattr(offering, "PATIENCE_MS", 1)
    with pytest.raises(TookTooLong):
        offering._in_time(Claim.objects.extra(select={"x": "pg_sleep(1)"}))
    monkeypatch.undo()
    assert offered(desk, kind="speaker", words="ada") == [("Ada Sample", False)]
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone()[0] == "0"


def test_no_search_returns_more_than_a_list_holds():
    desk = Desk()
    for number in range(30):
        make_claim(desk.reporter, label=f"Number {number} of the claims")
        make_speaker(f"Number {number}")
    assert len(offered(desk, kind="claim", words="number")) == offering.MOST_OFFERED
    assert len(offered(desk, kind="claim", near="Number of the claims")) == offering.MOST_LIKE
    assert len(offered(desk, kind="speaker", words="number")) == offering.MOST_OFFERED


def test_citing_a_known_source_and_a_new_address():
    desk = Desk()
    claim = {"of": "claim", "id": desk.claim.public_id}
    known = make_source(desk.reporter)
    answer = knock(desk.reporter, "cite", claim | {"source": known.public_id, "stance": "contradicts"})
    assert (answer.status_code, answer.json()) == (201, {"id": desk.claim.public_id})
    assert desk.claim.citations.get(source=known).stance == "contradicts"

    told = {"of": "quote", "id": desk.quote.public_id, "address": "https://new.example/said"}
    answer = knock(desk.reporter, "cite", told | {"carries": "report", "title": "Said", "publisher": "Paper"})
    assert answer.status_code == 201
    citation = Citation.objects.get(source__url="https://new.example/said")
    assert (citation.quote, citation.carries, citation.chosen_by) == (desk.quote, "report", desk.reporter)
    assert (citation.source.title, citation.source.publisher.name) == ("Said", "Paper")
    assert Capture.objects.get(source=citation.source).state == Capture.State.WAITING


def test_a_sentence_that_rests_on_nothing_gets_a_claim_of_its_own_words():
    desk = Desk()
    answer = knock(desk.reporter, "cite", {"of": "claim", "text": "So it is", "source": desk.first.public_id})
    assert Claim.objects.get(public_id=answer.json()["id"]).label == "So it is"


CITE = {"of": "claim", "address": "https://new.example/"}
REFUSED = [
    ("cite", CITE | {"of": "planet"}, 409, "kind_unknown"),
    ("cite", CITE | {"id": "nobody"}, 409, "record_unknown"),
    ("cite", CITE | {"id": "x" * 4_000}, 409, "record_unknown"),
    ("cite", CITE | {"text": ""}, 409, "blank"),
    ("cite", CITE | {"text": "So", "address": ""}, 409, "source_missing"),
    ("cite", CITE | {"text": "So", "address": "javascript:alert(1)"}, 409, "address_refused"),
    ("cite", CITE | {"text": "So", "source": "nobody"}, 409, "record_unknown"),
    ("cite", CITE | {"text": "So", "stance": "loves"}, 409, "invalid_choice"),
    ("cite", CITE | {"text": "So", "title": "x" * 501}, 409, "text_too_long"),
    ("cite", b"x" * 20_001, 413, "too_large"),
    ("offered", {"kind": "planet"}, 409, "kind_unknown"),
    ("offered", {"kind": "claim", "words": "x" * 5_001}, 400, "unreadable"),
    ("offered", {"kind": "claim", "words": ["a"]}, 400, "unreadable"),
    ("offered", b"[]", 400, "unreadable"),
]


@pytest.mark.parametrize(("door", "asked", "status", "code"), REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_done_is_refused_and_leaves_nothing(door, asked, status, code):
    answer = knock(make_user("reporter"), door, asked)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Claim.objects.exists()
    assert not Source.objects.exists()


JUNK = ["\x00", "%", "_ \\", "'; --", "\ud800", "(((", "x " * 2_000, "“”"]


@pytest.mark.parametrize("words", JUNK, ids=range(len(JUNK)))
def test_junk_is_searched_like_any_other_words(words):
    desk = Desk()
    for kind in ("claim", "quote", "source", "speaker"):
        offered(desk, kind=kind, words=words, near=words)


def test_both_doors_are_the_desks_alone():
    for user in (make_user("administrator"), make_user()):
        for door in ("offered", "cite"):
            answer = knock(user, door, {"kind": "claim", "of": "claim"})
            assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
