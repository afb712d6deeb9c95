"""The picture beside a link to an article on other sites: there as long as its edition can be opened."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from articles.rendering import social_card
from tests.articles.illustrating.shown import figure, keep
from tests.articles.public.people import take_away
from tests.articles.rendering.html import read
from tests.making import NOW, Desk

pytestmark = pytest.mark.django_db


def named(client, desk) -> str:
    page = read(client.get(f"/articles/{desk.article.slug}/").text)
    return page.one("meta", property="og:image")["content"]


def test_an_article_without_picture_names_one_that_says_its_headline(
    client, django_assert_num_queries, monkeypatch
):
    desk = Desk(slug="a-treaty")
    edition = desk.publish()
    path = named(client, desk)
    assert path == f"/cards/{edition.public_id}.png"
    with django_assert_num_queries(1):
        answer = client.get(path)
    assert answer["Content-Type"] == "image/png"
    assert Image.open(BytesIO(answer.content)).size == (1200, 630)
    assert answer["Surrogate-Key"].split() == ["article-a-treaty", f"article-{desk.article.public_id}"]
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    # Whoever has it already costs no picture.
    social_card.card_png.cache_clear()
    monkeypatch.setattr(social_card.typst, "compile", None)
    assert client.get(path, headers={"if-none-match": answer["ETag"]}).status_code == 304


def test_it_is_there_from_the_moment_to_the_end_of_its_edition(client, clock):
    desk = Desk()
    edition = desk.publish(at=NOW + timedelta(hours=2))
    path = f"/cards/{edition.public_id}.png"
    clock.move_to(NOW + timedelta(hours=2) - timedelta(microseconds=1))
    assert client.get(path).status_code == 404
    clock.move_to(NOW + timedelta(hours=2))
    assert client.get(path).status_code == 200
    take_away(edition, kind="take_down", note="", at=NOW + timedelta(hours=3))
    clock.move_to(NOW + timedelta(hours=3))
    assert client.get(path).status_code == 404
    for nobody in ("000000000000", "a" * 41, "A", "%00"):
        assert client.get(f"/cards/{nobody}.png").status_code == 404


def test_an_article_with_a_picture_names_that(client):
    desk = Desk(slug="shown")
    image = keep(desk)
    desk.save(body=figure(image) + desk.body())
    desk.publish()
    assert named(client, desk).startswith("/images/")


def test_words_of_a_headline_are_never_markup_and_always_fit():
    card = {
        "headline": '#let x = 1; $a$ *b* _c_ \\ ] " <tag> @ref ' + "Donaudampfschifffahrt " * 7,
        "language": "pl",
        "archive": {"published_on": "2019-05-03"},
        "first_published_at": "2026-06-01T12:00:00Z",
        "not_yet_checked": ["headline"],
    }
    told = social_card.told_on_card(card)
    assert "3 maja 2019" in told.decode()
    assert "tytuł jeszcze niesprawdzony" in told.decode()
    picture = Image.open(BytesIO(social_card.card_png(told))).convert("L")
    # The lowest words stand above the line of the date: nothing is cut, nothing is overprinted.
    assert min(picture.crop((84, 512, 1116, 520)).get_flattened_data()) > 200
