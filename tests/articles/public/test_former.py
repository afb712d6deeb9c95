"""Where an article went whose address changed."""

from copy import deepcopy

import pytest
from django.urls import reverse

from articles import addresses
from articles.public import urls
from tests.articles.public.followed import AT, Followed
from tests.making import Desk

pytestmark = pytest.mark.django_db

ADDRESS = "/articles/a-treaty/"
BELOW = ["", "editions/1/", "history/", "history/?before=2", "timegate/", "timemap/", "sources.bib"]


@pytest.fixture(scope="module")
def _story(kept):
    return kept(Followed)


@pytest.fixture
def story(_story, clock):
    clock.move_to(AT[5])
    return deepcopy(_story)


def moved(story, slug: str):
    addresses.change_address(story.reload(), slug=slug, by=story.duty, now=story.now)


@pytest.mark.parametrize("below", BELOW)
def test_a_former_address_leads_to_where_the_article_stands(client, story, below):
    moved(story, "the-treaty")
    moved(story, "our-treaty")
    for slug in ("a-treaty", "the-treaty"):
        answer = client.get(f"/articles/{slug}/{below}")
        assert (answer.status_code, answer["Location"]) == (301, f"/articles/our-treaty/{below}")
        assert answer["Cache-Control"] == "public, max-age=60, s-maxage=2"
        assert answer["Surrogate-Key"] == f"article-{slug}"
        assert client.head(f"/articles/{slug}/{below}").status_code == 301


def test_whatever_has_its_address_below_an_article_is_led_on(client, story):
    """By the list of addresses: a new one is asked without being named here."""
    known = {"slug": "a-treaty", "number": 1, "key": Followed.KEYS[0], "ending": "bib"}
    paths = {
        reverse(each.name, kwargs={name: known[name] for name in each.pattern.regex.groupindex})
        for each in urls.urlpatterns
        if str(each.pattern).removeprefix("^").startswith("articles/")
    }
    assert len(paths) > 8
    assert {path for path in paths if client.get(path).status_code == 404} == set()
    moved(story, "our-treaty")
    for path in paths:
        answer = client.get(path)
        led = path.replace("a-treaty", "our-treaty")
        assert (path, answer.status_code, answer.get("Location")) == (path, 301, led)


@pytest.mark.parametrize("how", ["retract", "unpublish"])
def test_a_former_address_leads_to_the_notice_too(client, story, how):
    moved(story, "the-treaty")
    getattr(story, how)()
    answer = client.get(ADDRESS)
    assert (answer.status_code, answer["Location"]) == (301, "/articles/the-treaty/")
    assert client.get("/articles/the-treaty/").status_code == 410


@pytest.mark.parametrize("below", BELOW)
def test_while_it_is_taken_down_no_former_address_says_where_it_stands(client, story, below):
    moved(story, "minister-took-a-bribe")
    moved(story, "our-treaty")
    story.take_down()
    notice = client.get("/articles/our-treaty/")
    for slug in ("a-treaty", "minister-took-a-bribe"):
        for method in (client.get, client.head):
            answer = method(f"/articles/{slug}/{below}")
            assert answer.status_code == 410
            assert not answer.has_header("Location")
            assert answer["Surrogate-Key"] == f"article-{slug}"
            said = answer.text + str(answer.headers).replace(f"article-{slug}", "")
            assert "treaty" not in said
            assert "bribe" not in said
        assert client.get(f"/articles/{slug}/{below}").content == notice.content


def test_an_edition_that_never_was_is_not_there_at_a_former_address_either(client, story):
    moved(story, "the-treaty")
    story.take_down()
    for slug in ("a-treaty", "the-treaty"):
        answers = [client.get(f"/articles/{slug}/editions/{n}/").status_code for n in (1, 2, 3, 9999999999)]
        assert answers == [410, 410, 404, 404], slug


def test_once_it_is_back_its_former_address_leads_there_again(client, story):
    moved(story, "the-treaty")
    story.take_down()
    story.reinstate()
    answer = client.get(ADDRESS)
    assert (answer.status_code, answer["Location"]) == (301, "/articles/the-treaty/")


def test_a_former_address_of_what_nobody_knows_leads_nowhere(client, clock):
    clock.move_to(AT[1])
    desk = Desk(slug="a-waiting-treaty")
    desk.publish(at=AT[3])
    moved(desk, "the-treaty")
    assert client.get("/articles/a-waiting-treaty/").status_code == 404
    clock.move_to(AT[3])
    assert client.get("/articles/a-waiting-treaty/").status_code == 301


def test_an_address_that_came_back_is_the_article_again(client, story):
    moved(story, "the-treaty")
    moved(story, "a-treaty")
    assert client.get(ADDRESS).status_code == 200
    assert client.get("/articles/the-treaty/")["Location"] == ADDRESS
