"""Sentences, claims and quotes on other sites: a card in a frame that follows what the article says, and oEmbed."""

import json
import re
from copy import deepcopy
from datetime import timedelta
from html import unescape
from urllib.parse import quote as encoded
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.addresses import change_address
from articles.corrections import retract, take_down, unpublish
from articles.merging import merge
from articles.withdrawing import withdraw_source
from tests.articles.challenges import READ, RIGHT, WRONG, corrected, published
from tests.articles.illustrating.shown import figure, keep
from tests.articles.standards import validate
from tests.making import Desk, make_claim

pytestmark = pytest.mark.django_db
LATER = READ + timedelta(hours=2)


@pytest.fixture(scope="module")
def _desk(kept):
    return kept(published)


@pytest.fixture
def desk(_desk, clock):
    clock.move_to(LATER)
    return deepcopy(_desk)


def cards(desk) -> dict[str, str]:
    return {
        "sentence": reverse("embed-sentence", args=[desk.article.slug, desk.KEYS[0]]),
        "claim": reverse("embed-claim", args=[desk.claim.public_id]),
        "quote": reverse("embed-quote", args=[desk.quote.public_id]),
    }


def ask(url: str, **more):
    return Client().get(reverse("oembed"), {"url": url, **more})


def place(desk, key: str = Desk.KEYS[0]) -> str:
    return f"http://testserver{reverse('article', args=[desk.article.slug])}#s-{key}"


