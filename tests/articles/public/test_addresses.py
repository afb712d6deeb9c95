"""What answers at an article's address, when, and with which headers."""

import gzip
from datetime import timedelta

import pytest
from django.utils.http import http_date

from articles import publishing
from articles.models import Rendering
from articles.rendering.rebuilding import rebuild
from articles.withdrawing import withdraw_source
from tests.articles.public.people import take_away
from tests.making import NOW, Desk

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=3)


@pytest.fixture
def desk():
    return Desk(slug="a-treaty")


@pytest.fixture
def story(desk):
    return desk.publish()


def get(client, path="/articles/a-treaty/", **headers):
    return client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})


def test_a_published_article_is_a_page(client, story):
    answer = get(client)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert "A treaty is signed" in answer.text


def test_a_page_is_one_query_whatever_stands_in_it(client, story, django_assert_num_queries):
    for headers in ({}, {"accept_encoding": "gzip"}, {"if_none_match": '"x"'}):
        get(client, **headers)
        with django_assert_num_queries(1):
            get(client, **headers)


def test_reading_sets_no_cookie_and_asks_for_none(client, story):
    for path in ("/articles/a-treaty/", "/", "/api/v1/articles/", "/nothing/"):
        answer = client.get(path)
        assert answer.cookies == {}
        assert "Cookie" not in answer.get("Vary", "")


def test_lifetimes_are_fixed_and_short(client, story):
    assert get(client)["Cache-Control"] == "public, max-age=60, s-maxage=2"


def test_who_asks_by_date_gets_a_page_anew_once_it_is_another(client, desk, story):
    """Also who has never heard of tags: since when a page is as it is comes with it."""
    for path in ("/articles/a-treaty/", "/articles/a-treaty/editions/1/"):
        first = get(client, path)
        since = first["Last-Modified"]
        assert get(client, path, accept_encoding="gzip")["Last-Modified"] == since
        assert get(client, path, if_modified_since=since).status_code == 304
        assert get(client, path, if_modified_since=since, if_none_match='"other"').status_code == 200
    # The same bytes made anew are those of before; other bytes are not.
    Rendering.objects.update(made_at=NOW)
    rebuild([story.pk])
    assert get(client)["Last-Modified"] == http_date(NOW.timestamp())
    withdraw_source(desk.first, by=desk.duty, now=NOW, withdrawn_by="newsroom", reason="Forged.")
    assert get(client)["ETag"] != first["ETag"]
    assert Rendering.objects.get(edition=story, representation="page").made_at != NOW


def test_compressed_and_plain_are_two_representations_with_tags_of_their_own(client, story):
    plain, packed = get(client), get(client, accept_encoding="br, gzip;q=0.5")
    assert gzip.decompress(packed.content) == plain.content
    assert packed["Content-Encoding"] == "gzip"
    assert not plain.has_header("Content-Encoding")
    assert plain["ETag"] != packed["ETag"]
    assert {plain["Vary"], packed["Vary"]} == {"Accept-Encoding"}
    assert not plain["ETag"].startswith("W/")


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', '"other",W/{} , "more"', "*"])
def test_what_a_reader_has_already_is_not_sent_again(client, story, form):
    for coding in ({}, {"accept_encoding": "gzip"}):
        full = get(client, **coding)
        again = get(client, if_none_match=form.format(full["ETag"]), **coding)
        assert (again.status_code, again.content) == (304, b"")
        for header in ("ETag", "Cache-Control", "Vary"):
            assert again[header] == full[header]


@pytest.mark.parametrize("form", ['"other"', "nonsense", '"', ",,,", "{}x", "ź"])
def test_another_tag_gets_the_page(client, story, form):
    assert get(client, if_none_match=form.format(get(client)["ETag"])).status_code == 200


def test_the_tag_of_one_representation_is_not_that_of_the_other(client, story):
    assert get(client, if_none_match=get(client)["ETag"], accept_encoding="gzip").status_code == 200


def test_head_answers_as_get_does_without_the_page(client, story):
    full, head = get(client), client.head("/articles/a-treaty/")
    assert head.content == b""
    assert dict(head.headers) == dict(full.headers)


def test_nothing_can_be_sent_to_a_page(client, story):
    assert client.post("/articles/a-treaty/").status_code == 405


def test_a_new_edition_takes_the_place_of_the_old_at_once(client, desk, story):
    before = get(client)
    desk.save(headline="Another headline")
    desk.publish(now=NOW + timedelta(minutes=1))
    after = get(client, if_none_match=before["ETag"])
    assert after.status_code == 200
    assert "Another headline" in after.text


