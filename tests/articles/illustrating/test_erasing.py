"""What a court orders erased takes its pictures with it, but those that others show."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from articles.corrections import confirm_removal, seal, take_down
from articles.models import EditionImage, Image
from articles.models.image import FOLDER
from newsroom.core.kept_files import name_of
from tests.articles.illustrating.shown import figure, keep
from tests.making import NOW, Desk

pytestmark = pytest.mark.django_db


def files_of(image: Image) -> list[str]:
    own = [name_of(FOLDER, image.sha256, image.ending)]
    return own + [name_of(FOLDER, each.digest, each.form) for each in image.renditions.all()]


def texts_of_the_database() -> str:
    """Every row of the tables of pictures, as text."""
    tables = ("articles_image", "articles_imageevent", "articles_rendition", "articles_editionimage")
    with connection.cursor() as cursor:
        found = []
        for table in tables:
            cursor.execute(f"SELECT to_jsonb(t)::text FROM {table} t")  # noqa: S608
            found += [row for (row,) in cursor.fetchall()]
    return "\n".join(found)


def test_a_sealed_article_takes_its_own_pictures_with_it(django_capture_on_commit_callbacks):
    desk, other = Desk(), Desk()
    printed, drafted, shared, of_another_draft = (
        keep(desk, seed=60 * n, alt=f"Zanzibar {n}") for n in range(4)
    )
    for each, images in ((desk, (printed, shared, of_another_draft)), (other, (shared,))):
        figures = [figure(image, key=f"aaaaaaaaa{chr(97 + n)}") for n, image in enumerate(images)]
        each.save(body=each.body() + "".join(figures))
        each.publish()
    desk.save(body=desk.body() + figure(drafted))
    desk.save(body=desk.body())
    other.save(body=other.body() + figure(of_another_draft))
    gone, kept = files_of(printed) + files_of(drafted), files_of(shared) + files_of(of_another_draft)

    take_down(desk.article, by=desk.duty, now=NOW + timedelta(hours=1), reason="An order.")
    confirm_removal(desk.article, by=desk.editor, now=NOW + timedelta(hours=2))
    with django_capture_on_commit_callbacks(execute=True):
        sealed = seal(desk.article, by=other.duty, now=NOW + timedelta(hours=3), legal_basis="An order")

    assert {printed.public_id, drafted.public_id} <= set(sealed.records)
    assert set(Image.objects.all()) == {shared, of_another_draft}
    assert "Zanzibar 0" not in texts_of_the_database()
    assert "Zanzibar 1" not in texts_of_the_database()
    assert not any(map(default_storage.exists, gone))
    assert all(map(default_storage.exists, kept))
    assert set(EditionImage.objects.values_list("edition__article", flat=True)) == {other.article.pk}
