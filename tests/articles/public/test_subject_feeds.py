"""Feeds of one treaty, author, tag or section: what is listed under it, and what was and went."""

import json
from datetime import timedelta

import pytest

from articles.models import Section, Treaty
from tests.articles.public.feed_stories import FORMS, end, id_of, items, later, tombstones
from tests.articles.public.followed import Followed
from tests.articles.standards import validate
from tests.making import NOW, Desk

pytestmark = pytest.mark.django_db


def story(*, minutes: int = 0, **subjects) -> Desk:
    desk = Desk(now=NOW + timedelta(minutes=minutes))
    desk.save(**subjects)
    desk.publish()
    return desk


@pytest.fixture
def law():
    return Section.objects.create(name="Law", slug="law")


@pytest.fixture
def nancy():
    return Treaty.objects.create(title="Treaty of Nancy", slug="nancy")


def feed(path: str, form: str = "feed.json") -> str:
    return f"/feeds/{path}/{form}"


def test_a_feed_has_what_is_listed_under_its_subject_and_nothing_else(client, law, nancy):
    first = story(treaties=[nancy], section=law, tags=["Borders"])
    second = story(minutes=1, treaties=[nancy])
    other = story(minutes=2)
    author = first.article.bylines.get()
    for path, name, desks in (
        ("treaties/nancy", "Treaty of Nancy", [second, first]),
        ("sections/law", "Law", [first]),
        ("tags/borders", "Borders", [first]),
        (f"authors/{author.slug}", author.name, [first]),
    ):
        told = client.get(feed(path)).json()
        assert (path, [item["id"] for item in told["items"]]) == (path, [id_of(desk) for desk in desks])
        assert told["title"] == f"Newsroom: {name}"
    assert len(items(client)) == 3
    assert id_of(other) in {item["id"] for item in items(client)}


@pytest.mark.parametrize("how", ["retract", "unpublish", "take_down"])
def test_what_went_is_told_as_gone_in_the_feeds_of_what_it_was_about(client, clock, nancy, how):
    gone, other = story(treaties=[nancy]), story(tags=["Borders"])
    stays = story(treaties=[nancy], minutes=1)
    end(gone, how)
    clock.move_to(later(hours=2))
    assert id_of(gone) in tombstones(client, feed("treaties/nancy", "atom.xml"))
    shown = {item["id"]: item["title"] for item in items(client, feed("treaties/nancy"))}
    assert shown.keys() == {id_of(gone), id_of(stays)}
    # Nobody can tell any more what was taken down.
    elsewhere = tombstones(client, feed("tags/borders", "atom.xml"))
    assert (id_of(gone) in elsewhere) is (how == "take_down")
    assert id_of(other) in {item["id"] for item in items(client, feed("tags/borders"))}


def test_every_form_is_as_its_standard_says_and_the_page_names_it(client, clock, nancy, tmp_path):
    gone = story(treaties=[nancy])
    story(treaties=[nancy], minutes=1)
    end(gone, "retract")
    clock.move_to(later(hours=2))
    page = client.get("/treaties/nancy/").text
    for form, kind in FORMS.items():
        answer = client.get(feed("treaties/nancy", form))
        file = tmp_path / form
        file.write_bytes(answer.content)
        assert (form, validate(kind, file)) == (form, [])
        assert f'href="{feed("treaties/nancy", form)}"' in page
        assert answer["Surrogate-Key"] == "lists"
        again = client.get(feed("treaties/nancy", form), headers={"if-none-match": answer["ETag"]})
        assert again.status_code == 304


def test_a_feed_is_three_queries_however_much_is_in_it_and_two_if_it_is_made(
    client, nancy, django_assert_num_queries
):
    for minutes in range(3):
        story(treaties=[nancy], minutes=minutes)
        for queries in (3, 2):
            with django_assert_num_queries(queries):
                client.get(feed("treaties/nancy"))


def test_what_nothing_is_about_and_what_waits_has_no_feed(client, clock, nancy):
    desk = Desk()
    desk.save(treaties=[nancy])
    desk.publish(at=NOW + timedelta(hours=5))
    for path in ("treaties/nancy", "treaties/nothing", "tags/%00", "authors/" + "a" * 81, "places/nancy"):
        assert (path, client.get(feed(path)).status_code) == (path, 404)
    clock.move_to(NOW + timedelta(hours=5))
    assert json.loads(client.get(feed("treaties/nancy")).content)["items"][0]["id"] == id_of(desk)


def test_what_an_article_that_went_will_be_about_is_told_by_no_feed(client, clock, nancy):
    gone = Followed()
    gone.retract()
    gone._next_day()
    gone.save(treaties=[nancy])
    gone.publish(kind="reinstatement", note="It was true after all.", at=gone.now + timedelta(days=1))
    clock.move_to(gone.now + timedelta(hours=1))
    assert client.get(feed("treaties/nancy", "atom.xml")).status_code == 404
    clock.move_to(gone.now + timedelta(days=1))
    assert [item["id"] for item in items(client, feed("treaties/nancy"))] == [id_of(gone)]
