"""What search engines are told."""

from datetime import UTC, date, timedelta
from itertools import chain

import pytest
from lxml import etree

from articles import addresses, corrections, publishing
from articles.importing.storing import import_text
from articles.models import Treaty
from articles.public import sitemap_records, sitemaps
from tests.articles.public.stories import polish_story
from tests.articles.standards import validate
from tests.making import NOW, Desk

pytestmark = pytest.mark.django_db
INDEX, NEWS = "/sitemap.xml", "/sitemaps/news.xml"
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
LASTMOD = "{http://www.sitemaps.org/schemas/sitemap/0.9}lastmod"
ABOUT = "{http://www.google.com/schemas/sitemap-news/0.9}"
HOST = "http://testserver"


def later(**delta):
    return NOW + timedelta(**delta)


def read(client, path: str):
    answer = client.get(path)
    assert answer.status_code == 200
    return etree.fromstring(answer.content)


def locs(client, path: str) -> list[str]:
    return [loc.text for loc in read(client, path).iter(LOC)]


def files(client) -> list[str]:
    """The files of articles that the index names."""
    return [file for file in locs(client, INDEX) if file.removeprefix(f"{HOST}/sitemaps/")[0].isdigit()]


def everything(client) -> list[str]:
    """Every article in every file that the index names."""
    return [loc for file in files(client) for loc in locs(client, file.removeprefix(HOST))]


def test_the_sitemaps_are_as_the_protocol_says(client, tmp_path):
    file = tmp_path / "news.xml"
    for _ in range(2):
        file.write_bytes(client.get(NEWS).content)
        assert validate("news-sitemap", file) == []
        Desk().publish()
        polish_story(slug=f"polska-{_}")
    number = locs(client, INDEX)[0].removeprefix(HOST)
    file.write_bytes(client.get(number).content)
    # The schema of the news sitemap is that of the plain one with a block that may be absent.
    assert validate("news-sitemap", file) == []
    index = read(client, INDEX)
    assert index.tag == "{http://www.sitemaps.org/schemas/sitemap/0.9}sitemapindex"
    assert client.get(INDEX)["Content-Type"].startswith("application/xml")


def test_every_listed_article_is_named_once_with_the_moment_of_its_edition(client):
    desks = [Desk() for _ in range(3)]
    for desk in desks:
        desk.publish()
    desks[0].now = later(minutes=5)
    desks[0].save(headline="A treaty was signed")
    desks[0].publish()
    assert everything(client) == [f"{HOST}/articles/{desk.article.slug}/" for desk in desks]
    moments = [mod.text for mod in read(client, locs(client, INDEX)[0].removeprefix(HOST)).iter(LASTMOD)]
    assert moments == ["2026-06-01T12:05:00Z", "2026-06-01T12:00:00Z", "2026-06-01T12:00:00Z"]
    assert [mod.text for mod in read(client, INDEX).iter(LASTMOD)] == ["2026-06-01T12:05:00Z"]


def test_many_articles_are_spread_over_files_and_each_stays_in_its_own(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "BLOCK", 2)
    desks = [Desk() for _ in range(5)]
    for desk in desks:
        desk.publish()
    before = {file: locs(client, file.removeprefix(HOST)) for file in files(client)}
    assert all(1 <= len(named) <= 2 for named in before.values())
    assert sorted(chain(*before.values())) == sorted(f"{HOST}/articles/{d.article.slug}/" for d in desks)
    desks[0].now = later(minutes=5)
    desks[0].save(headline="A treaty was signed")
    desks[0].publish()
    Desk().publish()
    after = {file: locs(client, file.removeprefix(HOST)) for file in files(client)}
    for file, named in before.items():
        assert set(named) <= set(after[file])


@pytest.mark.parametrize("how", ["retract", "unpublish", "take_down"])
def test_what_is_gone_is_left_out_at_once(client, how):
    desk = Desk()
    desk.publish()
    file = locs(client, INDEX)[0].removeprefix(HOST)
    acting = {"by": desk.duty, "now": later(minutes=30)}
    match how:
        case "retract":
            corrections.retract(desk.reload(), note="It was made up.", **acting)
        case "unpublish":
            corrections.unpublish(desk.reload(), reason="Rights.", **acting)
        case "take_down":
            corrections.take_down(desk.reload(), reason="A court said so.", **acting)
    assert locs(client, INDEX) == locs(client, NEWS) == []
    assert client.get(file).status_code == 404


@pytest.mark.parametrize("embargoed", [False, True])
def test_what_waits_is_left_out_until_its_moment(client, clock, embargoed):
    Desk().publish(at=later(hours=3), embargoed=embargoed)
    clock.move_to(later(hours=3, seconds=-1))
    assert locs(client, INDEX) == locs(client, NEWS) == []
    clock.move_to(later(hours=3, seconds=1))
    assert len(everything(client)) == len(locs(client, NEWS)) == 1


def test_news_are_what_first_appeared_in_the_last_two_days(client, clock):
    desk = Desk(slug="a-treaty")
    desk.publish()
    clock.move_to(later(hours=47, minutes=59))
    assert locs(client, NEWS) == [f"{HOST}/articles/a-treaty/"]
    clock.move_to(later(hours=48, minutes=1))
    assert locs(client, NEWS) == []
    assert len(everything(client)) == 1


