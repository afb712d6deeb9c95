"""Editions at their own addresses, and the page of an article's history."""

from copy import deepcopy

import pytest
from django.utils.http import http_date

from articles.models import Rendering
from tests.articles.public.followed import AT, NOTE, Followed
from tests.articles.rendering.html import read
from tests.making import cite, make_source

pytestmark = pytest.mark.django_db

ADDRESS = "/articles/a-treaty/"
HISTORY = f"{ADDRESS}history/"


@pytest.fixture(scope="module")
def _story(kept):
    return kept(Followed)


@pytest.fixture
def story(_story, clock):
    clock.move_to(AT[5])
    return deepcopy(_story)


def edition(number: int) -> str:
    return f"{ADDRESS}editions/{number}/"


def links(answer) -> dict[str, str]:
    """The addresses of a Link header by the relation that stands first."""
    found = {}
    for part in answer["Link"].split(", <"):
        address, _, rest = part.removeprefix("<").partition(">")
        found[rest.partition('rel="')[2].partition('"')[0]] = address
    return found


def test_an_old_edition_says_what_it_said_under_a_banner(client, story):
    story.correct()
    answer = client.get(edition(1))
    page = read(answer.text)
    assert "signed a treaty on 27 May 2026" in page.one(class_="body").text
    assert (
        page.one("aside", class_="banner")
        .text.strip()
        .startswith("This is edition 1 of 1 June 2026, 13:00 BST.")
    )
    assert [link["href"] for link in page.one("aside", class_="banner").all("a")] == [ADDRESS, HISTORY]
    assert page.one("main").parts[1] is page.one("aside", class_="banner")
    assert page.one("link", rel="canonical")["href"] == ADDRESS
    assert answer["X-Robots-Tag"] == "noindex"
    assert [script["type"] for script in page.all("script")] == [None]


def test_an_old_edition_is_another_page_once_its_banner_says_something_else(client, story):
    def since() -> str:
        Rendering.objects.update(made_at=AT[1])
        return client.get(edition(1))["Last-Modified"]

    assert since() == http_date(AT[1].timestamp())
    story.correct()
    assert since() == http_date(AT[2].timestamp())


def test_the_newest_edition_has_an_address_of_its_own_too(client, story):
    story.correct()
    page = read(client.get(edition(2)).text)
    assert "the newest one" in page.one("aside", class_="banner").text
    assert "signed a treaty on 28 May 2026" in page.one(class_="body").text


def test_an_edition_says_when_it_was_and_what_stands_beside_it(client, story):
    for signed in ("Two states signed a treaty on 28 May 2026", "Two states signed a treaty on 29 May 2026"):
        story.correct(signed)
    answer = client.get(edition(2))
    assert answer["Memento-Datetime"] == http_date(AT[2].timestamp()) == "Tue, 02 Jun 2026 12:00:00 GMT"
    assert answer["Vary"] == "Accept-Encoding"
    assert answer["Cache-Control"] == "public, max-age=60, s-maxage=2"
    assert links(answer) == {
        "original latest-version": ADDRESS,
        "timegate": f"{ADDRESS}timegate/",
        "timemap": f"{ADDRESS}timemap/",
        "version-history": HISTORY,
        "prev memento predecessor-version": edition(1),
        "next memento successor-version": edition(3),
    }
    assert f'datetime="{http_date(AT[3].timestamp())}"' in answer["Link"]


def test_an_edition_is_one_query(client, story, django_assert_num_queries):
    story.correct()
    client.get(edition(1))
    with django_assert_num_queries(1):
        client.get(edition(1))


def test_head_answers_as_get_does(client, story):
    for path in (edition(1), HISTORY, f"{ADDRESS}timegate/", f"{ADDRESS}timemap/", "/corrections/"):
        full, head = client.get(path), client.head(path)
        assert (head.content, dict(head.headers)) == (b"", dict(full.headers))


