"""A copy of everything: in lines, in answers of bounded length, and nothing of it lost to who follows on."""

import gzip
import json

import pytest
import zstandard
from django.test import Client

from articles.api import export
from articles.corrections import unpublish
from newsroom.partners.keys import make_key
from newsroom.partners.models import Fetch, Partner, Product, Scope
from tests.making import NOW, Desk

pytestmark = pytest.mark.django_db
PATH = "/api/v1/export/"


@pytest.fixture
def partner():
    partner = Partner.objects.create(name="River Wire", mail="desk@river.example")
    partner.products.add(Product.objects.create(name="Everything"))
    return partner


@pytest.fixture
def reader(partner) -> Client:
    return with_key(partner, Scope.READ, Scope.BULK)


def with_key(partner, *scopes) -> Client:
    _key, text = make_key(partner, name="k", by=None, now=NOW, scopes=scopes)
    return Client(headers={"authorization": f"Bearer {text}"})


def lines(answer) -> list[dict]:
    assert (answer.status_code, answer["Content-Type"]) == (200, export.LINES)
    return [json.loads(line) for line in answer.content.splitlines()]


def test_a_copy_is_for_keys_that_are_for_it(client, partner):
    assert client.get(PATH).status_code == 401
    refused = with_key(partner, Scope.READ).get(PATH)
    assert (refused.status_code, refused["Content-Type"]) == (403, "application/problem+json")
    for cursor in ("x", "", "MA"):
        assert with_key(partner, Scope.BULK).get(PATH, {"cursor": cursor}).status_code == 400


def test_everything_is_told_once_in_answers_of_bounded_length_that_go_on(
    client, reader, partner, monkeypatch
):
    assert lines(reader.get(PATH))[1:] == [{"export": {"complete": True, "cursor": None, "next": None}}]
    desks = [Desk(slug=f"story-{number}") for number in range(4)]
    for desk in desks:
        desk.publish()
    monkeypatch.setattr(export, "STRETCH", 2)
    monkeypatch.setattr(export, "MOST", 3)
    first, *articles, last = lines(reader.get(PATH))
    assert len(articles) == 4
    assert (first["export"]["follow_after"], last["export"]["complete"]) == (4, False)
    again, *rest, end = lines(reader.get(last["export"]["next"].removeprefix("http://testserver")))
    assert (rest, again, end["export"]["complete"]) == ([], first, True)
    ids = sorted(desk.article.public_id for desk in desks)
    assert [article["id"] for article in articles] == ids
    assert articles == [client.get(f"/api/v1/articles/{public_id}/").json() for public_id in ids]
    assert Fetch.objects.filter(partner=partner).count() == 4


def test_a_copy_has_what_the_key_opens_and_stands(client, reader, partner):
    gone, stays, waits = (Desk(slug=f"story-{number}") for number in range(3))
    for desk in (gone, stays):
        desk.publish()
    waits.approve()
    unpublish(gone.article, by=gone.duty, now=NOW, reason="An error.")
    told = lines(reader.get(PATH))[1:-1]
    assert [article["id"] for article in told] == [stays.article.public_id]
    polish = Product.objects.create(name="Polish", languages=["pl"])
    partner.products.set([polish])
    assert lines(reader.get(PATH))[1:-1] == []


def test_an_answer_ends_after_so_many_bytes_and_can_be_gone_on_with(reader, monkeypatch):
    for number in range(3):
        Desk(slug=f"story-{number}").publish()
    monkeypatch.setattr(export, "STRETCH", 1)
    monkeypatch.setattr(export, "ENOUGH", 1)
    cursor, told = {}, []
    for _ in range(3):
        _first, article, last = lines(reader.get(PATH, cursor))
        told.append(article["slug"])
        assert not last["export"]["complete"]
        cursor = {"cursor": last["export"]["cursor"]}
    assert sorted(told) == ["story-0", "story-1", "story-2"]
    assert lines(reader.get(PATH, cursor))[1:] == [
        {"export": {"complete": True, "cursor": None, "next": None}}
    ]


def test_who_follows_from_the_copy_misses_nothing_that_was_published_meanwhile(reader, monkeypatch):
    desks = [Desk(slug=f"story-{number}") for number in range(2)]
    for desk in desks:
        desk.publish()
    late = Desk(slug="late")
    monkeypatch.setattr(export, "STRETCH", 1)
    monkeypatch.setattr(export, "MOST", 1)
    first, article, more = lines(reader.get(PATH))
    late.publish()
    held = article["id"]
    corrected = next(desk for desk in desks if desk.article.public_id == held)
    corrected.save(body=corrected.body(signed="It was signed in the end"))
    corrected.publish(kind="correction", note="It was signed in the end.")
    monkeypatch.undo()
    _again, *articles, last = lines(reader.get(PATH, {"cursor": more["export"]["cursor"]}))
    articles.append(article)
    assert last["export"]["complete"]
    follow = first["export"]["changes"].removeprefix("http://testserver")
    changes = reader.get(follow).json()["results"]
    known = {article["id"]: article["number"] for article in articles}
    known |= {change["article"]["id"]: change["edition"]["number"] for change in changes}
    expected = {desk.article.public_id: 1 for desk in (*desks, late)} | {held: 2}
    assert known == expected


@pytest.mark.parametrize(
    ("coding", "unpack"),
    [
        ("gzip", gzip.decompress),
        ("zstd", lambda sent: zstandard.ZstdDecompressor().decompress(sent)),
    ],
)
def test_a_copy_is_packed_as_the_reader_likes(reader, coding, unpack):
    Desk().publish()
    plain = reader.get(PATH).content
    answer = reader.get(PATH, headers={"accept-encoding": coding})
    assert (answer["Content-Encoding"], unpack(answer.content)) == (coding, plain)


def test_nothing_is_left_to_be_made_while_it_is_sent(reader):
    """Whoever stops reading would hold up a thread of the worker for as long."""
    assert not reader.get(PATH).streaming


def test_the_head_reads_nothing_and_says_the_same(reader):
    head = reader.head(PATH)
    assert (head.status_code, head["Content-Type"]) == (200, export.LINES)
    assert head["Cache-Control"] == "no-store"
    head.close()
