"""The import as a page: look, correct, confirm; nothing is stored before, and bad input changes nothing."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.dossier import open_dossier
from articles.models import Article, Import, Quote
from sources.models import Capture, Source
from tests.articles.admin.pages import refusals_on, signed_in
from tests.making import make_user

pytestmark = pytest.mark.django_db

TEXT = (
    "Two states signed a treaty [1, 2]. Prime Minister Ada Sample called it “a new start for all of us” [2].\n\n"
    "The “Big Pact” was long awaited [1]. Nobody had thought so.\n"
)
SOURCES = b'[{"number": 1, "title": "A treaty", "url": "https://gov.example/1"}, {"number": 2, "title": "B", "url": "https://b.example/"}]'


@pytest.fixture
def reporter():
    return signed_in(make_user("reporter"))


def look(client, text=TEXT, **more):
    url = reverse("admin:articles_article_import")
    return client.post(url, {"text": text, "language": "en", "headline": "", "look": "1"} | more)


def fields_of(html: str) -> dict[str, str]:
    """The form's fields as a browser would send them back."""
    form = html.partition('class="desk-import"')[2].partition("</form>")[0]
    fields = {}
    for name, value in re.findall(r'<textarea name="(\w+)" hidden>\n?(.*?)</textarea>', form, re.DOTALL):
        fields[name] = unescape(value)
    for tag in re.findall(r"<input [^>]*>", form):
        found = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if found.get("type") != "checkbox" or " checked" in tag:
            fields[found["name"]] = unescape(found.get("value", "on"))
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        fields[name] = re.search(r'value="([^"]*)" selected', options)[1]
    return fields


def store(client, answer, **corrected):
    url = reverse("admin:articles_article_import")
    return client.post(url, fields_of(answer.content.decode()) | {"store": "1"} | corrected, follow=True)


def test_looking_stores_nothing(reporter):
    answer = look(reporter)
    assert answer.status_code == 200
    assert not Article.objects.exists()
    assert not Source.objects.exists()


def test_the_page_shows_marks_findings_and_sources(reporter):
    html = look(reporter).content.decode()
    assert "desk-stretch--claim" in html
    assert "desk-stretch--quote" in html
    assert 'data-code="sentence_without_citation"' in html
    assert "desk-mark--dismissed" in html
    assert html.count("unidentified</span>") == 2


def test_confirming_stores_what_was_shown(reporter):
    answer = store(reporter, look(reporter, headline="A pact"))
    article = Article.objects.get()
    assert answer.redirect_chain[0][0] == reverse("admin:articles_article_evidence", args=[article.pk])
    assert (article.headline, article.slug) == ("A pact", "a-pact")
    rows = open_dossier(article).segments
    assert [(bool(seen.claim), len(seen.quotes)) for seen in rows] == [
        (True, 0),
        (False, 1),
        (True, 0),
        (False, 0),
    ]
    assert Quote.objects.get().speaker.name == "Ada Sample"
    assert Import.objects.get().final_newline is True


def test_corrections_are_stored_and_the_report_agrees(reporter):
    answer = look(reporter)
    corrected = {"q0-speaker": "Bea Other", "q0-role": "", "q0-kind": "quote", "c0_1-claim": "on"}
    corrected |= {"d1_0-kind": "quote", "d1_0-speaker": "", "d1_0-role": ""}
    store(reporter, answer, **corrected)
    rows = open_dossier(Article.objects.get()).segments
    assert [(bool(seen.claim), len(seen.quotes)) for seen in rows] == [
        (True, 0),
        (True, 1),
        (True, 1),
        (False, 0),
    ]
    assert sorted((q.words, q.speaker and q.speaker.name) for q in Quote.objects.all()) == [
        ("Big Pact", None),
        ("a new start for all of us", "Bea Other"),
    ]
    report = Import.objects.get().report
    assert [f["text"] for f in report["findings"] if f["code"] == "quote_unattributed"] == ["Big Pact"]


def test_a_quote_can_be_dismissed(reporter):
    store(reporter, look(reporter), **{"q0-kind": "scare"})
    assert not Quote.objects.exists()
    assert 'data-dismissed="scare"' in Article.objects.get().body


def test_a_file_and_its_list_of_sources_travel_through_the_steps(reporter):
    text = SimpleUploadedFile("story.txt", TEXT.encode(), "text/plain")
    answer = look(reporter, text="", file=text, sources_file=SimpleUploadedFile("sources.json", SOURCES))
    assert "A treaty" in answer.content.decode()
    store(reporter, answer)
    assert sorted(Source.objects.values_list("title", flat=True)) == ["A treaty", "B"]