def test_a_card_says_who_said_what_when_and_where_and_any_site_may_frame_it(desk):
    for name, url in cards(desk).items():
        with CaptureQueriesContext(connection) as queries:
            answer = Client().get(url)
        html = answer.text
        assert (name, answer.status_code, len(queries) <= 3, answer.cookies) == (name, 200, True, {})
        assert "X-Frame-Options" not in answer
        assert answer["Content-Security-Policy"].endswith("frame-ancestors *")
        assert answer["Surrogate-Key"] == "article-a-treaty lists"
        assert answer["Cache-Control"] == "public, max-age=60, s-maxage=2"
        assert ("<script" in html, "style=" in html) == (False, False)
        assert 'target="_blank" rel="noopener">A treaty is signed</a>' in html
        assert Client().get(url, headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert WRONG in Client().get(cards(desk)["claim"]).text
    html = Client().get(cards(desk)["quote"]).text
    said = (
        f"“a good day” – Ada Sample, Minister\nA treaty is signed (1 June 2026)\n{place(desk, desk.KEYS[1])}"
    )
    assert said in unescape(html)
    # Nobody may frame anything else of ours.
    assert Client().get("/")["X-Frame-Options"] == "DENY"


def test_a_card_follows_a_correction_and_says_so(desk):
    corrected(desk)
    for name in ("sentence", "claim"):
        html = Client().get(cards(desk)[name]).text
        assert (RIGHT in html, WRONG in html, "Corrected on 1 June 2026" in html) == (True, False, True)
    assert "Corrected on" not in Client().get(cards(desk)["quote"]).text


def test_a_card_says_that_a_source_was_withdrawn(desk):
    assert "withdrawn" not in Client().get(cards(desk)["quote"]).text
    withdraw_source(desk.second, by=desk.editor, now=READ, withdrawn_by="publisher", reason="It was made up.")
    assert "A source of this was withdrawn" in Client().get(cards(desk)["quote"]).text


def test_what_was_taken_out_says_so_and_what_never_was_is_not_there(desk):
    first = desk.body().partition("</p>")[0] + "</p>"
    desk.now = READ
    desk.save(body=first)
    desk.publish(kind="update", note="Shorter.", now=READ)
    answer = Client().get(cards(desk)["quote"])
    assert (answer.status_code, "No longer in our article" in answer.text) == (410, True)
    assert answer["Content-Security-Policy"].endswith("frame-ancestors *")
    gone = reverse("embed-sentence", args=["a-treaty", desk.KEYS[1]])
    assert Client().get(gone).status_code == 410
    assert ask(place(desk, desk.KEYS[1])).status_code == 404
    draft = Desk()
    for url in (*cards(draft).values(), reverse("embed-sentence", args=["a-treaty", "zzzzzzzzzz"])):
        assert Client().get(url).status_code == 404


def test_a_retraction_beats_every_card(desk):
    retract(desk.article, by=desk.duty, now=READ, note="All of it was wrong.")
    for url in cards(desk).values():
        answer = Client().get(url)
        assert (answer.status_code, "All of it was wrong." in answer.text, WRONG in answer.text) == (
            410,
            True,
            False,
        )
    for url in (place(desk), f"/claims/{desk.claim.public_id}/", "/articles/a-treaty"):
        told = ask(url).json()
        assert (told["type"], told["title"], "html" in told) == (
            "link",
            "RETRACTED: A treaty is signed",
            False,
        )
    take_down(desk.article, by=desk.duty, now=READ + timedelta(minutes=1), reason="A court order.")
    for url in cards(desk).values():
        answer = Client().get(url)
        assert (answer.status_code, "A treaty is signed" in answer.text) == (410, False)
    assert ask(place(desk)).status_code == 404


def test_what_is_unpublished_tells_its_note_alone(desk):
    unpublish(desk.article, by=desk.duty, now=READ, reason="x", note="We offer it no longer.")
    answer = Client().get(cards(desk)["sentence"])
    assert (answer.status_code, "We offer it no longer." in answer.text) == (410, True)
    assert "A treaty is signed" not in answer.text
    assert ask(place(desk)).status_code == 404


def test_a_card_moves_with_its_article(desk):
    was = cards(desk)["sentence"]
    change_address(desk.article, slug="another-address", by=desk.editor, now=READ)
    desk.reload()
    answer = Client().get(was)
    assert (answer.status_code, answer["Location"]) == (301, cards(desk)["sentence"])
    assert Client().get(cards(desk)["quote"]).status_code == 200


def test_oembed_answers_for_each_kind_of_address_as_the_standard_says(desk, tmp_path):
    absolute = "http://testserver"
    asked = {
        f"{absolute}/articles/a-treaty/": "link",
        "https://testserver/articles/a-treaty?utm_source=x": "link",
        "/articles/a-treaty/": "link",
        place(desk): "rich",
        encoded(place(desk), safe=""): "rich",
        f"{absolute}/articles/a-treaty/sentences/{desk.KEYS[1]}/": "rich",
        f"{absolute}/quotes/{desk.quote.public_id}/": "rich",
        f"{absolute}/claims/{desk.claim.public_id}": "rich",
    }
    for number, (url, kind) in enumerate(asked.items()):
        with CaptureQueriesContext(connection) as queries:
            answer = ask(url)
        assert (url, answer.status_code, len(queries) <= 3) == (url, 200, True)
        assert (answer.json()["type"], answer["Access-Control-Allow-Origin"]) == (kind, "*")
        file = tmp_path / f"{number}.json"
        file.write_bytes(answer.content)
        assert validate("oembed", file) == []
    frame = ask(f"{absolute}/quotes/{desk.quote.public_id}/").json()
    assert frame["title"] == "Ada Sample, Minister: a good day"
    source = unescape(re.search(r'src="([^"]+)"', frame["html"])[1])
    assert Client().get(source.removeprefix(absolute)).status_code == 200


def test_oembed_keeps_to_the_room_there_is_and_offers_xml(desk):
    small = ask(place(desk), maxwidth="200", maxheight="120").json()
    assert (small["width"], small["height"]) == (200, 120)
    assert 'width="200" height="120"' in small["html"]
    assert ask(place(desk), maxwidth="9999").json()["width"] == 480
    root = ET.fromstring(ask(place(desk), format="xml").content)  # noqa: S314
    assert (root.tag, root.findtext("type"), root.findtext("version")) == ("oembed", "rich", "1.0")
    assert ask(place(desk), format="yaml").status_code == 501
    for bad in ("0", "-1", "1e9", "x", "100%", "٣٠٠"):
        assert ask(place(desk), maxwidth=bad).status_code == 400


def test_oembed_names_the_articles_picture_in_a_size_for_which_there_is_room(clock, tmp_path):
    clock.move_to(LATER)
    desk = Desk(slug="with-a-map")
    image = keep(desk, size=(1300, 650))
    desk.save(body=figure(image) + desk.body())
    desk.publish()
    url = "http://testserver/articles/with-a-map/"
    for asked, width in {"": 960, "maxwidth=500": 480, "maxheight=481": 960, "maxheight=479": 480}.items():
        for at in (url, place(desk)):
            answer = ask(at, **dict([asked.split("=")] if asked else []))
            told = answer.json()
            assert (told["thumbnail_width"], told["thumbnail_height"]) == (width, width // 2), asked
            assert Client().get(told["thumbnail_url"].removeprefix("http://testserver")).status_code == 200
            (tmp_path / "answer.json").write_bytes(answer.content)
            assert validate("oembed", tmp_path / "answer.json") == []
    for maxwidth in ("470", "1"):
        assert not [name for name in ask(url, maxwidth=maxwidth).json() if name.startswith("thumbnail")]
    retract(desk.reload(), by=desk.duty, now=LATER, note="All of it was wrong.")
    assert "thumbnail_url" not in ask(url).json()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://evil.example/articles/a-treaty/",
        "https://testserver.evil.example/articles/a-treaty/",
        "https://evil.example@testserver/articles/a-treaty/",
        "//evil.example/articles/a-treaty/",
        "file:///articles/a-treaty/",
        "javascript://testserver/articles/a-treaty/",
        "http://[::1/articles/a-treaty/",
        "http://testserver:22/articles/a-treaty/",
        "http://testserver/admin/articles/article/1/change/",
        "http://testserver/articles/a-treaty/../../admin/",
        "http://testserver/articles/a-treaty/\x00",
        "http://testserver/articles/a-treaty/%00",
        "http://testserver/quotes/zzzzzzzzzzzz/",
        "http://testserver/articles/" + "a" * 3000,
        "http://testserver/articles/ą/",
    ],
)
def test_what_is_not_ours_or_not_there_has_no_card_and_is_never_opened(desk, url):
    assert ask(url).status_code == 404