def test_a_scheduled_edition_shows_from_its_second_on_and_not_before(client, desk, clock):
    desk.publish(at=LATER)
    nothing = get(client, "/articles/never-was/")
    for moment in (NOW + timedelta(hours=1), LATER - timedelta(seconds=1), LATER - timedelta(microseconds=1)):
        clock.move_to(moment)
        waiting = get(client)
        assert waiting.status_code == 404
        assert waiting.content == nothing.content
        # What is asked for is all that an answer about nothing repeats.
        keys = (waiting["Surrogate-Key"], nothing["Surrogate-Key"])
        assert keys == ("article-a-treaty", "article-never-was")
        told, nothing_told = (dict(answer.headers) | {"Surrogate-Key": ""} for answer in (waiting, nothing))
        assert told == nothing_told
    clock.move_to(LATER)
    assert get(client).status_code == 200


def test_a_scheduled_update_leaves_the_edition_before_until_its_second(client, desk, story, clock):
    desk.save(headline="Another headline")
    desk.publish(at=LATER)
    clock.move_to(LATER - timedelta(microseconds=1))
    assert "A treaty is signed" in get(client).text
    clock.move_to(LATER)
    assert "Another headline" in get(client).text
    assert "Last changed" in get(client).text


def test_what_is_not_there_is_not_kept_by_any_cache(client):
    answer = get(client, "/articles/nothing/")
    assert answer.status_code == 404
    assert answer["Cache-Control"] == "no-cache"
    assert "Page not found" in answer.text


@pytest.mark.parametrize("kind", ["retraction", "unpublication", "take_down"])
def test_an_article_that_was_taken_away_is_gone_with_a_notice_and_without_its_words(
    client, story, clock, kind
):
    before = get(client)
    take_away(story, kind=kind, note="We were wrong.", at=LATER)
    if kind != "take_down":  # That erases the finished pages in the act itself.
        clock.move_to(LATER - timedelta(seconds=1))
        assert get(client).status_code == 200
    clock.move_to(LATER)
    for tag in (before["ETag"], get(client)["ETag"], "*"):
        answer = get(client, if_none_match=tag)
        assert answer.status_code == 410
        # A take-down is neutral; a retraction says of what.
        assert ("We were wrong." in answer.text) is (kind != "take_down")
        assert ("RETRACTED: A treaty is signed" in answer.text) is (kind == "retraction")
        assert ("A treaty is signed" in answer.text) is (kind == "retraction")
        assert "a good day" not in answer.text


DOORS = (
    "/",
    "/articles/a-treaty/",
    "/api/v1/articles/",
    "/api/v1/articles/{article}/",
    "/api/v1/claims/",
    "/api/v1/claims/{claim}/",
    "/api/v1/quotes/",
    "/api/v1/quotes/{quote}/",
    "/api/v1/sources/",
    "/api/v1/sources/{source}/",
)


def everything_public(client, desk) -> str:
    names = {
        "article": desk.article.public_id,
        "claim": desk.claim.public_id,
        "quote": desk.quote.public_id,
        "source": desk.second.public_id,
    }
    return "".join(client.get(door.format(**names)).text for door in DOORS)


def test_no_door_shows_anything_of_a_draft(client, desk, clock):
    secrets = (
        "A treaty is signed",
        "Two states sign",
        "a good day",
        "Ada Sample",
        desk.first.title,
        desk.claim.label,
    )
    for _stage in ("draft", "approved", "scheduled"):
        shown = everything_public(client, desk)
        assert [secret for secret in secrets if secret in shown] == []
        if desk.reload().stage == "draft":
            desk.check_all()
            desk.approve()
        else:
            publishing.publish(desk.article, by=desk.duty, now=NOW, at=LATER)
    clock.move_to(LATER)
    shown = everything_public(client, desk)
    # The claim's own text is the desk's name for it and never goes out.
    assert [secret for secret in secrets if secret not in shown] == [desk.claim.label]


def test_no_door_shows_the_draft_of_the_next_edition(client, desk, story):
    before = everything_public(client, desk)
    desk.save(headline="Secret headline", body=desk.body(signed="A secret sentence of 27 May 2026"))
    desk.check_all()
    desk.approve()
    assert everything_public(client, desk) == before


@pytest.mark.parametrize(
    "path",
    [
        "/articles/%00/",
        "/articles/a%00treaty/",
        "/articles/%ff%fe/",
        "/articles/" + "a" * 5000 + "/",
        "/articles/a-treaty'%20OR%201=1--/",
        "/articles/../a-treaty/",
        "/articles/a-treaty/%0d%0aSet-Cookie:x=1/",
        "/articles/%F0%9F%98%80/",
    ],
)
def test_hostile_addresses_are_not_there(client, story, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("query", ["?x=%00", "?" + "a=1&" * 900, "?q=%ff%fe", "?" + "x" * 60_000])
def test_a_page_minds_no_query_string(client, story, query):
    assert client.get("/articles/a-treaty/" + query).status_code == 200
