"""When finished bytes are out of date, and how they are made anew."""

import json

import pytest
from django.core.management import call_command
from django.db import connection

from articles.models import Edition, Rendering
from articles.rendering import pages, render_edition
from tests.making import NOW, Desk


@pytest.fixture
def forgetful():
    """What a process keeps of the site and of the template release is forgotten before and after."""
    kept = (pages._site, pages.template_release, pages.article_path)
    for part in kept:
        part.cache_clear()
    yield lambda: [part.cache_clear() for part in kept]
    for part in kept:
        part.cache_clear()


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("NEWSROOM_NAME", "The Example"),
        ("NEWSROOM_ORIGIN", "https://news.example"),
        ("NEWSROOM_TIME_ZONE", "Europe/Warsaw"),
        ("STATIC_URL", "/other/"),
    ],
)
def test_a_setting_that_shows_on_pages_makes_another_template_release(forgetful, settings, setting, value):
    before = pages.template_release()
    setattr(settings, setting, value)
    forgetful()
    assert pages.template_release() != before


def test_the_template_release_is_sixteen_hex_digits_and_stable(forgetful):
    first = pages.template_release()
    forgetful()
    assert first == pages.template_release()
    assert len(first) == 16
    int(first, 16)


def test_without_a_manifest_static_files_have_their_plain_address(forgetful, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    assert pages.site()["style"] == "/static/site.css"


def rebuild(**options):
    call_command("rebuild_renderings", verbosity=0, **options)


@pytest.mark.django_db
def test_only_what_is_out_of_date_is_made_anew():
    fresh, stale, lost = Desk().publish(), Desk().publish(), Desk().publish()
    good = Rendering.objects.get(edition=stale, representation="page")
    Rendering.objects.filter(edition=stale).update(template_release="old", plain=b"old", list_key="")
    Rendering.objects.filter(edition=fresh).update(plain=b"untouched")
    Rendering.objects.filter(edition=lost).delete()
    rebuild()
    made = Rendering.objects.get(edition=stale, representation="page")
    assert (bytes(made.plain), bytes(made.gzipped), made.etag) == (
        bytes(good.plain),
        bytes(good.gzipped),
        good.etag,
    )
    assert Rendering.objects.exclude(template_release=pages.template_release()).count() == 0
    assert Rendering.objects.get(edition=stale, representation="card").list_key
    assert Rendering.objects.filter(edition=lost).count() == 3
    assert bytes(Rendering.objects.get(edition=fresh, representation="page").plain) == b"untouched"


@pytest.mark.django_db
def test_everything_is_made_anew_when_asked():
    edition = Desk().publish()
    Rendering.objects.update(plain=b"spoilt")
    rebuild(all=True)
    assert b"spoilt" not in {bytes(r.plain) for r in edition.renderings.all()}


@pytest.mark.django_db
def test_rebuilding_goes_on_where_it_was_stopped(monkeypatch):
    for _ in range(3):
        Desk().publish()
    Rendering.objects.update(template_release="old")
    command = "articles.management.commands.rebuild_renderings"
    monkeypatch.setattr(f"{command}.BATCH", 1)
    rebuilt = __import__(command, fromlist=["rebuild"]).rebuild

    def stopped_after_one(keys):
        if Rendering.objects.exclude(template_release="old").exists():
            raise KeyboardInterrupt
        rebuilt(keys)

    with monkeypatch.context() as patch:
        patch.setattr(f"{command}.rebuild", stopped_after_one)
        with pytest.raises(KeyboardInterrupt):
            rebuild()
    assert Edition.objects.filter(renderings__template_release="old").distinct().count() == 2
    rebuild()
    assert not Rendering.objects.filter(template_release="old").exists()


@pytest.mark.django_db
def test_an_edition_whose_content_is_sealed_is_left_as_it_is():
    edition = Desk().publish()
    Rendering.objects.update(template_release="old")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("DELETE FROM articles_editioncontent")
        cursor.execute("SET LOCAL session_replication_role = origin")
    rebuild()
    assert edition.renderings.filter(template_release="old").count() == 3


@pytest.mark.django_db
def test_the_page_of_a_later_edition_knows_when_the_article_first_showed():
    desk = Desk()
    first = desk.publish()
    desk.save(headline="Another")
    second = desk.publish(now=NOW.replace(hour=15))
    assert desk.article.editions.began() == first.release.showing.lower == NOW
    card = json.loads(bytes(second.renderings.get(representation="card").plain))
    assert (card["first_published_at"], card["changed_at"]) == (
        "2026-06-01T12:00:00Z",
        "2026-06-01T15:00:00Z",
    )


@pytest.mark.django_db
def test_making_the_renderings_of_a_first_edition_asks_the_database_nothing(django_assert_num_queries):
    edition = Desk().publish()
    document = json.loads(edition.content.document)
    with django_assert_num_queries(0):
        render_edition(edition, document, {})
