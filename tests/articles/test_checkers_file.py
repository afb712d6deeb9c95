"""The checker's file: the same bytes for the same edition, whatever was recorded since, and nothing that is hidden."""

import io
import re
from datetime import timedelta

import pypdfium2
import pytest
from django.core.management import call_command
from django.urls import reverse

from articles import checkers_file, fact_checking
from articles.corrections import confirm_removal, seal, take_down
from articles.dossier import open_dossier
from articles.models import Exemption, SignOff
from newsroom.core.errors import DomainError
from sources.confidentiality import confide
from tests.articles.admin.pages import signed_in
from tests.making import NOW, Desk, cite, make_user

pytestmark = pytest.mark.django_db

# Each would mean something to the typesetter or to a browser.
HOSTILE = '#eval("1") $x$ *b* [c] <script>alert(1)</script> \\ "q" #panic() @ref'


@pytest.fixture
def desk():
    return Desk(slug="a-treaty")


def check_again(desk, verdict, note):
    seen = open_dossier(desk.reload()).segments[0]
    fact_checking.record_check(
        desk.article,
        seen.key,
        verdict=verdict,
        note=note,
        by=make_user("fact_checker"),
        now=NOW,
        fingerprint=seen.fingerprint,
    )


def printed(desk, number=1):
    script = checkers_file.of_edition(desk.article, number, by=desk.checker)
    return checkers_file.as_html(script), checkers_file.as_pdf(script)


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    return re.sub(r"\s+", " ", text)


def test_it_says_each_sentence_with_its_evidence_its_copies_and_who_signed_it_off(desk):
    edition = desk.publish()
    html, pdf = printed(desk)
    copy = desk.claim.citations.first().snapshot
    for words in (
        "Two states signed a treaty on 27 May 2026 [1, 2]",
        "The treaty was signed.",
        "a good day",
        "Ada Sample, Minister",
        desk.first.title,
        copy.sha256,
        "2026-06-01 12:00 UTC",
        f"Checked: supports, {desk.checker}",
        str(desk.editor),
        str(desk.duty),
        edition.digest,
    ):
        assert words in html
        assert words.replace(" ", "") in words_of(pdf).replace(" ", ""), words


def test_the_same_edition_makes_the_same_bytes_whatever_is_recorded_or_written_since(desk):
    desk.publish()
    before = printed(desk)
    assert printed(desk) == before
    check_again(desk, "does_not", "I looked again and it does not.")
    Exemption.objects.create(
        article=desk.article,
        place="headline",
        fingerprint="0" * 64,
        reason="analysis",
        by=desk.editor,
        at=NOW,
    )
    desk.claim.label = "Another label"
    desk.claim.save()
    desk.save(body=desk.body(signed="Three states signed a treaty on 27 May 2026"))
    assert printed(desk) == before
    draft = checkers_file.as_html(checkers_file.of_draft(desk.reload(), by=desk.checker, now=NOW))
    assert "Three states" in draft
    assert "Another label" in draft


def test_a_draft_says_what_holds_now_and_that_nobody_has_approved_it(desk):
    desk.check_all()
    html = checkers_file.as_html(checkers_file.of_draft(desk.reload(), by=desk.checker, now=NOW))
    assert html.count("Checked: supports") == 2
    assert "nobody has approved it" in html
    desk.save(body=desk.body(signed="Three states signed a treaty on 27 May 2026"))
    html = checkers_file.as_html(checkers_file.of_draft(desk.reload(), by=desk.checker, now=NOW))
    assert html.count("Checked: supports") == 1
    assert "nobody has signed this off" in html


def test_what_people_wrote_is_text_in_both_whatever_it_looks_like(desk):
    desk.claim.label = HOSTILE
    desk.claim.save()
    desk.first.title = HOSTILE
    desk.first.save()
    check_again(desk, "supports", HOSTILE)
    script = checkers_file.of_draft(desk.reload(), by=desk.checker, now=NOW)
    assert "<script" not in checkers_file.as_html(script)
    words = words_of(checkers_file.as_pdf(script)).replace(" ", "")
    assert words.count('#eval("1")$x$*b*[c]<script>alert(1)</script>\\"q"#panic()@ref') >= 3


def test_of_a_confidential_source_it_has_the_label_alone(desk):
    hidden = confide(
        public_label="A diplomat at the talks",
        name="Zofia Quillfeather",
        contact="heron@hidden.example",
        by=desk.reporter,
        now=NOW,
    )
    cite(desk.claim, hidden, by=desk.reporter)
    script = checkers_file.of_draft(desk.reload(), by=desk.checker, now=NOW)
    source = next(source for source in script["sources"] if source["confidential"])
    assert (source["copies"], source["published_on"], source["url"]) == ([], None, "")
    for text in (checkers_file.as_html(script), words_of(checkers_file.as_pdf(script))):
        assert "A diplomat at the talks" in text
        assert "Quillfeather" not in text
        assert "heron" not in text


def test_sealing_erases_it_with_the_edition(desk):
    desk.publish()
    assert SignOff.objects.exists()
    hour = timedelta(hours=1)
    take_down(desk.article, by=desk.duty, now=NOW + hour, reason="An order")
    confirm_removal(desk.article, by=desk.editor, now=NOW + 2 * hour)
    seal(desk.article, by=make_user("duty_editor"), now=NOW + 3 * hour, legal_basis="An order")
    assert not SignOff.objects.exists()
    for number, code in ((1, "edition_sealed"), (2, "edition_without_text"), (3, "edition_unknown")):
        with pytest.raises(DomainError) as refused:
            checkers_file.of_edition(desk.article, number, by=desk.checker)
        assert refused.value.code == code
    with pytest.raises(DomainError) as refused:
        checkers_file.of_draft(desk.reload(), by=desk.checker, now=NOW)
    assert refused.value.code == "sealed"


def test_its_doors_are_the_page_and_the_command_and_they_are_for_the_desk(desk):
    desk.publish()
    page = reverse("admin:articles_article_checkers", args=[desk.article.pk])
    client, outsider = signed_in(desk.checker), signed_in(make_user("administrator"))
    assert outsider.get(page).status_code == 403
    for which in ("1", "draft"):
        for form, start in (("html", b"<!doctype html>"), ("pdf", b"%PDF")):
            url = reverse("admin:articles_article_checkers_file", args=[desk.article.pk, which, form])
            assert url in client.get(page).content.decode()
            answer = client.get(url)
            assert answer.content.startswith(start)
            assert "no-store" in answer["Cache-Control"]
            assert outsider.get(url).status_code == 403
    for which, form in (("7", "html"), ("x", "pdf"), ("1", "exe"), ("99999999999999999999", "html")):
        url = reverse("admin:articles_article_checkers_file", args=[desk.article.pk, which, form])
        assert client.get(url).status_code == 404
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    options = {"edition": 1, "by": desk.checker.username, "stdout": out}
    call_command("checkers_file", "a-treaty", format="pdf", **options)
    assert out.buffer.getvalue() == printed(desk)[1]
