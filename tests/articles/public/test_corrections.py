"""What readers are told was set right: at the article, in the log, in its data, and what a notice says."""

import json
from copy import deepcopy
from datetime import timedelta

import pytest

from articles import drafting, following
from articles.models import Correction, Rendering
from tests.articles.public.followed import AT, NOTE, Followed
from tests.articles.public.stories import polish_story
from tests.articles.rendering.html import read

pytestmark = pytest.mark.django_db

ADDRESS, LOG = "/articles/a-treaty/", "/corrections/"


@pytest.fixture(scope="module")
def _story(kept):
    return kept(Followed)


@pytest.fixture
def story(_story, clock):
    clock.move_to(AT[8])
    return deepcopy(_story)


def test_an_article_tells_every_correction_once_newest_first(client, story):
    story.correct()
    story.correct("Two states signed a treaty on 29 May 2026", kind="update", note="More is known.")
    story.correct(
        "Two states signed a treaty on 30 May 2026", kind="clarification", note="It was the evening."
    )
    page = read(client.get(ADDRESS).text)
    notices = page.all(role="doc-errata")
    assert [notice.one("h2").text for notice in notices] == ["Clarification", "Correction"]
    assert [notice.one("time").text for notice in notices] == [
        "4 June 2026, 13:00 BST",
        "2 June 2026, 13:00 BST",
    ]
    assert page.one("main").text.count(NOTE) == 1
    assert page.one(class_="flag").text == "Clarification"
    assert page.one(id="note").all(role="doc-errata") == notices


def test_a_receipt_is_folded_and_says_what_was_said_and_what_is_said(client, story):
    story.correct()
    receipt = read(client.get(ADDRESS).text).one("details")
    assert "open" not in receipt.attributes
    assert receipt.one("summary").text == "What was changed (1 change)"
    assert receipt.one("del").text == "Two states signed a treaty on 27 May 2026"
    assert receipt.one("ins").text == "Two states signed a treaty on 28 May 2026"
    assert receipt.one("a")["href"] == f"#s-{story.KEYS[0]}"


def test_many_corrections_do_not_push_the_text_away(client, story):
    for day in range(10, 15):
        story.correct(f"Two states signed a treaty on {day} May 2026", note=f"It was on day {day}.")
    page = read(client.get(ADDRESS).text)
    folded = page.one("details", class_="earlier")
    assert len(page.all(role="doc-errata")) == 5
    assert len(folded.all(role="doc-errata")) == 2
    assert "It was on day 10." in folded.text


def test_the_note_of_an_update_goes_with_its_edition(client, story):
    story.correct(kind="update", note="More is known.")
    assert "More is known." in client.get(ADDRESS).text
    story.correct("Two states signed a treaty on 29 May 2026")
    assert "More is known." not in client.get(ADDRESS).text


def test_what_came_back_says_why_and_what_had_been_taken_back(client, story):
    story.retract()
    story.reinstate()
    notices = read(client.get(ADDRESS).text).all(role="doc-errata")
    assert [notice.one("h2").text for notice in notices] == ["Available again", "Retraction"]


def test_an_old_edition_knows_nothing_of_what_came_after(client, story):
    story.correct()
    story.correct("Two states signed a treaty on 29 May 2026", note="It was the 29th.")
    told = read(client.get(f"{ADDRESS}editions/2/").text).one("article")
    assert NOTE in told.text
    assert "It was the 29th." not in told.text


def test_the_log_lists_what_was_set_right_newest_first(client, story):
    story.correct()
    story.correct("Two states signed a treaty on 29 May 2026", kind="update", note="More is known.")
    story.retract("It never happened.")
    page = read(client.get(LOG).text)
    entries = page.one("ol").all("li")
    told = [entry for entry in entries if (entry["id"] or "").startswith("correction-")]
    assert [entry.one("strong").text for entry in told] == ["Retraction", "Correction"]
    assert "It never happened." in told[0].text
    assert NOTE in told[1].text
    assert told[1].one("del").text.endswith("27 May 2026")
    assert [link["href"] for link in told[0].all("a")] == [ADDRESS]
    edition = f"{ADDRESS}editions/2/"
    assert [link["href"] for link in told[1].all("a")] == [ADDRESS, edition, f"{edition}#s-{story.KEYS[0]}"]
    assert "More is known." not in page.text


@pytest.mark.parametrize("how", ["unpublish", "take_down"])
def test_the_log_tells_nothing_of_what_was_taken_away(client, story, how):
    story.correct()
    getattr(story, how)()
    answer = client.get(LOG)
    assert "There has been nothing to correct yet." in answer.text
    assert ADDRESS not in answer.text


def test_the_log_keeps_a_retraction_that_closed_the_history_and_nothing_before_it(client, story):
    story.correct()
    story.retract(closes_history=True)
    answer = client.get(LOG)
    assert "We were deceived." in answer.text
    assert NOTE not in answer.text


def test_the_log_goes_on_behind_where_a_page_ends(client, story, monkeypatch):
    monkeypatch.setattr("articles.public.correction_log.ENTRIES", 2)
    for day in (28, 29, 30):
        story.correct(f"Two states signed a treaty on {day} May 2026", note=f"It was day {day}.")
        story.now += timedelta(microseconds=1) - timedelta(days=1)
    first = read(client.get(LOG).text)
    second = read(client.get(first.one("a", rel="next")["href"]).text)
    told = [entry["id"] for page in (first, second) for entry in page.one("ol").all("li") if entry["id"]]
    assert set(told) == {f"correction-{one.public_id}" for one in Correction.objects.all()}
    assert len(told) == 3


