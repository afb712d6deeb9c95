"""Readers' page of a source, the text of its archived copy, and its citation."""

from datetime import timedelta

import pytest

from sources.models import Source
from tests.articles.rendering.html import read
from tests.making import NOW, Desk, make_publisher, make_snapshot

pytestmark = pytest.mark.django_db

TEXT = "A first paragraph.\nOn 27 May 2026 two states signed a treaty at Port Sample.\nIt was “a good day”, one said."
EXACT = "two states signed a treaty"


def a_story(**fields) -> Desk:
    """A published story whose claim rests on a passage of its first source."""
    desk = Desk(slug="a-treaty")
    Source.objects.filter(pk=desk.first.pk).update(publisher=make_publisher("Daily Example"), **fields)
    desk.choose_passage(desk.claim.citations.get(source=desk.first), TEXT, EXACT)
    desk.publish()
    return desk


def page_of(client, desk: Desk):
    return client.get(f"/sources/{desk.first.public_id}/")


def snapshot_of(desk: Desk) -> str:
    snapshot = desk.first.snapshots.order_by("-pk").first()
    return f"/sources/{desk.first.public_id}/snapshots/{snapshot.public_id}/"


def test_it_tells_what_rests_on_it_with_the_passage_and_the_proof(client):
    desk = a_story()
    answer = page_of(client, desk)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Two states signed a treaty on 27 May 2026" in text
    assert f"/articles/a-treaty/#s-{Desk.KEYS[0]}" in text
    assert f"<mark>{EXACT}</mark>" in text
    assert desk.first.snapshots.latest("pk").sha256 in text
    assert "Daily Example" in text
    assert f"{desk.first.url}#:~:text=" in text


def test_a_text_that_was_handed_to_us_is_not_called_archived(client):
    text = page_of(client, a_story()).content.decode()
    assert "Handed to us, kept on" in text
    assert "As archived on" not in text


def test_it_takes_two_queries_however_much_rests_on_it(client, django_assert_num_queries):
    desk = a_story()
    with django_assert_num_queries(2):
        assert page_of(client, desk).status_code == 200


def test_a_source_that_nothing_public_cites_has_no_page(client, clock):
    desk = Desk()
    assert page_of(client, desk).status_code == 404
    desk.publish(at=NOW + timedelta(hours=5))
    assert page_of(client, desk).status_code == 404
    clock.move_to(NOW + timedelta(hours=5))
    assert page_of(client, desk).status_code == 200
    assert client.get("/sources/000000000000/").status_code == 404


def test_the_copy_is_refused_where_we_hold_no_right_to_show_it(client):
    desk = a_story()
    answer = client.get(snapshot_of(desk))
    assert (answer.status_code, answer["Location"]) == (302, f"/sources/{desk.first.public_id}/#copies-h")
    assert "/snapshots/" not in page_of(client, desk).content.decode()


def test_the_copy_is_shown_with_its_passages_marked_where_we_may(client):
    desk = a_story(archive_shown=True)
    answer = client.get(snapshot_of(desk))
    assert answer.status_code == 200
    assert answer["X-Robots-Tag"] == "noindex, noarchive"
    start = TEXT.index(EXACT)
    assert read(answer.content.decode()).one(id=f"p-{start}").text == EXACT
    assert f"{snapshot_of(desk)}#p-{start}" in page_of(client, desk).content.decode()


