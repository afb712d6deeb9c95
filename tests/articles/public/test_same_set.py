"""Lists, feeds, sitemaps, search and API show the same articles at any moment."""

import re
from datetime import timedelta

import pytest

from articles.corrections import retract, take_down, unpublish
from articles.models import Section, Treaty
from tests.making import NOW, Desk

pytestmark = pytest.mark.django_db

HOUR, INSTANT = timedelta(hours=1), timedelta(microseconds=1)
SLUG = re.compile(r"/articles/(story-[a-z]+)/")
SURFACES = (
    "/",
    "/treaties/nancy/",
    "/parties/france/",
    "/tags/borders/",
    "/sections/law/",
    "/languages/en/",
    "/archive/2026/06/",
    "/search/?q=treaty",
    "/feeds/atom.xml",
    "/feeds/treaties/nancy/atom.xml",
    "/feeds/sections/law/atom.xml",
    "/sitemaps/1.xml",
    "/sitemaps/news.xml",
    "/api/v1/articles/",
)


def shown(client, path: str) -> set[str]:
    """The articles that a surface shows; none where it is not there."""
    answer = client.get(path)
    assert answer.status_code in (200, 404), (path, answer.status_code)
    return set(SLUG.findall(answer.text)) if answer.status_code == 200 else set()


def test_every_surface_shows_the_same_articles_on_both_sides_of_every_moment(client, clock):
    subjects = {
        "treaties": [Treaty.objects.create(title="Treaty of Nancy", slug="nancy", parties=["France"])],
        "section": Section.objects.create(name="Law", slug="law"),
        "tags": ["Borders"],
    }
    desks = {name: Desk(slug=f"story-{name}") for name in ("stays", "waits", "wrong", "rights", "court")}
    for name, desk in desks.items():
        desk.save(**subjects)
        desk.publish(**({"at": NOW + 2 * HOUR} if name == "waits" else {}))
    expected = {f"story-{name}" for name in desks}

    def look(at, without: str):
        clock.move_to(at)
        wanted = expected - {f"story-{name}" for name in without.split()}
        seen = {path: shown(client, path) for path in SURFACES}
        assert seen == dict.fromkeys(SURFACES, wanted), at

    look(NOW + 2 * HOUR - INSTANT, "waits")
    look(NOW + 2 * HOUR, "")
    wrong, rights, court = desks["wrong"], desks["rights"], desks["court"]
    retract(wrong.article, note="It was made up.", by=wrong.duty, now=NOW + 3 * HOUR)
    unpublish(rights.article, reason="Rights.", by=rights.duty, now=NOW + 3 * HOUR, at=NOW + 5 * HOUR)
    look(NOW + 3 * HOUR, "wrong")
    look(NOW + 5 * HOUR - INSTANT, "wrong")
    look(NOW + 5 * HOUR, "wrong rights")
    take_down(court.article, reason="A court said so.", by=court.duty, now=NOW + 6 * HOUR)
    look(NOW + 6 * HOUR, "wrong rights court")
