"""What an edition has printed of a shared record changes by one act: an editor's, with a note, audited and told."""

from datetime import date

import pytest
from django.urls import reverse

from articles.amending import amend, amendable
from articles.models import Change, Section, Treaty
from newsroom.accounts.models import Person
from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from sources.models import Publisher, Source, Speaker
from tests.articles.admin.pages import signed_in
from tests.making import NOW, Desk

pytestmark = pytest.mark.django_db
NOTE = "The name was misspelt."
OTHER = {"title": "Another title", "name": "Another name"}
PAGES = {Source: "sources_source", Publisher: "sources_publisher", Speaker: "sources_speaker"}
PAGES |= {Person: "accounts_person", Treaty: "articles_treaty", Section: "articles_section"}


@pytest.fixture
def desk():
    desk = Desk(slug="a-treaty")
    treaty = Treaty.objects.create(title="A treaty", slug="the-treaty", parties=["A", "B"])
    desk.article.treaties.add(treaty)
    publisher = Publisher.objects.create(name="The gazette", slug="gazette")
    Source.objects.filter(pk=desk.first.pk).update(publisher=publisher)
    desk.article.section = Section.objects.create(name="The world", slug="world")
    desk.article.save(update_fields=["section"])
    desk.publish()
    return desk


def shared(desk, model):
    return {
        Source: lambda: desk.first,
        Publisher: lambda: Publisher.objects.get(slug="gazette"),
        Speaker: lambda: desk.speaker,
        Person: lambda: Person.objects.get(user=desk.reporter),
        Treaty: lambda: Treaty.objects.get(slug="the-treaty"),
        Section: lambda: Section.objects.get(slug="world"),
    }[model]()


def amended(found, desk, *, by=None, note=NOTE, **fields):
    fields = fields or {name: OTHER[name] for name in amendable(type(found)) if name in OTHER}
    return amend(found, by=by or desk.editor, now=NOW, note=note, **fields)


@pytest.mark.parametrize("model", PAGES)
def test_it_is_stored_audited_and_told_to_partners_while_editions_keep_what_they_printed(desk, client, model):
    found = shared(desk, model)
    before = client.get("/articles/a-treaty/").content
    amended(found, desk)
    found.refresh_from_db()
    (name,) = set(OTHER) & set(amendable(model))
    assert getattr(found, name) == OTHER[name]
    kind = f"{model.__name__.lower()}_amended"
    event = AuditEvent.objects.get(act=kind.replace("_", "."))
    assert (event.by, event.data["fields"], event.data["note"]) == (desk.editor, [name], NOTE)
    told = client.get("/api/v1/changes/").json()["results"][-1]
    about = {"type": model.__name__.lower(), "id": found.public_id, "fields": [name], "note": NOTE}
    assert (told["kind"], told["amended"]) == (kind, about)
    assert client.get("/articles/a-treaty/").content == before


@pytest.mark.parametrize("model", PAGES)
def test_the_form_no_longer_changes_it_and_leads_to_the_page_that_does(desk, model):
    found, editor = shared(desk, model), signed_in(desk.editor)
    (name,) = set(OTHER) & set(amendable(model))
    before = getattr(found, name)
    form = reverse(f"admin:{PAGES[model]}_change", args=[found.pk])
    page = reverse(f"admin:{PAGES[model]}_amend", args=[found.pk])
    if model not in (Person, Section):  # Their forms are an administrator's.
        editor.post(form, {name: "By the form", "kind": "article", "url": "", "parties": "A"})
        found.refresh_from_db()
        assert getattr(found, name) == before
    assert page in editor.get(form).text
    typed = {"act": "amend", "kind": "article", "language": "", "parties": "A,B", name: OTHER[name]}
    if model in (Source, Speaker):
        typed |= {"kind": found.kind, "url": getattr(found, "url", "")}
    refused = editor.post(page, typed)
    assert "required" in refused.text
    assert editor.post(page, typed | {"note": NOTE}).status_code == 302
    found.refresh_from_db()
    assert getattr(found, name) == OTHER[name]
    assert (
        signed_in(desk.reporter).post(page, typed | {"note": NOTE}).context["refused"].error_codes
        == "not_allowed"
    )


@pytest.mark.parametrize(
    ("fields", "options", "code"),
    [
        ({"title": "x"}, {"by": "reporter"}, "not_allowed"),
        ({"title": "x"}, {"by": "checker"}, "not_allowed"),
        ({"title": "x"}, {"note": "  "}, "note_missing"),
        ({"title": "x"}, {"note": "n" * 501}, "text_too_long"),
        ({}, {}, "nothing_changed"),
        ({"kind": "no such"}, {}, "invalid"),
        ({"url": "gopher://x"}, {}, "invalid"),
    ],
)
def test_it_is_refused_and_changes_nothing(desk, fields, options, code):
    options = options | ({"by": getattr(desk, options["by"])} if "by" in options else {})
    with pytest.raises(DomainError) as refused:
        amended(desk.first, desk, **(fields or {"title": desk.first.title}), **options)
    assert refused.value.code == code
    assert not Change.objects.filter(kind="source_amended").exists()
    assert desk.first.title == Source.objects.get(pk=desk.first.pk).title


def test_of_what_nobody_outside_has_seen_nothing_is_told():
    desk = Desk()
    assert amend(desk.first, by=desk.editor, now=NOW, note=NOTE, published_on=date(2026, 5, 1)).published_on
    assert not Change.objects.exists()


def test_what_editions_were_about_counts_and_not_what_a_draft_is_about(desk):
    printed, coming = (
        shared(desk, Treaty),
        Treaty.objects.create(title="To come", slug="to-come", parties=["A"]),
    )
    desk.save(treaties=[coming])
    for treaty in (printed, coming):
        amended(treaty, desk)
    (told,) = Change.objects.filter(kind="treaty_amended")
    assert told.treaty == printed


def test_a_confidential_source_offers_its_label_alone(desk):
    Source.objects.create(
        confidential=True,
        public_label="An official",
        kind="interview",
        created_by=desk.reporter,
        created_at=NOW,
    )
    hidden = Source.objects.get(confidential=True)
    page = signed_in(desk.editor).get(reverse("admin:sources_source_amend", args=[hidden.pk]))
    fields = set(page.context["form"].fields) - {"place", "fingerprint"}
    assert fields == {"public_label", "kind", "language", "note"}
