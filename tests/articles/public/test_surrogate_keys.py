"""By which names caches know our answers, so that an act can take them back."""

import pytest

from newsroom.core.answering import LONGEST_KEY
from tests.articles.public.followed import AT, Followed

pytestmark = pytest.mark.django_db

ADDRESS = "/articles/a-treaty/"


@pytest.fixture
def story(clock):
    clock.move_to(AT[5])
    return Followed()


def test_whatever_stands_at_or_below_an_article_has_its_key(client, story):
    story.correct()
    paths = ["", "editions/1/", "editions/9/", "history/", "timegate/", "timemap/", "sources.bib"]
    for act in (None, story.retract, story.take_down):
        if act:
            act()
        for path in paths:
            assert client.get(ADDRESS + path)["Surrogate-Key"] == "article-a-treaty", path
    refused = client.get(f"{ADDRESS}timegate/", headers={"accept-datetime": "soon"})
    assert (refused.status_code, refused["Surrogate-Key"]) == (400, "article-a-treaty")


def test_the_api_knows_it_by_its_id(client, story):
    public_id = story.article.public_id
    assert client.get(f"/api/v1/articles/{public_id}/")["Surrogate-Key"] == f"article-{public_id}"
    assert client.get("/api/v1/articles/nothing/")["Surrogate-Key"] == "article-nothing"
    story.take_down()
    assert client.get(f"/api/v1/articles/{public_id}/")["Surrogate-Key"] == f"article-{public_id}"


def test_whatever_lists_anything_has_the_key_of_lists(client, story):
    paths = [
        "/",
        "/corrections/",
        "/search/?q=treaty",
        "/api/v1/articles/",
        "/api/v1/claims/",
        "/api/v1/quotes/",
        "/api/v1/sources/",
    ]
    paths += [f"/api/v1/claims/{story.claim.public_id}/", f"/api/v1/quotes/{story.quote.public_id}/"]
    for path in paths:
        assert client.get(path)["Surrogate-Key"] == "lists", path


def test_what_is_about_a_source_has_its_key_and_that_of_lists(client, story):
    source = story.second.public_id
    for path in (f"/sources/{source}/", f"/sources/{source}/citation.bib", f"/api/v1/sources/{source}/"):
        assert set(client.get(path)["Surrogate-Key"].split()) == {f"source-{source}", "lists"}, path
    assert set(client.get("/sources/nothing/")["Surrogate-Key"].split()) == {"source-nothing", "lists"}


def test_an_answer_that_repeats_nothing_has_its_keys_too(client, story):
    tag = client.get(ADDRESS)["ETag"]
    again = client.get(ADDRESS, headers={"if-none-match": tag})
    assert (again.status_code, again["Surrogate-Key"]) == (304, "article-a-treaty")


def test_a_name_that_somebody_made_up_makes_no_header_of_its_length(client):
    assert not client.get(f"/articles/{'a' * LONGEST_KEY}/").has_header("Surrogate-Key")
