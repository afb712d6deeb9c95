"""Acts on images: who may keep, describe and remove them, and what stays as it is."""

import pytest
from django.core.files.storage import default_storage
from django.db import Error, connection, transaction

from articles.illustrating import describe_image, keep_image, remove_image
from articles.models import Image, Rendition
from articles.models.image import FOLDER
from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from newsroom.core.kept_files import name_of
from tests.articles.illustrating.files import as_file, from_a_camera
from tests.articles.illustrating.shown import figure, keep
from tests.making import NOW, Desk, make_user

pytestmark = pytest.mark.django_db


def files_of(image: Image) -> list[str]:
    own = [name_of(FOLDER, image.sha256, image.ending)]
    return own + [name_of(FOLDER, each.digest, each.form) for each in image.renditions.all()]


def refused(act, *args, **facts) -> str:
    with pytest.raises(DomainError) as refusal:
        act(*args, **{"now": NOW} | facts)
    return refusal.value.code


def test_a_picture_is_kept_under_the_digest_of_its_bytes_with_its_renditions():
    desk = Desk()
    image = keep(desk, size=(1000, 20))
    assert (image.width, image.height, image.media_type) == (1000, 20, "image/png")
    assert [(each.form, each.width) for each in image.renditions.order_by("width", "form")] == [
        *((form, 480) for form in ("avif", "jpg", "webp")),
        *((form, 1000) for form in ("avif", "jpg", "webp")),
    ]
    assert all(default_storage.exists(name) for name in files_of(image))
    assert AuditEvent.objects.filter(
        act="image.entered", object_id=image.public_id, by=desk.reporter
    ).exists()


def test_the_same_picture_is_kept_once_whatever_else_the_file_says():
    by = make_user("reporter")
    keep_image(as_file(), by=by, now=NOW)
    assert refused(keep_image, from_a_camera(), by=by) == "image_kept_already"
    assert Image.objects.count() == 1


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"credit": "x" * 201}, "text_too_long"),
        ({"alt": "a\x00b"}, "text_unreadable"),
        ({"focal_x": 101}, "focus_outside"),
        ({"focal_y": -1}, "focus_outside"),
    ],
)
def test_what_is_said_of_a_picture_is_bounded(facts, code):
    by = make_user("reporter")
    assert refused(keep_image, as_file(), by=by, **facts) == code
    image = keep_image(as_file(), by=by, now=NOW)
    assert refused(describe_image, image, by=by, **facts) == code


def test_only_the_desk_keeps_pictures():
    for role in ("administrator", "source_keeper"):
        assert refused(keep_image, as_file(), by=make_user(role)) == "not_allowed"


def test_what_an_edition_has_shown_is_described_by_editors_alone():
    desk = Desk()
    image = keep(desk)
    describe_image(image, by=desk.reporter, now=NOW, credit="Somebody")
    desk.save(body=figure(image) + desk.body())
    desk.publish()
    assert refused(describe_image, image, by=desk.reporter, credit="Somebody else") == "not_allowed"
    assert describe_image(image, by=desk.editor, now=NOW, credit="Somebody else").credit == "Somebody else"
    assert [event.credit for event in image.events.order_by("pgh_id")] == [
        "Mira Mapmaker",
        "Somebody",
        "Somebody else",
    ]


def test_what_somebody_shows_is_not_removed_and_the_places_are_told():
    desk = Desk()
    image = keep(desk)
    desk.save(body=figure(image) + desk.body())
    with pytest.raises(DomainError, match=desk.article.slug) as refusal:
        remove_image(image, by=desk.reporter, now=NOW)
    assert refusal.value.code == "image_in_use"
    desk.publish()
    desk.save(body=desk.body())
    with pytest.raises(DomainError, match=rf"{desk.article.slug} \(1\)"):
        remove_image(image, by=desk.reporter, now=NOW)


def test_what_nobody_shows_is_removed_with_its_files(django_capture_on_commit_callbacks):
    desk = Desk()
    image = keep(desk)
    names = files_of(image)
    with django_capture_on_commit_callbacks(execute=True):
        remove_image(image, by=desk.reporter, now=NOW)
    assert not any(map(default_storage.exists, names))
    assert not Image.objects.exists()
    assert not Rendition.objects.exists()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE articles_image SET sha256 = 'x'",
        "UPDATE articles_image SET width = 1",
        "UPDATE articles_rendition SET digest = 'x'",
        "UPDATE articles_editionimage SET image_id = image_id",
        "DELETE FROM articles_editionimage",
        "TRUNCATE articles_editionimage",
    ],
)
def test_what_a_file_is_and_which_edition_shows_it_never_changes(sql):

    desk = Desk()
    desk.save(body=figure(keep(desk)) + desk.body())
    desk.publish()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(Error, match="Cannot"), transaction.atomic():
            cursor.execute(sql)
