"""The small door by which the editor makes records behind its marks."""

import json

import pytest
from django.urls import reverse

from articles.models import Citation, Claim, Quote
from sources.models import Speaker
from tests.articles.admin.pages import signed_in
from tests.making import Desk, make_speaker, make_user

pytestmark = pytest.mark.django_db


def ask(user, body):
    data = body if isinstance(body, (bytes, str)) else json.dumps(body)
    return signed_in(user).post(
        reverse("admin:articles_article_records"), data, content_type="application/json"
    )


def test_a_claim_is_made_with_its_source():
    desk = Desk()
    answer = ask(desk.reporter, {"kind": "claim", "text": "It was signed", "address": desk.first.url})
    assert answer.status_code == 201
    claim = Claim.objects.get(public_id=answer.json()["id"])
    assert claim.label == "It was signed"
    assert Citation.objects.get(claim=claim).source == desk.first


def test_a_quote_is_made_with_a_speaker_known_or_new():
    desk = Desk()
    for name in ("ada sample", "Bea New"):
        answer = ask(desk.reporter, {"kind": "quote", "text": "so it is", "speaker": name, "language": "pl"})
        quote = Quote.objects.get(public_id=answer.json()["id"])
        assert quote.speaker.name.lower() == name.lower()
        assert quote.language == "pl"
    assert Speaker.objects.filter(name__iexact="ada sample").count() == 1


REFUSED = [
    (b"not json", 400, "unreadable"),
    (b"[" * 100_000, 400, "unreadable"),
    ([1, 2], 400, "unreadable"),
    ({"kind": "claim", "text": 7}, 400, "unreadable"),
    ({"kind": "claim", "text": "x" * 30_000}, 400, "unreadable"),
    ({"kind": "claim", "text": "  "}, 409, "blank"),
    ({"kind": "claim"}, 409, "blank"),
    ({"kind": "planet", "text": "x"}, 409, "kind_unknown"),
    ({"kind": "claim", "text": "x", "address": "javascript:alert(1)"}, 409, "address_refused"),
    ({"kind": "quote", "text": "x", "speaker": "Ann Twice"}, 409, "speaker_ambiguous"),
]


@pytest.mark.parametrize(("body", "status", "code"), REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_made_is_refused_and_leaves_nothing(body, status, code):
    make_speaker("Ann Twice")
    make_speaker("Ann Twice")
    answer = ask(make_user("reporter"), body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Claim.objects.exists()
    assert not Quote.objects.exists()


def test_only_the_desk_makes_records():
    for user in (make_user("administrator"), make_user()):
        answer = ask(user, {"kind": "claim", "text": "x"})
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert ask(make_user("fact_checker"), {"kind": "claim", "text": "x"}).status_code == 201


def test_it_answers_posts_alone():
    assert signed_in(make_user("reporter")).get(reverse("admin:articles_article_records")).status_code == 405
