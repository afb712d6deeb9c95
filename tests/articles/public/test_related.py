"""What else there is on what an article is about."""

from datetime import timedelta

import pytest

from articles import corrections
from articles.merging import merge
from articles.models import Treaty
from tests.articles.public.followed import AT
from tests.articles.rendering.html import read
from tests.making import NOW, Desk

pytestmark = pytest.mark.django_db

ADDRESS = "/articles/a-treaty/related/"


def about(slug: str, *, claim=None, treaty=None, now=NOW, **fields) -> Desk:
    """A published story that rests on ``claim`` and is about ``treaty``."""
    desk = Desk(slug=slug, now=now)
    if claim:
        desk.claim = claim
        desk.save(body=desk.body())
    if treaty:
        desk.article.treaties.add(treaty)
    if fields:
        desk.save(**fields)
    desk.publish()
    return desk


@pytest.fixture
def treaty():
    return Treaty.objects.create(slug="treaty", title="The treaty", parties=["A", "B"])


def listed(client) -> list[str]:
    page = read(client.get(ADDRESS).text)
    return [link["href"] for link in page.one(class_="related-list").all("a")]


def test_what_shares_a_claim_comes_before_what_shares_a_treaty(
    client, clock, treaty, django_assert_num_queries
):
    story = about("a-treaty", treaty=treaty)
    about("on-the-treaty", treaty=treaty)
    about("on-the-claim", claim=story.claim)
    about("on-both", claim=story.claim, treaty=treaty)
    about("on-neither")
    with django_assert_num_queries(2):
        found = listed(client)
    assert found == ["/articles/on-both/", "/articles/on-the-claim/", "/articles/on-the-treaty/"]
    link = read(client.get("/articles/a-treaty/").text).one(class_="related").one("a")
    assert link["href"] == ADDRESS


def test_what_rests_on_a_claim_that_was_merged_is_related_from_either_side(
    client, clock, django_assert_num_queries
):
    story, other = about("a-treaty"), about("on-the-same")
    about("elsewhere")
    assert listed(client) == []
    merge(other.claim, story.claim, by=story.editor, note="The same.", now=NOW)
    with django_assert_num_queries(3):
        assert listed(client) == ["/articles/on-the-same/"]
    page = read(client.get("/articles/on-the-same/related/").text)
    assert [link["href"] for link in page.one(class_="related-list").all("a")] == ["/articles/a-treaty/"]


def test_only_what_is_listed_now_is_listed_and_no_language_version(client, clock, treaty):
    story = about("a-treaty", treaty=treaty)
    gone = about("gone", treaty=treaty)
    waits = Desk(slug="waits")
    waits.article.treaties.add(treaty)
    waits.publish(at=AT[3])
    about("traktat", claim=story.claim, treaty=treaty, language="pl", translation_of=story.article)
    assert listed(client) == ["/articles/gone/"]
    clock.move_to(AT[2])
    corrections.retract(gone.reload(), by=gone.duty, now=AT[2] - timedelta(hours=1), note="We were wrong.")
    assert read(client.get(ADDRESS).text).one(class_="related-list").text == "There is none yet."
    clock.move_to(AT[3])
    assert listed(client) == ["/articles/waits/"]
    assert client.get("/articles/gone/related/").status_code == 410
    assert client.get("/articles/nothing/related/").status_code == 404


def test_however_many_share_a_treaty_a_few_are_listed(client, clock, treaty):
    about("a-treaty", treaty=treaty)
    for number in range(7):
        about(f"story-{number}", treaty=treaty)
    assert listed(client) == [f"/articles/story-{number}/" for number in (6, 5, 4, 3, 2)]