def test_a_corrected_article_keeps_its_date_among_the_news(client):
    desk = Desk()
    desk.publish()
    desk.now = later(minutes=5)
    desk.save(headline="A treaty was signed on 27 May 2026")
    desk.publish(kind="correction", note="It is signed.")
    news = read(client, NEWS)
    assert news.findtext(f".//{ABOUT}publication_date") == "2026-06-01T12:00:00Z"
    assert news.findtext(f".//{LASTMOD}") == "2026-06-01T12:05:00Z"
    assert news.findtext(f".//{ABOUT}title") == "A treaty was signed on 27 May 2026"
    assert news.findtext(f".//{ABOUT}name") == "Newsroom"
    assert news.findtext(f".//{ABOUT}language") == "en"


def test_an_archive_story_is_no_news(client):
    desk = Desk()
    story = import_text(
        b"Two states signed [1].\n",
        language="en",
        by=desk.duty,
        now=NOW,
        headline="Old",
        archive="a",
        name="a.txt",
    )[0]
    publishing.release_as_archive(story, published_on=date(2019, 5, 3), by=desk.duty, now=NOW.astimezone(UTC))
    assert len(everything(client)) == 1
    assert locs(client, NEWS) == []


def test_a_file_of_news_is_never_too_long(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "MOST_NEWS", 2)
    desks = [Desk(now=NOW - timedelta(hours=hours)) for hours in range(3)]
    for desk in desks:
        desk.publish()
    assert locs(client, NEWS) == [f"{HOST}/articles/{desk.article.slug}/" for desk in desks[:2]]


def test_an_article_that_moved_is_named_at_its_present_address(client):
    desk = Desk(slug="a-treaty")
    desk.publish()
    addresses.change_address(desk.reload(), slug="the-treaty", by=desk.duty, now=later(minutes=30))
    assert everything(client) == locs(client, NEWS) == [f"{HOST}/articles/the-treaty/"]


def test_each_takes_one_query_however_much_there_is(client, django_assert_num_queries):
    for _ in range(3):
        Desk().publish()
    named = [file.removeprefix(HOST) for file in locs(client, INDEX)]
    for path in (NEWS, *named):
        with django_assert_num_queries(1):
            client.get(path)
    with django_assert_num_queries(2):
        client.get(INDEX)
    with django_assert_num_queries(0):
        client.get("/robots.txt")


def test_they_are_not_sent_twice_and_leave_caches_with_the_lists(client):
    Desk().publish()
    for path in (INDEX, NEWS, locs(client, INDEX)[0].removeprefix(HOST)):
        answer = client.get(path, headers={"accept-encoding": "gzip"})
        assert answer["Surrogate-Key"] == "lists"
        again = client.get(path, headers={"accept-encoding": "gzip", "if-none-match": answer["ETag"]})
        assert again.status_code == 304


def test_robots_are_told_where_the_sitemaps_are(client, settings):
    settings.NEWSROOM_ORIGIN = "https://news.example"
    answer = client.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "Sitemap: https://news.example/sitemap.xml" in answer.text.splitlines()
    assert "Sitemap: https://news.example/sitemaps/news.xml" in answer.text.splitlines()
    assert {"Disallow: /admin/", "Disallow: /articles/*/report/"} < set(answer.text.splitlines())


def test_what_listed_articles_are_about_is_named_with_a_page_each(client, monkeypatch, tmp_path):
    monkeypatch.setattr(sitemap_records, "BLOCK", 500)
    treaty = Treaty.objects.create(title="Treaty of Nancy", slug="nancy", parties=["France", "Poland"])
    Treaty.objects.create(title="Unheard of", slug="unheard-of")
    far = Treaty.objects.create(pk=treaty.pk + 10**9, title="Treaty of Łódź", slug="lodz")
    for _ in range(3):
        desk = Desk()
        desk.save(treaties=[treaty, far])
        desk.publish()
    waiting = Desk()
    waiting.publish(at=later(days=1))
    records = [file.removeprefix(HOST) for file in locs(client, INDEX) if file not in files(client)]
    named = []
    assert sum("treaties" in file for file in records) == 2
    for file in records:
        (tmp_path / "file.xml").write_bytes(client.get(file).content)
        assert validate("news-sitemap", tmp_path / "file.xml") == []
        named += [loc.removeprefix(HOST) for loc in locs(client, file)]
    assert len(named) == len(set(named))
    assert {"/treaties/nancy/", "/treaties/lodz/", "/parties/france/", "/parties/poland/"} <= set(named)
    assert sum(path.startswith("/claims/") for path in named) == 3
    assert f"/claims/{waiting.claim.public_id}/" not in named
    for path in named:
        assert client.get(path).status_code == 200, path


@pytest.mark.parametrize("number", ["0", "01", "-1", "9999999999", "9" * 5000, "x", "%D9%A1"])
def test_a_file_that_names_nothing_is_not_there(client, number):
    assert client.get(f"/sitemaps/{number}.xml").status_code == 404
    assert client.get(f"/sitemaps/claims-{number}.xml").status_code == 404