def test_going_back_keeps_the_text_and_the_list(reporter):
    answer = look(reporter, sources_file=SimpleUploadedFile("sources.json", SOURCES), headline="A pact")
    url = reverse("admin:articles_article_import")
    html = reporter.post(url, fields_of(answer.content.decode()) | {"again": "1"}).content.decode()
    assert "Two states signed" in html
    assert 'value="A pact"' in html
    assert "sources.json" in html
    assert not Article.objects.exists()


REFUSED = [
    ({"text": ""}, "empty"),
    ({"text": "  \n\n "}, "empty"),
    ({"text": "x" * 2_000_001}, "too_large"),
    ({"text": "with a zero \x00 byte"}, "null_characters_not_allowed"),
    ({"text": "with a bell \x07"}, "not_text"),
    ({"language": "tlh"}, "invalid_choice"),
    ({"headline": "x" * 201}, "max_length"),
    ({"text": "", "file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 x")}, "not_text"),
    ({"text": "", "file": SimpleUploadedFile("a.txt", b"\xff\xfeh\x00i\x00")}, "wrong_encoding"),
    ({"text": "", "file": SimpleUploadedFile("a.txt", b"caf\xe9")}, "wrong_encoding"),
    ({"text": "", "file": SimpleUploadedFile("a.txt", b"")}, "empty"),
    ({"text": "", "file": SimpleUploadedFile("a.txt", b"y" * 2_000_001)}, "too_large"),
    ({"sources_file": SimpleUploadedFile("s.json", b"{")}, "sources_unreadable"),
    (
        {"sources_file": SimpleUploadedFile("s.json", b'[{"number": 1, "url": "javascript:alert(1)"}]')},
        "source_url_refused",
    ),
    ({"sources_text": "[" * 50_000, "sources_name": "s.json"}, "sources_unreadable"),
]


@pytest.mark.parametrize(("facts", "code"), REFUSED)
def test_bad_input_is_refused_in_place_and_stores_nothing(reporter, facts, code):
    for upload in facts.values():
        if not isinstance(upload, str):
            upload.seek(0)
    answer = look(reporter, **facts)
    assert answer.status_code == 200
    assert code in refusals_on(answer.content.decode())
    assert not Article.objects.exists()


NASTY = '<script>alert(1)</script> "><b x-init="alert(2)">'


def test_hostile_text_is_shown_as_text(reporter):
    text = f"He said “{NASTY}” to all of us [1]. {NASTY} </textarea><script>alert(3)</script> [2].\n"
    listed = b'[{"number": 1, "title": "<script>alert(4)</script>"}, {"number": 2}]'
    answer = look(reporter, text=text, headline=NASTY, sources_file=SimpleUploadedFile("s.json", listed))
    html = answer.content.decode()
    assert "<script>alert" not in html
    assert "<b x-init" not in html
    store(reporter, answer)
    assert "<script>" not in Article.objects.get().body


def test_forged_corrections_are_refused(reporter):
    answer = look(reporter)
    for forged in ({"q0-kind": "planet"}, {"q0-speaker": "x" * 300}, {"d1_0-kind": ""}):
        again = store(reporter, answer, **forged)
        assert not again.redirect_chain
    assert not Article.objects.exists()


def test_a_long_text_is_cut_on_the_page_and_stored_whole(reporter):
    text = (
        "\n\n".join(f"She said “words of number {n} and more” [1]. It is so [2]." for n in range(400)) + "\n"
    )
    answer = look(reporter, text=text)
    html = answer.content.decode()
    assert "The text is long" in html
    assert html.count('class="desk-quotation"') == 200
    store(reporter, answer)
    assert Quote.objects.count() == 400


def test_only_who_may_create_articles_may_import():
    for role in ("fact_checker", "administrator"):
        client = signed_in(make_user(role))
        assert look(client).status_code == 403
    assert not Article.objects.exists()


def test_the_sources_of_an_import_are_captured_in_the_background(reporter):
    looked = look(reporter, sources_file=SimpleUploadedFile("s.json", SOURCES))
    assert not Capture.objects.exists()
    store(reporter, looked)
    assert {capture.url for capture in Capture.objects.all()} == {
        "https://gov.example/1",
        "https://b.example/",
    }
