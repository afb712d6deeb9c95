"""Pages of claims, quotes and speakers: what readers have of them, and nothing of the desk's records."""

from datetime import date, timedelta

import pytest

from articles import merging
from articles.models import Quote
from articles.public import fronts
from tests.articles.public.people import take_away
from tests.articles.rendering.html import read
from tests.articles.standards import linked_data_problems
from tests.making import NOW, Desk, make_quote, make_speaker, make_user

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=10)


@pytest.fixture
def desk():
    desk = Desk()
    Quote.objects.filter(pk=desk.quote.pk).update(said_on=date(2026, 5, 30), occasion="in Warsaw")
    desk.publish()
    return desk


def paths(desk: Desk) -> list[str]:
    return [
        f"/claims/{desk.claim.public_id}/",
        f"/quotes/{desk.quote.public_id}/",
        f"/speakers/{desk.speaker.slug}/",
    ]


def correct(desk: Desk, signed: str = "Three states signed a treaty on 27 May 2026"):
    desk.now = LATER
    desk.save(body=desk.body(signed=signed))
    desk.publish(kind="correction", note="It was three.", now=LATER)


def test_a_claim_tells_where_it_stands_since_when_and_what_it_rests_on(client, desk):
    page = read(client.get(paths(desk)[0]).text)
    assert page.one("h1").text == "Two states signed a treaty on 27 May 2026"
    assert "The treaty was signed." not in page.text  # What the desk calls it.
    story = f"/articles/{desk.article.slug}/"
    links = [link["href"] for link in page.one("main").all("a")]
    assert f"{story}editions/1/" in links
    assert f"{story}#s-{desk.KEYS[0]}" in links
    assert [link for link in links if link.startswith("/sources/")] == [
        f"/sources/{desk.first.public_id}/",
        f"/sources/{desk.second.public_id}/",
    ]
    assert "reports what was agreed" in page.text
    assert page.one("main").all("time")[0]["datetime"] == "2026-06-01T13:00:00+01:00"


def test_what_was_said_wrongly_stands_on_the_page_of_the_claim(client, desk):
    correct(desk)
    page = read(client.get(paths(desk)[0]).text)
    assert page.one("h1").text.startswith("Three states")
    earlier = page.one(class_="captures")
    assert "Two states signed a treaty on 27 May 2026" in earlier.text
    assert "Corrected since" in earlier.text
    assert earlier.one("a")["href"] == f"/articles/{desk.article.slug}/editions/1/#s-{desk.KEYS[0]}"
    assert page.one("main").all("a")[0]["href"] == f"/articles/{desk.article.slug}/editions/1/"


def test_a_quote_tells_who_said_it_and_when(client, desk):
    page = read(client.get(paths(desk)[1]).text)
    assert page.one("h1").text == "a good day"
    facts = page.one("dl").text
    for told in ("Ada Sample", "Minister", "30 May 2026", "in Warsaw"):
        assert told in facts
    assert page.one("dl").one("a")["href"] == paths(desk)[2]
    sources = [a["href"] for a in page.all("a") if a["href"].startswith("/sources/")]
    assert sources == [f"/sources/{desk.second.public_id}/"]
    assert page.all(class_="captures") == []


def test_a_speaker_has_every_quote_and_the_roles_they_were_quoted_in(client, desk):
    other = Desk(now=LATER)
    quote = make_quote(
        other.reporter, other.second, words="a good day", speaker=desk.speaker, said_on=date(2024, 2, 1)
    )
    other.quote = quote
    other.save(body=other.body())
    other.publish()
    page = read(client.get(paths(desk)[2]).text)
    assert page.one("h1").text == "Ada Sample"
    assert [h2.one("a")["href"] for h2 in page.all("h2")] == [
        f"/articles/{other.article.slug}/",
        f"/articles/{desk.article.slug}/",
    ]
    assert [quote.one("q").text for quote in page.all("blockquote")] == ["a good day", "a good day"]
    assert f"/quotes/{quote.public_id}/" in [a["href"] for a in page.all("a")]
    roles = page.one(class_="roles").all("li")
    assert [" ".join(role.text.split()) for role in roles] == ["Minister 30 May 2026"]


def test_pages_of_a_speaker_go_on_behind_one_another(client, desk, monkeypatch):
    monkeypatch.setattr(fronts, "ENTRIES", 1)
    fronts._made.cache_clear()
    other = Desk(now=LATER)
    Quote.objects.filter(pk=other.quote.pk).update(speaker=desk.speaker)
    other.publish()
    first = read(client.get(paths(desk)[2]).text)
    assert [h2.one("a")["href"] for h2 in first.all("h2")] == [f"/articles/{other.article.slug}/"]
    last = read(client.get(first.one("a", rel="next")["href"]).text)
    assert [h2.one("a")["href"] for h2 in last.all("h2")] == [f"/articles/{desk.article.slug}/"]
    assert "Nothing earlier" not in last.text


def test_what_was_merged_leads_to_what_stands_for_it(client, desk):
    other = Desk(now=LATER)
    other.publish()
    editor = make_user("editor")
    gone = paths(other)
    merging.merge(desk.claim, other.claim, by=editor, now=LATER, note="The same.")
    merging.merge(desk.speaker, other.speaker, by=editor, now=LATER, note="The same.")
    for kept, led in ((paths(desk)[0], gone[0]), (paths(desk)[2], gone[2])):
        answer = client.get(led)
        assert (answer.status_code, answer["Location"]) == (301, kept)
        articles = {f"/articles/{each.article.slug}/" for each in (desk, other)}
        assert articles <= {a["href"] for a in read(client.get(kept).text).all("a")}
    draft, _role = make_speaker("A Name Nobody Printed")
    merging.merge(desk.speaker, draft, by=editor, now=LATER, note="The same.")
    assert client.get(f"/speakers/{draft.slug}/").status_code == 404


def test_a_record_that_nothing_listed_names_has_no_page(client, desk):
    waiting = Desk()
    waiting.publish(at=NOW + timedelta(days=1))
    for path in [*paths(waiting), "/claims/nothing/", "/quotes/nothing/", "/speakers/nobody/"]:
        answer = client.get(path)
        assert (answer.status_code, answer["Surrogate-Key"]) == (404, "lists"), path
    take_away(desk.article.editions.get(), kind="retraction", note="Wrong.", at=LATER)
    for path in paths(desk):
        assert client.get(path).status_code == 404, path


def test_a_page_is_three_queries_at_most_and_is_not_sent_again(client, desk, django_assert_max_num_queries):
    correct(desk)
    for path in paths(desk):
        with django_assert_max_num_queries(3):
            answer = client.get(path)
        assert answer["Surrogate-Key"] == "lists"
        assert client.get(path, headers={"if-none-match": answer["ETag"]}).status_code == 304


def test_they_are_told_to_machines(client, tmp_path, settings):
    settings.NEWSROOM_ORIGIN = "https://news.example"
    desk = Desk()
    desk.publish()
    correct(desk)
    for path in paths(desk):
        assert linked_data_problems(client.get(path).text, tmp_path) == [], path
