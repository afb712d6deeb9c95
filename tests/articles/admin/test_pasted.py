"""A pasted text with numbers: marks are proposed, and made when a person accepts."""

import json

import pytest
from django.urls import reverse

from articles.body.html import parse_html
from articles.models import Claim, Quote
from newsroom.audit.models import AuditEvent
from sources.models import Capture, Source
from tests.articles.admin.pages import signed_in
from tests.making import Desk, make_user

pytestmark = pytest.mark.django_db


def paste(user, pk, text, **more):
    url = reverse("admin:articles_article_pasted", args=[pk])
    return signed_in(user).post(url, json.dumps({"text": text} | more), content_type="application/json")


SAID = "Both sides agreed [2]. Minister Ada Sample said “we have waited for this day” [1, 3]. It rains."


def test_numbers_are_those_that_the_draft_prints_and_nothing_is_stored_before_somebody_accepts():
    desk = Desk()
    before = Claim.objects.count(), Quote.objects.count(), Source.objects.count()
    told = paste(desk.reporter, desk.article.pk, SAID, body=desk.body()).json()
    kinds = [(piece["kind"], piece["group"]) for piece in told["paragraphs"][0]]
    assert kinds == [("claim", "[2]"), ("", ""), ("quote", "[1, 3]"), ("", "")]
    assert {source["number"]: source["name"] for source in told["sources"]} == {
        1: desk.first.title,
        2: desk.second.title,
        3: "",
    }
    assert "".join(piece["text"] for piece in told["paragraphs"][0]) == (
        "Both sides agreed. Minister Ada Sample said “we have waited for this day”. It rains."
    )
    assert (Claim.objects.count(), Quote.objects.count(), Source.objects.count()) == before


def test_accepted_it_comes_back_with_marks_and_without_numbers():
    desk = Desk()
    html = paste(desk.reporter, desk.article.pk, SAID, body=desk.body(), accept="yes").json()["html"]
    (block,) = parse_html(html).blocks
    assert "[" not in block.text
    agreed, said = block.segments
    assert block.text[agreed.start : agreed.end] == "Both sides agreed"
    claim = Claim.objects.get(public_id=agreed.claim)
    assert [c.source for c in claim.citations.all()] == [desk.second]
    quote = Quote.objects.get(public_id=said.quotes[0])
    assert (quote.words, quote.speaker) == ("we have waited for this day", desk.speaker)
    assert [c.source.is_identified for c in quote.citations.order_by("position")] == [True, False]
    assert AuditEvent.objects.filter(act="quote.entered", by=desk.reporter).exists()
    assert desk.reload().version == 1


def test_a_list_of_its_own_goes_before_the_numbers_of_the_draft():
    desk = Desk()
    text = "It was agreed [1].\n\nSources:\n1. Minutes, Gazette, https://gazette.example/minutes\n"
    html = paste(desk.reporter, 0, text, body=desk.body(), accept="yes").json()["html"]
    (block,) = parse_html(html).blocks
    source = Claim.objects.get(public_id=block.segments[0].claim).citations.get().source
    assert source.url == "https://gazette.example/minutes"
    assert Capture.objects.filter(source=source).exists()


def test_what_is_left_out_stays_as_words_and_makes_neither_claim_nor_quote_nor_source():
    desk = Desk()
    before = Claim.objects.count(), Quote.objects.count(), Source.objects.count()
    html = paste(
        desk.reporter, desk.article.pk, SAID, body=desk.body(), accept="yes", refused="1 x 77"
    ).json()["html"]
    (block,) = parse_html(html).blocks
    assert [block.text[s.start : s.end] for s in block.segments] == ["Both sides agreed"]
    assert (Claim.objects.count(), Quote.objects.count()) == (before[0] + 1, before[1])
    assert Source.objects.count() == before[2]
    html = paste(desk.reporter, desk.article.pk, SAID, body=desk.body(), accept="yes", refused="0").json()[
        "html"
    ]
    (block,) = parse_html(html).blocks
    assert [block.text[w.start : w.end] for w in block.words] == ["we have waited for this day"]
    assert Quote.objects.get(public_id=block.words[0].quote).citations.count() == 2


def test_a_quote_of_two_places_keeps_the_one_that_was_not_left_out():
    desk = Desk()
    text = "Ada Sample said “we have waited” [1]. She said “we have waited” [2]."
    html = paste(desk.reporter, desk.article.pk, text, body=desk.body(), accept="yes", refused="0").json()[
        "html"
    ]
    (block,) = parse_html(html).blocks
    (segment,) = block.segments
    (quote,) = Quote.objects.filter(public_id__in=segment.quotes)
    assert [c.source for c in quote.citations.all()] == [desk.second]


RICH = (
    "<h2>What was <em>agreed</em></h2>"
    '<p>Both <strong>sides [1] agreed</strong> on <a href="https://gov.example/text">a text</a> [2].</p>'
    "<ul><li><p>Rail <em>links</em> [1] too.</p></li></ul>"
    "<ol><li><p>One thing [2].</p></li><li><p>A [x] thing of [250] <strong>more</strong> [1].</p></li></ol>"
    "<blockquote><p>So it was.</p></blockquote>"
)


def test_headings_lists_emphasis_and_links_of_what_is_pasted_stay():
    desk = Desk()
    told = {"body": desk.body(), "html": RICH, "accept": "yes"}
    blocks = parse_html(paste(desk.reporter, desk.article.pk, "", **told).json()["html"]).blocks
    assert [(block.kind, block.text) for block in blocks] == [
        ("h2", "What was agreed"),
        ("p", "Both sides agreed on a text."),
        ("ul", "Rail links too."),
        ("ol", "One thing."),
        ("ol", "A [x] thing of [250] more."),
        ("blockquote", "So it was."),
    ]
    formats = [(f.tag, block.text[f.start : f.end], f.href) for block in blocks for f in block.formats]
    assert formats == [
        ("em", "agreed", None),
        ("strong", "sides agreed", None),
        ("a", "a text", "https://gov.example/text"),
        ("em", "links", None),
        ("strong", "more", None),
    ]
    wordings = [block.text[s.start : s.end] for block in blocks for s in block.segments]
    assert wordings == [
        "Both sides",
        "agreed on a text",
        "Rail links",
        "One thing",
        "A [x] thing of [250] more",
    ]


def test_a_numbered_list_at_the_end_is_still_the_list_of_sources():
    desk = Desk()
    html = (
        "<p>It was <strong>agreed</strong> [1].</p><p>Sources:</p>"
        "<ol><li><p>Minutes, Gazette, https://gazette.example/minutes</p></li></ol>"
    )
    told = {"body": desk.body(), "html": html, "accept": "yes"}
    (block,) = parse_html(paste(desk.reporter, desk.article.pk, "", **told).json()["html"]).blocks
    assert (block.text, block.formats[0].tag) == ("It was agreed.", "strong")
    assert Source.objects.filter(url="https://gazette.example/minutes").exists()


REFUSED = [
    ("", 409, "empty"),
    ("Bell \x07 rings [1].", 409, "not_text"),
    ("x" * 100_001, 413, "too_large"),
    ("Again [1]. " * 301, 413, "too_large"),
]


@pytest.mark.parametrize(("text", "status", "code"), REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_read_is_refused(text, status, code):
    answer = paste(make_user("reporter"), 0, text, accept="yes")
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Claim.objects.exists()


def test_only_the_desk_pastes_with_numbers():
    desk = Desk()
    answer = paste(make_user("administrator"), desk.article.pk, SAID)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