def test_what_is_taken_down_while_somebody_looks_is_left_out(client, story, monkeypatch):
    found = following._headlines

    def headlines(articles, now):
        Rendering.objects.all().delete()
        return found(articles, now)

    story.correct()
    stays = Followed("another-treaty")
    stays.correct()
    monkeypatch.setattr(following, "_headlines", headlines)
    for path in (LOG, "/feeds/corrections/feed.json", "/api/v1/corrections/"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert NOTE not in answer.text
    public_id = Correction.objects.first().public_id
    assert client.get(f"/api/v1/corrections/{public_id}/").status_code == 404


def test_the_log_goes_on_behind_what_was_taken_down_while_somebody_looked(client, story, monkeypatch):
    found = following._headlines

    def headlines(articles, now):
        return {article: told for article, told in found(articles, now).items() if article != gone.article.pk}

    story.correct()
    gone = Followed("another-treaty", now=AT[2])
    gone.correct()
    monkeypatch.setattr(following, "_headlines", headlines)
    monkeypatch.setattr("articles.public.correction_log.ENTRIES", 1)
    page = read(client.get(LOG).text)
    assert [entry["id"] for entry in page.all("li") if entry["id"]] == []
    assert NOTE in client.get(page.one("a", rel="next")["href"]).text
    first = client.get("/api/v1/corrections/?limit=1").json()
    assert first["results"] == []
    assert len(client.get(first["next"]).json()["results"]) == 1


@pytest.mark.parametrize("before", ["", "x", "a" * 500, "MjAyNg"])
def test_a_place_in_the_log_that_nobody_gave_is_not_there(client, before):
    assert client.get(LOG, {"before": before}).status_code == 404


def test_the_log_is_at_most_three_queries(client, story, django_assert_max_num_queries):
    for day in (28, 29, 30):
        story.correct(f"Two states signed a treaty on {day} May 2026")
    with django_assert_max_num_queries(3):
        client.get(LOG)


def test_every_page_leads_to_the_log(client, story):
    for path in (ADDRESS, "/", "/nothing/"):
        assert read(client.get(path).text).one("footer").all("a", href=LOG)


def test_data_and_page_tell_the_same_corrections(client, story):
    story.correct()
    story.correct(
        "Two states signed a treaty on 29 May 2026", kind="clarification", note="It was the evening."
    )
    page = read(client.get(ADDRESS).text)
    told = json.loads(page.one("script", type_="application/ld+json").text)["@graph"][0]["correction"]
    shown = [
        {
            "id": f"{ADDRESS}#{notice['id']}",
            "text": notice.all("p")[1].text,
            "datePublished": notice.one("time")["datetime"],
        }
        for notice in page.all(role="doc-errata")
    ]
    assert [{"id": c["@id"], "text": c["text"], "datePublished": c["datePublished"]} for c in told] == shown


def test_a_retraction_is_told_with_its_headline_its_note_and_the_way_to_the_history(client, story):
    story.retract("We were deceived.")
    answer = client.get(ADDRESS)
    page = read(answer.text)
    assert answer.status_code == 410
    assert page.one("h1").text == "RETRACTED: A treaty is signed"
    assert "2 June 2026, 13:00 BST" in page.one("main").text
    assert "We were deceived." in page.one(role="doc-errata").text
    assert page.all("script") == []
    problem = client.get(f"/api/v1/articles/{story.article.public_id}/").json()
    assert (problem["status"], problem["notice"]) == (410, "We were deceived.")
    assert problem["correction"]["note"] == "We were deceived."
    assert problem["correction"]["number"] == 2


def test_what_is_unpublished_says_so_and_no_more_than_its_note(client, story):
    story.unpublish("It is out of date.")
    page = read(client.get(ADDRESS).text).one("main")
    assert page.one("h1").text == "This article is no longer available"
    assert "It is out of date." in page.text
    assert "treaty" not in page.text
    problem = client.get(f"/api/v1/articles/{story.article.public_id}/").json()
    assert (problem["notice"], problem["correction"]) == ("It is out of date.", None)


def test_a_polish_article_is_polish_after_publication_too(client, clock):
    clock.move_to(AT[5])
    story = polish_story()
    desk, article = story.desk, story.article
    desk.now = AT[1] + timedelta(hours=1)
    article.refresh_from_db()
    body = article.body.replace("w Londynie", "w Warszawie")
    drafting.save_draft(article, by=desk.reporter, now=desk.now, version=article.version, body=body)
    desk.publish(desk.put_in_order(article), kind="correction", note="Podpisano go w Warszawie.")
    page = read(client.get(story.path).text)
    assert page.one(role="doc-errata").one("h2").text == "Sprostowanie"
    assert page.one("summary").text.startswith("Co zmieniono (1 zmiana)")
    history = read(client.get(f"{story.path}history/").text)
    assert [heading.text for heading in history.all("h2")] == [
        "Wydanie 2 Sprostowanie",
        "Wydanie 1 Opublikowano",
    ]
    banner = read(client.get(f"{story.path}editions/1/").text).one("aside", class_="banner").text
    assert banner.strip().startswith("To wydanie 1 z 1 czerwca 2026")