def test_what_an_editor_typed_stays_text_in_every_form(desk):
    desk.now = READ
    signed = "Two states &lt;i&gt;&amp;&lt;/i&gt; signed on 27 May 2026"
    desk.save(headline='<b>"A" treaty</b>', body=desk.body(signed=signed))
    desk.publish(kind="update", note="x", now=READ)
    html = Client().get(cards(desk)["sentence"]).text
    assert ("<b>" in html, "<i>" in html, "&lt;b&gt;" in html) == (False, False, True)
    told = ask(place(desk)).json()
    assert re.fullmatch(r"<iframe [^<>]*></iframe>", told["html"])
    assert ask(place(desk), format="xml").status_code == 200
    assert ask(desk.article.get_absolute_url()).json()["title"] == '<b>"A" treaty</b>'


def test_a_page_says_where_its_card_is(desk):
    titles = {
        "/articles/a-treaty/": "A treaty is signed",
        f"/claims/{desk.claim.public_id}/": WRONG,
        f"/quotes/{desk.quote.public_id}/": "Ada Sample, Minister: a good day",
    }
    for page, title in titles.items():
        html = Client().get(page).text
        link = unescape(re.search(r'type="application/json\+oembed" href="([^"]+)"', html)[1])
        assert json.loads(Client().get(link).content)["title"] == title


def test_a_claim_that_was_merged_has_the_card_of_what_stands_for_it(desk):
    other = make_claim(desk.reporter, desk.first, label="The two states have signed.")
    merge(other, desk.claim, by=desk.editor, now=READ, note="The same assertion.")
    for claim in (desk.claim, other):
        answer = Client().get(reverse("embed-claim", args=[claim.public_id]))
        assert (answer.status_code, WRONG in answer.text) == (200, True)


def test_of_a_gone_article_a_card_is_three_queries_too(desk):
    retract(desk.article, by=desk.duty, now=READ, note="All of it was wrong.")
    for url in cards(desk).values():
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(url).status_code == 410
        assert len(queries) <= 3