def test_what_a_reader_has_of_an_edition_is_not_sent_again(client, story):
    full = client.get(edition(1))
    assert client.get(edition(1), headers={"if-none-match": full["ETag"]}).status_code == 304
    story.correct()
    # The banner tells of what came since.
    assert client.get(edition(1), headers={"if-none-match": full["ETag"]}).status_code == 200


@pytest.mark.parametrize("number", ["0", "01", "2", "99", "9999999999", "-1", "1.0", "x"])
def test_an_edition_that_never_was_is_not_there(client, story, number):
    assert client.get(f"{ADDRESS}editions/{number}/").status_code == 404
    assert client.get(f"/articles/nothing/editions/{number}/").status_code == 404


def test_an_edition_that_waits_is_not_there_before_its_second(client, story, clock):
    clock.move_to(AT[1])
    story.correct(at=AT[4])
    for path in (edition(2), HISTORY, f"{ADDRESS}timemap/", "/corrections/"):
        assert "28 May" not in client.get(path).text
    assert client.get(edition(2)).status_code == 404
    clock.move_to(AT[4])
    assert client.get(edition(2)).status_code == 200
    assert "28 May" in client.get(HISTORY).text


def test_old_editions_of_what_was_retracted_stand_under_a_warning(client, story):
    story.correct()
    story.retract()
    for number in (1, 2):
        answer = client.get(edition(number))
        assert answer.status_code == 200
        banner = read(answer.text).one("aside", class_="banner")
        assert "This article is retracted. Please do not rely on it." in banner.text
        assert "grave" in banner["class"]
    notice = client.get(edition(3))
    assert notice.status_code == 410
    assert not notice.has_header("Memento-Datetime")
    assert "RETRACTED: A treaty is signed" in notice.text


@pytest.mark.parametrize("how", ["retract", "unpublish", "take_down"])
def test_where_the_history_is_closed_every_address_answers_with_the_notice(client, story, how):
    story.correct()
    if how == "retract":
        story.retract(closes_history=True)
    else:
        getattr(story, how)()
    notice = client.get(ADDRESS)
    for path in (edition(1), edition(2), edition(3), HISTORY, f"{ADDRESS}timegate/", f"{ADDRESS}timemap/"):
        answer = client.get(path)
        assert (answer.status_code, answer.content) == (410, notice.content), path
        assert "27 May" not in answer.text
        assert "28 May" not in answer.text
        assert HISTORY not in answer.text
    assert client.get(edition(4)).status_code == 404


def test_a_take_down_is_told_neutrally(client, story):
    story.correct()
    story.take_down()
    page = read(client.get(ADDRESS).text).one("main")
    assert page.one("h1").text == "This article is no longer available"
    assert page.all("section") == []
    assert "treaty" not in page.text


def test_after_a_reinstatement_a_take_down_goes_on_hiding_what_was_before_it(client, story):
    story.correct()
    story.take_down()
    story.reinstate()
    answers = {number: client.get(edition(number)).status_code for number in (1, 2, 3, 4)}
    assert answers == {1: 404, 2: 404, 3: 410, 4: 200}
    history = client.get(HISTORY).text
    assert "27 May" not in history
    assert "28 May" not in history


def test_the_history_tells_what_each_edition_changed(client, story):
    story.correct()
    page = read(client.get(HISTORY).text)
    newest, first = page.one("ol").all("li")[0], page.one("ol").all("h2")[-1]
    assert newest.one("h2").text == "Edition 2 Correction"
    assert newest.one("h2").one("a")["href"] == edition(2)
    assert newest.one("time")["datetime"] == "2026-06-02T13:00:00+01:00"
    assert NOTE in newest.text
    assert newest.one("del").text == "Two states signed a treaty on 27 May 2026"
    assert newest.one("ins").text == "Two states signed a treaty on 28 May 2026"
    assert newest.one("details")["open"] is None
    assert "open" in newest.one("details").attributes
    assert first.text == "Edition 1 First published"


