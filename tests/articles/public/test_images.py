"""The files of pictures: there for readers while an edition that they may open shows them, and not a moment longer."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.files.storage import default_storage
from PIL import Image

from articles.corrections import retract, take_down
from articles.models.image import FOLDER
from articles.purging import article_key
from newsroom.core.kept_files import name_of
from tests.articles.illustrating.shown import addresses, figure, keep
from tests.making import NOW, Desk

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def desk():
    desk = Desk()
    desk.image = keep(desk)
    desk.save(body=figure(desk.image) + desk.body())
    return desk


def statuses(client, desk, at=LATER) -> set[int]:
    with time_machine.travel(at, tick=False):
        return {client.get(url).status_code for url in addresses(desk.image)}


def test_a_file_is_sent_as_what_it_is_and_kept_as_briefly_as_a_page(client, desk):
    desk.publish()
    with time_machine.travel(LATER, tick=False):
        for url in addresses(desk.image):
            answer = client.get(url)
            form = url.rpartition(".")[2]
            headers = answer.headers
            assert (
                headers["Content-Type"]
                == {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}[form]
            )
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
            assert headers["Cache-Control"] == "public, max-age=60, s-maxage=2"
            assert headers["ETag"] == f'"{url[8:72]}"'
            assert headers["Surrogate-Key"] == article_key(desk.article.public_id)
            assert Image.open(BytesIO(answer.content)).size == (60, 40)


def test_a_browser_that_has_it_is_told_so_without_reading_the_file(client, desk, django_assert_num_queries):
    desk.publish()
    url = addresses(desk.image)[0]
    with time_machine.travel(LATER, tick=False):
        tag = client.get(url).headers["ETag"]
        for rendition in desk.image.renditions.all():
            default_storage.delete(name_of(FOLDER, rendition.digest, rendition.form))
        with django_assert_num_queries(1):
            again = client.get(url, headers={"if-none-match": tag})
        assert (again.status_code, again.content) == (304, b"")
        assert client.get(url).status_code == 404
        assert client.post(url).status_code == 405


def test_the_picture_of_a_draft_is_nobodys_outside(client, desk):
    assert statuses(client, desk) == {404}
    desk.check_all()
    desk.approve()
    assert statuses(client, desk) == {404}


@pytest.mark.parametrize("embargoed", [True, False])
def test_a_picture_shows_with_its_edition_to_the_second(client, desk, embargoed):
    at = NOW + timedelta(days=1)
    desk.publish(at=at, embargoed=embargoed)
    assert statuses(client, desk, at - timedelta(seconds=1)) == {404}
    assert statuses(client, desk, at) == {200}


def test_a_picture_goes_with_the_article_that_is_taken_down(client, desk):
    desk.publish()
    assert statuses(client, desk) == {200}
    take_down(desk.article, by=desk.duty, now=LATER, reason="An order.")
    assert statuses(client, desk, LATER) == {404}


@pytest.mark.parametrize(("closes", "status"), [(False, 200), (True, 404)])
def test_a_retraction_that_closes_the_history_closes_its_pictures(client, desk, closes, status):
    desk.publish()
    retract(desk.article, by=desk.duty, now=LATER, note="It was wrong.", closes_history=closes)
    assert statuses(client, desk, LATER) == {status}


def test_a_picture_of_two_articles_stays_for_the_other(client, desk):
    other = Desk()
    for each in (desk, other):
        each.save(body=figure(desk.image) + each.body())
        each.publish()
    take_down(desk.article, by=desk.duty, now=LATER, reason="An order.")
    assert statuses(client, desk) == {200}
    take_down(other.article, by=other.duty, now=LATER, reason="An order.")
    assert statuses(client, desk) == {404}


def test_the_kept_original_has_no_address(client, desk):
    desk.publish()
    rendition = desk.image.renditions.first()
    wrong = {"avif": "webp", "webp": "jpg", "jpg": "avif"}[rendition.form]
    for url in (
        f"/images/{desk.image.sha256}.png",
        f"/images/{desk.image.sha256}.jpg",
        f"/images/{rendition.digest}.{wrong}",
        f"/images/{rendition.digest}",
        f"/images/{rendition.digest.upper()}.{rendition.form}",
        f"/images/../{rendition.digest}.{rendition.form}",
        f"/images/%00{rendition.digest[3:]}.{rendition.form}",
        "/images/",
    ):
        with time_machine.travel(LATER, tick=False):
            answer = client.get(url)
        assert (url, answer.status_code) == (url, 404)