def test_the_copy_has_its_interface_in_the_language_of_who_comes(client, monkeypatch):
    monkeypatch.setattr("articles.rendering.text.PART", 40)
    monkeypatch.setattr("articles.public.sources.PART", 40)
    desk = a_story(archive_shown=True)
    own = snapshot_of(desk)
    polish = client.get(f"/sources/{desk.first.public_id}/?lang=pl").text
    assert f'"{own}?lang=pl"' in polish
    page = read(client.get(f"{own}?part=2&lang=pl").text)
    assert page.one("html")["lang"] == "pl"
    assert page.one(class_="flag").one("a")["href"] == f"/sources/{desk.first.public_id}/?lang=pl"
    assert [link["href"] for link in page.one(class_="pages").all("a")] == [
        f"{own}?lang=pl",
        f"{own}?part=3&lang=pl",
    ]
    assert page.one(class_="also-in").one("a")["href"] == f"{own}?part=2"
    Source.objects.filter(pk=desk.first.pk).update(archive_shown=False)
    elsewhere = client.get(f"{own}?lang=pl")["Location"]
    assert elsewhere == f"/sources/{desk.first.public_id}/?lang=pl#copies-h"


def test_a_capture_that_nothing_public_cites_is_not_shown(client):
    desk = a_story(archive_shown=True)
    other = make_snapshot(desk.first, "Another capture, of another day.")
    assert client.get(f"/sources/{desk.first.public_id}/snapshots/{other.public_id}/").status_code == 404
    own = desk.first.snapshots.order_by("pk").first()
    assert client.get(f"/sources/{desk.second.public_id}/snapshots/{own.public_id}/").status_code == 404


@pytest.mark.parametrize("part", ["2", "0", "x", "-1"])
def test_a_part_there_is_not_is_not_found(client, part):
    desk = a_story(archive_shown=True)
    assert client.get(snapshot_of(desk), {"part": part}).status_code == 404


def test_a_hostile_title_and_passage_are_printed_as_text(client):
    desk = Desk(slug="a-treaty")
    Source.objects.filter(pk=desk.first.pk).update(title="<script>alert(1)</script>", archive_shown=True)
    text = "Then came <img src=x onerror=alert(2)> and two states signed."
    desk.choose_passage(desk.claim.citations.get(source=desk.first), text, "<img src=x onerror=alert(2)>")
    desk.publish()
    for address in (f"/sources/{desk.first.public_id}/", snapshot_of(desk)):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img" not in page


@pytest.mark.parametrize(
    ("ending", "kind"),
    [
        ("csl.json", "application/vnd.citationstyles.csl+json"),
        ("bib", "application/x-bibtex; charset=utf-8"),
        ("ris", "application/x-research-info-systems; charset=utf-8"),
    ],
)
def test_article_and_source_can_be_cited_in_each_format(client, ending, kind):
    desk = a_story()
    for address in (
        f"/articles/a-treaty/sources.{ending}",
        f"/sources/{desk.first.public_id}/citation.{ending}",
    ):
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, kind)
        assert answer["Content-Disposition"].endswith(f'.{ending}"')
        assert desk.first.title in answer.content.decode()
        again = client.get(address, headers={"If-None-Match": answer["ETag"]})
        assert again.status_code == 304


def test_nothing_is_cited_of_what_is_not_public(client):
    desk = Desk(slug="a-treaty")
    assert client.get("/articles/a-treaty/sources.bib").status_code == 404
    assert client.get(f"/sources/{desk.first.public_id}/citation.bib").status_code == 404
    assert client.get("/articles/a-treaty/sources.exe").status_code == 404


def withdraw(source: Source, at) -> None:
    Source.objects.filter(pk=source.pk).update(
        withdrawn_at=at, withdrawn_by=Source.WithdrawnBy.PUBLISHER, withdrawal_reason="Made <up>."
    )


def test_the_copy_and_the_citation_of_a_withdrawn_source_say_so(client):
    desk = a_story(archive_shown=True)
    withdraw(desk.first, NOW)
    notice = read(client.get(snapshot_of(desk)).text).one(class_="grave")
    assert "Withdrawn by" in notice.text
    assert "Made <up>." in notice.text
    for ending in ("csl.json", "bib", "ris"):
        citation = client.get(f"/sources/{desk.first.public_id}/citation.{ending}").text
        assert "Withdrawn on 2026-06-01: Made <up>." in citation
