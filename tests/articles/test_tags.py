"""Tags of an article: cleaned, kept in every version, approved with the rest, and frozen in the edition."""

import json

import pytest
from django.urls import reverse

from articles import publishing
from articles.models import EditionSubject, Section
from articles.readiness import blockers
from articles.rules.tags import tags_of
from articles.versions.comparing import compare
from articles.versions.reading import stands, stood
from articles.versions.restoring import restore_version
from newsroom.core.errors import DomainError
from tests.articles.admin.pages import page_of, signed_in
from tests.articles.rendering.html import read
from tests.articles.schema import valid
from tests.making import NOW, Desk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ([], []),
        (["  Law of   the sea ", "law of the sea", "", "Łódź"], ["Law of the sea", "Łódź"]),
    ],
)
def test_tags_are_cleaned_and_each_address_stands_once(typed, kept):
    assert tags_of(typed) == kept


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (["a" * 41], "text_too_long"),
        (["a\x00"], "text_unreadable"),
        (["—"], "tag_unreadable"),
        ([str(number) for number in range(11)], "too_many_tags"),
    ],
)
def test_other_tags_are_refused(typed, code):
    with pytest.raises(DomainError) as refused:
        tags_of(typed)
    assert (refused.value.code, refused.value.place) == (code, "tags")


def test_tags_are_approved_compared_and_printed():
    desk = Desk()
    desk.check_all()
    desk.approve()
    desk.save(tags=["Straits", "Łódź"])
    assert {"not_approved"} == {blocker.code for blocker in blockers(desk.reload())}
    told = compare(stood(desk.article, 1), stands(desk.article))
    assert told["texts"] == [{"place": "tags", "was": "", "is": "Straits, Łódź"}]
    edition = desk.publish()
    document = json.loads(edition.content.document)
    assert valid(document)
    assert document["content"]["tags"] == [
        {"slug": "straits", "name": "Straits"},
        {"slug": "lodz", "name": "Łódź"},
    ]
    assert set(EditionSubject.objects.filter(kind="tag").values_list("value", "name")) == {
        ("straits", "Straits"),
        ("lodz", "Łódź"),
    }
    # Readers see them: another set is no minor edit.
    desk.save(tags=["Straits"])
    restored = restore_version(desk.article, 2, by=desk.reporter, now=NOW, version=3)
    assert restored.tags == ["Straits", "Łódź"]
    desk.save(tags=["Straits"])
    desk.approve()
    with pytest.raises(DomainError) as refused:
        publishing.publish(desk.article, by=desk.duty, now=NOW, kind="minor")
    assert refused.value.code == "not_minor"


def test_an_article_leads_to_more_under_its_section_and_its_tags(client):
    desk = Desk()
    desk.save(tags=["Łódź"], section=Section.objects.create(name="World", slug="world"))
    desk.publish()
    links = read(client.get(desk.article.get_absolute_url()).text).one(class_="more-of").all("a")
    assert [(link["href"], link.text) for link in links] == [
        ("/sections/world/", "World"),
        ("/tags/lodz/", "Łódź"),
    ]
    for link in links:
        assert client.get(link["href"]).status_code == 200


def test_an_article_without_tags_has_the_document_it_always_had():
    assert "tags" not in json.loads(Desk().publish().content.document)["content"]


def test_the_page_of_the_story_saves_them_and_names_what_it_refuses():
    desk = Desk()
    reporter = signed_in(desk.reporter)
    typed = {
        "language": "en",
        "page": "000000000001",
        "headline": desk.article.headline,
        "standfirst": desk.article.standfirst,
        "body": desk.article.body,
        "slug": desk.article.slug,
        "version": desk.article.version,
    }
    address = reverse("admin:articles_article_autosave", args=[desk.article.pk])
    refused = reporter.post(address, typed | {"tags": "Straits, —"})
    assert (refused.status_code, refused.json()["code"]) == (400, "tag_unreadable")
    assert reporter.post(address, typed | {"tags": "Straits, Law of the sea"}).status_code == 200
    assert desk.reload().tags == ["Straits", "Law of the sea"]
    assert 'value="Straits,Law of the sea"' in page_of(reporter, desk.article, "change")
