"""The picture beside a link to an article on other sites: there as long as its edition can be opened."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from PIL import Image
from procrastinate.contrib.django.models import ProcrastinateJob

from articles.illustrating import keep_image
from articles.models import Rendering
from articles.publishing import announce_due
from articles.rendering import social_card, social_pictures
from articles.rendering.rebuilding import outdated, rebuild
from articles.rendering.social_pictures import draw_ahead
from articles.rules.cropping import part_shown, size_shown
from articles.tasks import follow_edition
from tests.articles.illustrating.shown import figure, keep
from tests.articles.public.people import take_away
from tests.articles.rendering.html import read
from tests.making import NOW, Desk

pytestmark = pytest.mark.django_db


def named(client, desk) -> str:
    page = read(client.get(f"/articles/{desk.article.slug}/").text)
    return page.one("meta", property="og:image")["content"]


def test_an_article_without_picture_names_one_that_says_its_headline(client, django_assert_num_queries):
    desk = Desk(slug="a-treaty")
    edition = desk.publish()
    path = named(client, desk)
    assert path == f"/cards/{edition.public_id}.png"
    draw_ahead(edition.pk)
    with django_assert_num_queries(2):
        answer = client.get(path)
    assert answer["Content-Type"] == "image/png"
    assert Image.open(BytesIO(answer.content)).size == (1200, 630)
    assert answer["Surrogate-Key"].split() == ["article-a-treaty", f"article-{desk.article.public_id}"]
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    with django_assert_num_queries(1):
        assert client.get(path, headers={"if-none-match": answer["ETag"]}).status_code == 304


def test_it_is_drawn_once_for_whoever_asks_first_and_again_when_it_would_look_otherwise(
    client, monkeypatch, settings
):
    drawn = []
    monkeypatch.setattr(social_pictures, "card_png", lambda told: drawn.append(told) or b"%d" % len(drawn))
    desk = Desk()
    edition = desk.publish()
    path = f"/cards/{edition.public_id}.png"
    assert [client.get(path).content for _ in range(2)] == [b"1", b"1"]
    # A rebuild has nothing to do with it, nor has it with a rebuild.
    Rendering.objects.filter(representation="drawn").update(template_release="old")
    assert outdated() == []
    rebuild([edition.pk])
    assert client.get(path).content == b"1"
    assert not Rendering.objects.filter(template_release="old").exists()
    Rendering.objects.filter(representation="drawn").update(template_release="old")
    settings.NEWSROOM_NAME = "Another paper"
    assert [client.get(path).content for _ in range(2)] == [b"2", b"2"]


def test_it_is_drawn_ahead_when_its_edition_shows_but_of_an_archive(client):
    desk = Desk()
    waiting = desk.publish(at=NOW + timedelta(hours=2))
    follow = ProcrastinateJob.objects.filter(task_name="articles.tasks.follow_edition")
    assert not follow.exists()
    announce_due(now=NOW + timedelta(hours=2))
    assert [job.args for job in follow] == [{"edition": waiting.pk}]
    follow_edition(waiting.pk)
    pictures = Rendering.objects.filter(representation__in=social_pictures.PICTURES)
    assert list(pictures.values_list("edition", "representation")) == [(waiting.pk, "drawn")]
    pictures.delete()
    card = Rendering.objects.get(edition=waiting, representation="card")
    told = json.loads(bytes(card.plain)) | {"archive": {"published_on": "2019-05-03"}}
    Rendering.objects.filter(pk=card.pk).update(plain=json.dumps(told).encode())
    follow_edition(waiting.pk)
    assert not pictures.exists()


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


def test_of_a_large_picture_the_part_around_its_focal_point_is_named_and_sent(
    client, django_assert_num_queries
):
    drawn = Image.new("RGB", (1600, 1600), "white")
    drawn.paste("black", (0, 1280, 1600, 1600))
    file = BytesIO()
    drawn.save(file, "PNG")
    desk = Desk(slug="shown")
    facts = {"alt": "A border.", "credit": "Mira", "usage_terms": "Ours."}
    image = keep_image(file.getvalue(), by=desk.reporter, now=NOW, focal_x=50, focal_y=100, **facts)
    desk.save(body=figure(image) + desk.body())
    edition = desk.publish()
    path = named(client, desk)
    assert path == f"/cards/{edition.public_id}.jpg"
    draw_ahead(edition.pk)
    with django_assert_num_queries(2):
        answer = client.get(path)
    assert (answer["Content-Type"], answer["Content-Security-Policy"]) == (
        "image/jpeg",
        "default-src 'none'; sandbox",
    )
    sent = Image.open(BytesIO(answer.content)).convert("L")
    assert sent.size == (1200, 630)
    # The lower edge of the picture, where the focal point is: a black fifth of the whole is half of the part.
    assert sent.getpixel((600, 600)) < 30
    assert sent.getpixel((600, 100)) > 220
    assert client.get(path, headers={"if-none-match": answer["ETag"]}).status_code == 304
    take_away(edition, kind="take_down", note="", at=NOW + timedelta(hours=3))
    with time_machine.travel(NOW + timedelta(hours=3), tick=False):
        assert client.get(path).status_code == 404
    assert not Rendering.objects.filter(edition=edition, representation="cut").exists()


def test_an_edition_without_picture_has_none_cut(client):
    desk = Desk()
    edition = desk.publish()
    assert client.get(f"/cards/{edition.public_id}.jpg").status_code == 404
    assert client.get("/cards/000000000000.jpg").status_code == 404


PARTS = [
    ((1600, 900), [50, 50], (0, 30, 1600, 870), (1200, 630)),
    ((1600, 900), [50, 0], (0, 0, 1600, 840), (1200, 630)),
    ((3000, 630), [100, 50], (1800, 0, 3000, 630), (1200, 630)),
    ((800, 800), [50, 100], (0, 380, 800, 800), (800, 420)),
    ((1, 9000), [0, 100], (0, 8999, 1, 9000), (1, 1)),
    ((9000, 1), [50, 50], (4500, 0, 4501, 1), (1, 1)),
]


@pytest.mark.parametrize(("size", "focal", "part", "sent"), PARTS)
def test_the_part_lies_in_the_picture_and_is_never_made_larger(size, focal, part, sent):
    assert part_shown(*size, focal) == part
    assert size_shown(*size) == sent


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
