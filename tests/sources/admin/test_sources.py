"""Sources by hand: the same address is one source, and what is cited cannot go."""

from datetime import date

import pytest
from django.urls import reverse

from newsroom.audit.models import AuditEvent
from sources.models import Publisher, Source, Speaker, SpeakerRole
from tests.articles.admin.pages import signed_in
from tests.making import Desk, make_snapshot, make_source, make_user

pytestmark = pytest.mark.django_db


def add(client, model: str, **typed):
    return client.post(reverse(f"admin:sources_{model}_add"), typed, follow=True)


def codes(answer) -> set[str]:
    form = answer.context["adminform"].form
    return {error.code for errors in form.errors.as_data().values() for error in errors}


def test_a_source_entered_by_hand_knows_who_entered_it_and_is_in_the_audit_log(reporter):
    add(reporter, "source", title="A treaty", url="https://gov.example/treaty", kind="document")
    source = Source.objects.get()
    assert (source.created_by.username, source.url_key) == ("rita", "https://gov.example/treaty")
    event = AuditEvent.objects.get(act="source.entered")
    assert (event.object_id, event.by.username, event.through) == (source.public_id, "rita", "desk")


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://GOV.example/treaty/?utm_source=mail#part", "source_exists"),
        ("javascript:alert(1)", "address_refused"),
        ("https://gov.example/<script>", "address_refused"),
        ("ftp://gov.example/treaty", "address_refused"),
    ],
)
def test_an_address_that_is_known_or_no_address_is_refused_on_its_field(reporter, url, code):
    make_source(make_user("reporter"), url="https://gov.example/treaty")
    answer = add(reporter, "source", title="Again", url=url, kind="document")
    assert code in codes(answer)
    assert "url" in answer.context["adminform"].form.errors
    assert Source.objects.count() == 1


def test_several_sources_may_be_without_address(reporter):
    for number in range(2):
        add(reporter, "source", title=f"Interview {number}", kind="interview")
    assert Source.objects.filter(url_key=None).count() == 2


def test_two_publishers_of_one_name_are_refused_whatever_the_case(reporter):
    add(reporter, "publisher", name="Polskie Radio", slug="polskie-radio")
    answer = add(reporter, "publisher", name="POLSKIE RADIO", slug="other")
    assert "publisher_exists" in codes(answer)
    assert Publisher.objects.count() == 1


def test_a_cited_source_cannot_be_deleted_and_the_page_says_where_it_is_cited():
    desk = Desk()
    client = signed_in(desk.reporter)
    url = reverse("admin:sources_source_delete", args=[desk.first.pk])
    assert "protected" in client.get(url).content.decode().lower()
    client.post(url, {"post": "yes"})
    assert Source.objects.filter(pk=desk.first.pk).exists()


def test_a_source_that_nothing_cites_can_be_deleted_and_the_log_keeps_its_name(reporter):
    source = make_source(make_user("reporter"), title="A slip")
    reporter.post(reverse("admin:sources_source_delete", args=[source.pk]), {"post": "yes"})
    assert not Source.objects.exists()
    assert AuditEvent.objects.get(act="source.removed").label == "A slip"


def role_rows(*rows):
    facts = {"roles-TOTAL_FORMS": len(rows), "roles-INITIAL_FORMS": 0}
    for number, (title, since, until) in enumerate(rows):
        facts |= {
            f"roles-{number}-title": title,
            f"roles-{number}-since": since,
            f"roles-{number}-until": until,
        }
    return facts


def test_a_speaker_is_entered_with_dated_roles(reporter):
    rows = role_rows(("Minister", "2020-01-01", "2022-12-31"), ("Prime Minister", "2023-01-01", ""))
    add(reporter, "speaker", name="Ada Sample", slug="ada-sample", kind="person", **rows)
    assert [role.title for role in Speaker.objects.get().roles.all()] == ["Minister", "Prime Minister"]


def test_a_role_cannot_end_before_it_begins(reporter):
    add(
        reporter,
        "speaker",
        name="Ada",
        slug="ada",
        kind="person",
        **role_rows(("Minister", "2022-01-01", "2020-01-01")),
    )
    assert not SpeakerRole.objects.exists()
    assert not Speaker.objects.exists()


def change(client, source, **typed):
    return client.post(reverse("admin:sources_source_change", args=[source.pk]), typed, follow=True)


def test_what_readers_see_of_a_printed_source_no_form_changes_and_showing_our_copy_is_an_editors():
    desk = Desk()
    desk.publish()
    printed = desk.first.title
    typed = {"title": "Another title", "url": desk.first.url, "kind": "article", "archive_shown": "on"}
    change(signed_in(desk.reporter), desk.first, **typed)
    desk.first.refresh_from_db()
    assert (desk.first.title, desk.first.archive_shown) != ("Another title", True)
    assert not desk.first.archive_shown
    change(signed_in(desk.editor), desk.first, **typed)
    desk.first.refresh_from_db()
    assert (desk.first.title, desk.first.archive_shown) == (printed, True)


def test_a_source_that_no_edition_printed_is_the_whole_desks_but_showing_our_copy_is_an_editors():
    desk = Desk()
    change(
        signed_in(desk.reporter), desk.first, title="Put right", url="", kind="article", archive_shown="on"
    )
    desk.first.refresh_from_db()
    assert (desk.first.title, desk.first.archive_shown) == ("Put right", False)


def test_what_no_text_can_hold_is_looked_for_in_vain_and_breaks_nothing(reporter, source):
    asked = {"app_label": "articles", "model_name": "citation", "field_name": "source"}
    answer = reporter.get(reverse("admin:autocomplete"), asked | {"term": "The\x00 treaty"})
    assert [found["text"] for found in answer.json()["results"]] == [source.title]


def test_beside_the_day_stands_the_moment_that_the_document_tells(reporter, source):
    Source.objects.filter(pk=source.pk).update(published_on=date(2026, 5, 27))
    page = reverse("admin:sources_source_change", args=[source.pk])
    make_snapshot(source, "A treaty.", found={"published": "2026-05-27"})
    assert "27 May 2026, " not in reporter.get(page).content.decode()
    make_snapshot(source, "A treaty.", found={"published": "2026-05-27T14:02:11+02:00"})
    assert "27 May 2026, 13:02:11" in reporter.get(page).content.decode()
