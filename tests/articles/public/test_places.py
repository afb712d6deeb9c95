"""Places in lists and in histories that nobody gave."""

from base64 import urlsafe_b64encode

import pytest

from tests.articles.public.followed import AT, Followed

pytestmark = pytest.mark.django_db

TIMEMAP = "/articles/a-treaty/timemap/"
NO_SUCH_MOMENTS = (
    "2026-99-99T00:00:00.000000+00:00",
    "2026-02-30T00:00:00.000000+00:00",
    "0000-01-01T00:00:00.000000+00:00",
    "2026-01-01T99:00:00.000000+00:00",
)
FARTHEST = ("0001-01-01T00:00:00.000000+00:00", "9999-12-31T23:59:59.999999+00:00")


def cursor(moment: str) -> str:
    return urlsafe_b64encode(f"{moment} aaaaaaaaaaaa".encode()).decode().rstrip("=")


@pytest.mark.parametrize("moment", NO_SUCH_MOMENTS)
def test_a_moment_that_no_calendar_has_is_no_place_in_a_list(client, moment):
    for path in ("/", "/corrections/"):
        assert client.get(path, {"before": cursor(moment)}).status_code == 404, path
    for path in ("/api/v1/articles/", "/api/v1/corrections/"):
        answer = client.get(path, {"cursor": cursor(moment)})
        assert (answer.status_code, answer.json()["code"]) == (400, "cursor_malformed"), path
        assert [error["parameter"] for error in answer.json()["errors"]] == ["cursor"]


@pytest.mark.parametrize("moment", FARTHEST)
def test_the_farthest_moments_are_places(client, moment):
    for path in ("/", "/corrections/"):
        assert client.get(path, {"before": cursor(moment)}).status_code == 200, path
    for path in ("/api/v1/articles/", "/api/v1/corrections/"):
        assert client.get(path, {"cursor": cursor(moment)}).status_code == 200, path


@pytest.mark.parametrize("start", ["", "x", "-1", "1e3", "٣", "99", "9" * 40])
def test_a_timemap_begins_at_an_edition_that_is_there(client, clock, start):
    clock.move_to(AT[5])
    story = Followed()
    answer = client.get(TIMEMAP, {"from": start})
    assert (answer.status_code, answer["Surrogate-Key"]) == (404, "article-a-treaty")
    story.take_down()
    assert client.get(TIMEMAP, {"from": start}).status_code == 410