def test_a_source_put_between_two_keeps_old_numbers_and_ids_and_shows_as_a_change(client, story):
    third = make_source(story.reporter, title="A third source")
    cite(story.claim, third, by=story.reporter)
    second = story.claim.citations.get(source=story.second)
    second.position = 2
    second.save()
    story._next_day()
    story.publish()
    printed, ids = {}, {}
    for number in (1, 2):
        page = read(client.get(edition(number)).text)
        printed[number] = page.one(class_="body").all("p")[0].text
        sources = [page.one(id=f"src-{n}") for n in range(1, number + 2)]
        ids[number] = [entry.one("span", class_="about").all("a")[-1]["href"] for entry in sources]
    own = {name: f"/sources/{getattr(story, name).public_id}/" for name in ("first", "second")}
    assert printed == {
        1: "Two states signed a treaty on 27 May 2026 [1, 2].",
        2: "Two states signed a treaty on 27 May 2026 [1, 2, 3].",
    }
    assert ids == {
        1: [own["first"], own["second"]],
        2: [own["first"], f"/sources/{third.public_id}/", own["second"]],
    }
    told = read(client.get(HISTORY).text).one(class_="receipt")
    assert "Evidence added: A third source" in told.text
    assert told.all("del") + told.all("ins") == []


def test_a_minor_edit_is_folded(client, story):
    story.correct("Two states signed the treaty on 27 May 2026", kind="minor", note="")
    newest = read(client.get(HISTORY).text).one("ol").all("li")[0]
    assert newest.one("h2").text == "Edition 2 Small edit"
    assert "open" not in newest.one("details").attributes


def test_the_history_of_what_was_retracted_says_so(client, story):
    story.retract()
    answer = client.get(HISTORY)
    assert answer.status_code == 200
    page = read(answer.text)
    assert "This article is retracted" in page.one(class_="aside").text
    assert [heading.text for heading in page.all("h2")] == [
        "Edition 2 Retraction",
        "Edition 1 First published",
    ]
    assert [link["href"] for link in page.one("ol").all("a")] == [edition(1)]
    assert HISTORY in client.get(ADDRESS).text


def test_a_long_history_goes_on_behind_where_a_page_ends(client, story, monkeypatch):
    monkeypatch.setattr("articles.public.history.EDITIONS", 2)
    for day in (28, 29):
        story.correct(f"Two states signed a treaty on {day} May 2026")
    page = read(client.get(HISTORY).text)
    assert [heading.text[:9] for heading in page.all("h2")] == ["Edition 3", "Edition 2"]
    following = page.one("a", rel="next")["href"]
    assert [heading.text[:9] for heading in read(client.get(following).text).all("h2")] == ["Edition 1"]
    assert client.get(f"{HISTORY}?before=1").status_code == 404


def test_every_page_of_a_history_is_headed_as_the_article_is_now(client, story):
    story.correct()
    story.unpublish("It is outdated.")
    story.save(headline="A treaty was signed")
    story.reinstate()
    for query in ("", "?before=4", "?before=3", "?before=2"):
        page = read(client.get(f"{HISTORY}{query}").text)
        assert page.one("title").text.startswith("History of “A treaty was signed”"), query
        assert page.one(class_="of").one("a").text == "A treaty was signed"
        assert page.all(class_="aside") == []
    story.retract()
    for query in ("", "?before=5", "?before=2"):
        page = read(client.get(f"{HISTORY}{query}").text)
        assert page.one(class_="of").one("a").text == "A treaty was signed"
        assert page.one(class_="aside").text == "This article is retracted. Please do not rely on it."


@pytest.mark.parametrize("before", ["", "x", "-1", "1e3", "٣", "9" * 40])
def test_a_place_in_a_history_that_nobody_gave_is_not_there(client, story, before):
    assert client.get(HISTORY, {"before": before}).status_code == 404


def test_a_history_is_two_queries_however_long_it_is(client, story, django_assert_num_queries):
    for day in (28, 29, 30):
        story.correct(f"Two states signed a treaty on {day} May 2026")
        with django_assert_num_queries(2):
            client.get(HISTORY)
