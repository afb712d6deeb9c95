"""Whatever door one comes by, nothing but a label, a kind and a language is written of a confidential source."""

import json
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from articles import evidence
from articles.importing.entries import SourceEntry
from articles.importing.storing import import_text
from newsroom.core.errors import DomainError
from sources.capture import keeping, requesting
from sources.confidentiality import confide
from sources.models import Publisher, Snapshot, Source
from tests.articles.admin.pages import refusals_on, signed_in
from tests.making import NOW, Desk, make_publisher

pytestmark = pytest.mark.django_db

SILENT = {
    "title": "",
    "url": "",
    "url_key": None,
    "creators": "",
    "note": "",
    "publisher_id": None,
    "published_on": None,
    "archive_shown": False,
}


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def hidden(desk):
    told = {"public_label": "A diplomat at the talks", "name": "Zofia Quillfeather", "contact": "heron"}
    return confide(**told, by=desk.reporter, now=NOW)


def row(source) -> dict:
    return Source.objects.values(*SILENT).get(pk=source.pk)


@pytest.mark.parametrize(
    "facts",
    [
        {"title": "Letter of Zofia Quillfeather"},
        {"url": "https://hidden.example/quillfeather"},
        {"publisher_name": "The Heron House"},
        {"creators": "Zofia Quillfeather"},
        {"published_on": date(2026, 5, 27)},
    ],
)
def test_a_confidential_source_is_not_identified(desk, hidden, facts):
    with pytest.raises(DomainError) as refused:
        evidence.identify_source(hidden, by=desk.reporter, now=NOW, **facts)
    assert refused.value.code == "confidential_says_nothing"
    assert row(hidden) == SILENT
    assert not Publisher.objects.filter(name="The Heron House").exists()


def test_its_kind_and_language_may_be_said_anew(desk, hidden):
    evidence.identify_source(hidden, by=desk.reporter, now=NOW, kind="document", language="pl")
    hidden.refresh_from_db()
    assert (hidden.kind, hidden.language) == ("document", "pl")


def test_the_evidence_page_says_no_and_nothing_breaks(desk, hidden):
    url = reverse("admin:articles_article_evidence", args=[desk.article.pk])
    typed = {
        "act": "identify",
        "place": f"source:{hidden.public_id}",
        "version": desk.article.version,
        "title": "Letter of Zofia Quillfeather",
        "kind": "document",
        "publisher": "The Heron House",
    }
    answer = signed_in(desk.reporter).post(url, typed)
    assert answer.status_code == 200
    assert "confidential_says_nothing" in refusals_on(answer.content.decode())
    assert row(hidden) == SILENT


@pytest.mark.parametrize(
    "capture",
    [
        lambda source, by: requesting.request_capture(source, by=by, now=NOW),
        lambda source, by: requesting.request_capture(source, by=None, now=NOW),
        lambda source, by: keeping.keep_upload(
            source, data=b"Zofia Quillfeather", name="quillfeather.txt", reason="A letter", by=by, now=NOW
        ),
        lambda source, by: keeping.keep_text(source, text="Quillfeather", reason="A talk", by=by, now=NOW),
    ],
)
def test_nothing_is_fetched_or_kept_of_it(desk, hidden, capture):
    snapshots = Snapshot.objects.count()
    with pytest.raises(DomainError) as refused:
        capture(hidden, desk.reporter)
    assert refused.value.code == "source_confidential"
    assert Snapshot.objects.count() == snapshots
    assert row(hidden) == SILENT


def test_the_page_of_its_snapshots_says_no_and_nothing_breaks(desk, hidden):
    client = signed_in(desk.reporter)
    url = reverse("admin:sources_source_snapshots", args=[hidden.pk])
    assert 'name="file"' not in client.get(url).content.decode()
    for typed in (
        {"act": "capture"},
        {"act": "paste", "text": "Zofia Quillfeather", "reason": "A talk"},
    ):
        answer = client.post(url, typed)
        assert answer.status_code == 200
        assert refusals_on(answer.content.decode()) <= {"source_confidential"}
    assert not hidden.snapshots.exists()


def test_an_import_makes_its_own_sources_and_fills_in_none_that_is_confidential(desk, hidden):
    text = "A diplomat at the talks will sign it [1].\n"
    entry = SourceEntry(1, title="A diplomat at the talks", publisher="Zofia Quillfeather")
    import_text(text.encode(), language="en", sources=[entry], by=desk.reporter, now=NOW)
    assert not hidden.citations.exists()
    assert row(hidden) == SILENT


@pytest.mark.parametrize("field", [name for name in SILENT if name != "url_key"])
def test_the_database_is_the_last_line(desk, hidden, field):
    loud = {
        "publisher_id": make_publisher("The Heron House").pk,
        "published_on": date(2026, 5, 27),
        "archive_shown": True,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Source.objects.filter(pk=hidden.pk).update(**{field: loud.get(field, "Quillfeather")})


def test_a_new_record_of_the_editor_can_rest_on_it_by_its_public_id_alone(desk, hidden):
    asked = {"kind": "claim", "text": "They will sign.", "address": f"[{hidden.public_id}]"}
    url = reverse("admin:articles_article_records")
    answer = signed_in(desk.reporter).post(url, json.dumps(asked), content_type="application/json")
    assert answer.status_code == 201
    assert hidden.citations.count() == 1
    assert row(hidden) == SILENT
