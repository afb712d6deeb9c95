"""The article as it stood at a moment: TimeGate and TimeMap (RFC 7089)."""

import re
from copy import deepcopy
from datetime import timedelta

import pytest
from django.utils.http import http_date

from tests.articles.public.followed import AT, Followed
from tests.articles.standards import validate

pytestmark = pytest.mark.django_db

GATE, MAP = "/articles/a-treaty/timegate/", "/articles/a-treaty/timemap/"


def corrected_twice():
    story = Followed()
    for day in (28, 29):
        story.correct(f"Two states signed a treaty on {day} May 2026")
    return story


@pytest.fixture(scope="module")
def _story(kept):
    return kept(corrected_twice)


@pytest.fixture
def story(_story, clock):
    clock.move_to(AT[5])
    return deepcopy(_story)


def asked(client, moment, gate=GATE):
    headers = {} if moment is None else {"accept-datetime": http_date(moment.timestamp())}
    return client.get(gate, headers=headers)


@pytest.mark.parametrize(
    ("moment", "number"),
    [
        (None, 3),
        (AT[1] - timedelta(days=999), 1),
        (AT[1], 1),
        (AT[2] - timedelta(seconds=1), 1),
        (AT[2], 2),
        (AT[3] - timedelta(seconds=1), 2),
        (AT[3], 3),
        (AT[5] + timedelta(days=999), 3),
    ],
)
def test_a_moment_leads_to_the_newest_edition_not_after_it(client, story, moment, number):
    answer = asked(client, moment)
    assert answer.status_code == 302
    assert answer["Location"] == f"/articles/a-treaty/editions/{number}/"
    assert answer["Vary"] == "accept-datetime"
    assert 'rel="original"' in answer["Link"]
    assert 'rel="timemap"; type="application/link-format"' in answer["Link"]
    assert not answer.has_header("Memento-Datetime")


@pytest.mark.parametrize(
    "moment", ["", "yesterday", "2026-06-01T12:00:00Z", "Mon, 99 Jun 2026 12:00:00 GMT", "ź"]
)
def test_a_moment_that_cannot_be_read_is_refused(client, story, moment):
    answer = client.get(GATE, headers={"accept-datetime": moment})
    assert answer.status_code == 400
    assert answer["Vary"] == "accept-datetime"


def test_of_two_editions_within_a_second_the_later_is_shown(client, clock):
    clock.move_to(AT[5])
    story = Followed("two-at-once")
    story.correct(at=AT[2] + timedelta(milliseconds=100))
    story.now = AT[2] + timedelta(milliseconds=200) - timedelta(days=1)
    story.correct("Two states signed a treaty on 29 May 2026")
    gate = GATE.replace("a-treaty", "two-at-once")
    assert asked(client, AT[2], gate)["Location"].endswith("/editions/3/")


def test_what_stands_nowhere_has_no_times(client, story):
    for path in (GATE, MAP):
        answer = client.get(path.replace("a-treaty", "nothing"))
        assert answer.status_code == 404


def test_the_timemap_lists_what_can_be_opened(client, story, tmp_path):
    story.retract()
    answer = client.get(MAP)
    assert answer["Content-Type"] == "application/link-format"
    mementos = re.findall(r'<([^>]*)>; rel="((?:first |last )*memento)"; datetime="([^"]*)"', answer.text)
    assert [(address, rel) for address, rel, _ in mementos] == [
        ("/articles/a-treaty/editions/1/", "first memento"),
        ("/articles/a-treaty/editions/2/", "memento"),
        ("/articles/a-treaty/editions/3/", "last memento"),
    ]
    for address, _, moment in mementos:
        assert client.get(address)["Memento-Datetime"] == moment
        assert client.get(GATE, headers={"accept-datetime": moment})["Location"] == address


def test_the_timemap_is_valid(client, story, tmp_path):
    file = tmp_path / "timemap.link"
    file.write_text(client.get(MAP).text)
    assert validate("timemap", file) == []


def test_a_long_timemap_leads_on(client, story, monkeypatch):
    monkeypatch.setattr("articles.public.time_travel.EDITIONS", 2)
    first = client.get(MAP).text
    assert "/editions/3/" not in first
    assert f'<{MAP}?from=3>; rel="timemap"' in first
    second = client.get(f"{MAP}?from=3").text
    assert '/editions/3/>; rel="last memento"' in second
    assert "first" not in second


def test_an_article_says_where_its_times_are(client, story, django_assert_num_queries):
    client.get("/articles/a-treaty/")
    with django_assert_num_queries(1):
        answer = client.get("/articles/a-treaty/")
    assert answer["Link"] == (
        '</articles/a-treaty/timegate/>; rel="timegate", '
        '</articles/a-treaty/timemap/>; rel="timemap"; type="application/link-format", '
        '</articles/a-treaty/history/>; rel="version-history"'
    )
    assert not answer.has_header("Memento-Datetime")
