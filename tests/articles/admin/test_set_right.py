"""Records of acts after publication can be read at the desk; where texts were erased, it says on which basis."""

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import addresses, corrections
from articles.models import Change, Correction, FormerAddress, Removal, Seal
from tests.articles.admin.pages import html_of, signed_in
from tests.making import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    desk = Desk(now=timezone.now())
    desk.publish()
    desk.save(headline="A treaty was signed")
    desk.publish(kind="correction", note="It was signed.", now=timezone.now())
    return desk


@pytest.fixture
def reader(desk):
    return signed_in(desk.checker)


def page_of(record) -> str:
    return reverse(f"admin:articles_{record._meta.model_name}_change", args=[record.pk])


def sealed(desk):
    corrections.take_down(desk.article, by=desk.duty, now=timezone.now(), reason="An injunction")
    corrections.confirm_removal(desk.article, by=desk.editor, now=timezone.now())
    corrections.seal(desk.article, by=Desk().duty, now=timezone.now(), legal_basis="Order 12/26")
    return desk


def test_a_correction_shows_its_note_and_its_receipt(desk, reader):
    html = html_of(reader, page_of(Correction.objects.get()))
    assert "It was signed." in html
    assert "A treaty is signed" in html
    assert html_of(reader, reverse("admin:articles_correction_changelist"))


def test_an_address_that_was_left_shows_where_it_leads(desk, reader):
    addresses.change_address(desk.article, slug="a-better-one", by=desk.duty, now=timezone.now())
    html = html_of(reader, page_of(FormerAddress.objects.get()))
    assert reverse("admin:articles_article_change", args=[desk.article.pk]) in html
    moved = Change.objects.get(kind="moved")
    assert "A treaty was signed" in html_of(reader, page_of(moved))


def test_a_take_down_shows_who_and_why(desk, reader):
    corrections.take_down(desk.article, by=desk.duty, now=timezone.now(), reason="An injunction")
    order = Removal.objects.get()
    html = html_of(reader, page_of(order))
    assert "An injunction" in html
    assert "to be confirmed" in html_of(reader, reverse("admin:articles_removal_changelist")).lower()
    corrections.confirm_removal(desk.article, by=desk.editor, now=timezone.now())
    assert str(desk.editor) in html_of(reader, page_of(order))


def test_a_sealed_edition_says_on_which_basis_and_fails_nowhere(desk, reader):
    sealed(desk)
    # The notice that stands in their place says nothing of the text, and stays.
    for edition in desk.article.editions.filter(closes_history=False):
        assert "Sealed: Order 12/26" in html_of(reader, page_of(edition))
        content = reverse("admin:articles_editioncontent_change", args=[edition.pk])
        assert "Sealed: Order 12/26" in reader.get(content, follow=True).content.decode()
        assert html_of(reader, page_of(edition.release))
    assert "Order 12/26" in html_of(reader, page_of(Seal.objects.get()))
    for name in (
        "editioncontent",
        "edition",
        "correction",
        "statement",
        "release",
        "recall",
        "removal",
        "seal",
    ):
        html_of(reader, reverse(f"admin:articles_{name}_changelist"))
    for name in ("change", "evidence", "check", "ready", "published"):
        html_of(reader, reverse(f"admin:articles_article_{name}", args=[desk.article.pk]))
    for kind, record in (("claim", desk.claim), ("quote", desk.quote)):
        html_of(reader, reverse(f"admin:articles_{kind}_recall", args=[record.pk]))


def test_content_of_an_edition_that_never_was_is_not_there(reader):
    answer = reader.get(reverse("admin:articles_editioncontent_change", args=["7777777"]))
    assert answer.status_code == 404
