"""The pages of confidential sources: one is entered, edited, and looked at only for a reason and by the few who may."""

import pytest
from cryptography.fernet import Fernet
from django.test import Client
from django.urls import reverse

from newsroom.accounts.roles import Role
from newsroom.audit.models import AuditEvent
from sources.confidentiality import confide
from sources.models import IdentityLook, Source, SourceIdentity
from tests.articles.admin.pages import refusals_on, signed_in
from tests.making import NOW, make_publisher, make_source, make_user

pytestmark = pytest.mark.django_db

TYPED = {
    "act": "confide",
    "public_label": "A diplomat at the talks",
    "kind": "interview",
    "language": "pl",
    "name": "Zofia Quillfeather",
    "contact": "quillbox7731@hidden.example",
    "notes": "by the blue heron fountain",
}
TRACES = ("quillfeather", "quillbox7731", "heron")
TO_CONFIDE = reverse("admin:sources_source_confide")


@pytest.fixture
def keeper():
    return signed_in(make_user("reporter", "source_keeper", username="kira"))


@pytest.fixture
def source():
    told = {name: TYPED[name] for name in ("public_label", "kind", "name", "contact", "notes")}
    return confide(**told, by=make_user("reporter"), now=NOW)


def identity_of(source) -> str:
    return reverse("admin:sources_source_identity", args=[source.pk])


def form_of(source) -> str:
    return reverse("admin:sources_source_change", args=[source.pk])


def traces_in(answer) -> list[str]:
    text = answer.content.decode().casefold()
    return [trace for trace in TRACES if trace in text]


def test_a_confidential_source_is_entered_on_a_page_reached_from_the_list(reporter):
    assert TO_CONFIDE in reporter.get(reverse("admin:sources_source_changelist")).content.decode()
    assert reporter.get(TO_CONFIDE).status_code == 200
    answer = reporter.post(TO_CONFIDE, TYPED, follow=True)
    source = Source.objects.get()
    assert answer.redirect_chain == [(form_of(source), 302)]
    assert (source.confidential, source.public_label, source.language) == (True, TYPED["public_label"], "pl")
    assert source.created_by.username == "rita"
    assert AuditEvent.objects.get().act == "source.confided"
    assert traces_in(answer) == []


@pytest.mark.parametrize("role", ["administrator", "source_keeper", None])
def test_only_the_desk_enters_one(role):
    client = signed_in(make_user(*([role] if role else [])))
    assert client.get(TO_CONFIDE).status_code == 403
    assert client.post(TO_CONFIDE, TYPED).status_code == 403
    assert not Source.objects.exists()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"public_label": ""}, "required"),
        ({"name": ""}, "required"),
        ({"public_label": "Zofia  Quillfeather, a diplomat"}, "label_tells_identity"),
        ({"kind": "friend"}, "invalid_choice"),
        ({"contact": "x" * 501}, "max_length"),
        ({"notes": "\x07"}, "text_unreadable"),
    ],
)
def test_what_is_refused_stands_on_the_form_and_keeps_what_was_typed(reporter, typed, code):
    answer = reporter.post(TO_CONFIDE, TYPED | typed)
    assert answer.status_code == 200
    assert code in refusals_on(answer.content.decode())
    assert "by the blue heron fountain" in answer.content.decode() or "notes" in typed
    assert "no-store" in answer["Cache-Control"]
    assert not Source.objects.exists()


def test_without_a_key_the_form_says_so(reporter, settings):
    settings.NEWSROOM_IDENTITY_KEYS = []
    answer = reporter.post(TO_CONFIDE, TYPED)
    assert refusals_on(answer.content.decode()) == {"identity_keys_missing"}


def test_of_a_confidential_source_only_label_kind_language_and_terms_are_edited(reporter, source):
    form = reporter.get(form_of(source)).context["adminform"].form
    assert set(form.fields) == {"public_label", "kind", "language", "usage_terms"}
    told = {
        "public_label": "An official",
        "kind": "document",
        "language": "en",
        "usage_terms": "No direct quotes",
    }
    assert reporter.post(form_of(source), told).status_code == 302
    source.refresh_from_db()
    assert {name: getattr(source, name) for name in told} == told


def test_nothing_else_is_written_whatever_is_posted(reporter, source):
    hostile = {
        "title": "Zofia Quillfeather",
        "url": "https://hidden.example/quillbox7731",
        "publisher": make_publisher("Heron House").pk,
        "creators": "Quillfeather",
        "published_on": "2026-05-27",
        "note": "heron",
        "archive_shown": "on",
        "confidential": "",
        "withdrawal_reason": "heron",
    }
    kept = {"public_label": "A diplomat", "kind": "interview", "language": "", "usage_terms": ""}
    assert reporter.post(form_of(source), hostile | kept).status_code == 302
    row = Source.objects.values().get(pk=source.pk)
    assert row["confidential"] is True
    assert [trace for trace in TRACES if trace in str(row).casefold()] == []
    assert (row["publisher_id"], row["published_on"], row["archive_shown"]) == (None, None, False)


@pytest.mark.parametrize("label", ["", "   ", "x" * 201, "A \x00 diplomat", "A \u202e diplomat"])
def test_a_label_that_cannot_stand_is_refused_on_its_field(reporter, source, label):
    answer = reporter.post(form_of(source), {"public_label": label, "kind": "interview"})
    assert answer.status_code == 200
    assert "public_label" in answer.context["adminform"].form.errors


def test_an_ordinary_source_keeps_its_form_and_cannot_be_made_confidential(reporter):
    source = make_source(make_user("reporter"))
    fields = reporter.get(form_of(source)).context["adminform"].form.fields
    assert {"title", "url", "publisher"} <= set(fields)
    assert "confidential" not in fields
    assert "Who is it?" not in reporter.get(form_of(source)).content.decode()


def test_the_way_to_the_identity_is_shown_to_keepers_alone(reporter, keeper, source):
    assert identity_of(source) in keeper.get(form_of(source)).content.decode()
    assert identity_of(source) not in reporter.get(form_of(source)).content.decode()


@pytest.mark.parametrize("role", [*sorted(set(Role.values) - {"source_keeper"}), "superuser"])
def test_nobody_but_a_keeper_opens_the_page(role, source, django_user_model):
    user = django_user_model.objects.create_superuser("root") if role == "superuser" else make_user(role)
    client = signed_in(user)
    assert client.get(identity_of(source)).status_code == 403
    for act in ({"act": "look", "reason": "Curious"}, {"act": "change", "name": "X"}, {}):
        answer = client.post(identity_of(source), act)
        assert answer.status_code == 403
        assert traces_in(answer) == []
    assert not IdentityLook.objects.exists()


def test_a_keeper_looks_by_a_post_that_says_why(keeper, source):
    assert traces_in(keeper.get(identity_of(source))) == []
    assert traces_in(keeper.get(identity_of(source), {"act": "look", "reason": "By address"})) == []
    assert not IdentityLook.objects.exists()
    answer = keeper.post(identity_of(source), {"act": "look", "reason": "A letter from their lawyer"})
    assert answer.status_code == 200
    assert set(traces_in(answer)) == set(TRACES)
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]
    [seen] = IdentityLook.objects.all()
    assert (seen.by.username, seen.reason) == ("kira", "A letter from their lawyer")


def test_the_page_lists_who_looked_when_and_why_and_shows_no_identity(keeper, source):
    keeper.post(identity_of(source), {"act": "look", "reason": "A letter from their lawyer"})
    answer = keeper.get(identity_of(source))
    assert "A letter from their lawyer" in answer.content.decode()
    assert "kira" in answer.content.decode()
    assert traces_in(answer) == []
    other = keeper.get(reverse("admin:audit_auditevent_changelist")).content.decode()
    assert "A letter from their lawyer" not in other


@pytest.mark.parametrize(
    ("reason", "code"), [("", "required"), ("  ", "required"), ("x" * 501, "max_length")]
)
def test_without_a_reason_nothing_is_shown(keeper, source, reason, code):
    answer = keeper.post(identity_of(source), {"act": "look", "reason": reason})
    assert refusals_on(answer.content.decode()) == {code}
    assert traces_in(answer) == []
    assert not IdentityLook.objects.exists()


def test_an_identity_that_no_key_opens_is_told_as_such_and_can_be_entered_anew(keeper, source, settings):
    settings.NEWSROOM_IDENTITY_KEYS = [Fernet.generate_key().decode()]
    answer = keeper.post(identity_of(source), {"act": "look", "reason": "A letter"})
    assert refusals_on(answer.content.decode()) == {"identity_unreadable"}
    assert 'data-act="change"' in answer.content.decode()
    assert IdentityLook.objects.count() == 1
    typed = {"act": "change", "name": "Another Name", "contact": "", "notes": ""}
    assert keeper.post(identity_of(source), typed).status_code == 302
    answer = keeper.post(identity_of(source), {"act": "look", "reason": "To see"})
    assert "Another Name" in answer.content.decode()


def test_a_keeper_corrects_what_was_shown(keeper, source):
    answer = keeper.post(identity_of(source), {"act": "look", "reason": "A new number"})
    offered = answer.context["change"].initial
    assert offered["contact"] == TYPED["contact"]
    typed = {"act": "change", "name": offered["name"], "contact": "0700 heron", "notes": ""}
    answer = keeper.post(identity_of(source), typed, follow=True)
    assert answer.redirect_chain == [(identity_of(source), 302)]
    assert traces_in(answer) == []
    answer = keeper.post(identity_of(source), {"act": "look", "reason": "To see"})
    assert set(traces_in(answer)) == {"quillfeather", "heron"}


def test_a_refused_correction_keeps_what_was_typed_and_says_why(keeper, source):
    typed = {"act": "change", "name": "a diplomat at the talks", "contact": "0700"}
    answer = keeper.post(identity_of(source), typed)
    assert refusals_on(answer.content.decode()) == {"label_tells_identity"}
    assert "0700" in answer.content.decode()


def test_an_ordinary_or_unknown_source_has_no_such_page(keeper):
    assert keeper.get(identity_of(make_source(make_user("reporter")))).status_code == 404
    assert keeper.post(identity_of(Source(pk=10**12)), {"act": "look", "reason": "x"}).status_code == 404


@pytest.mark.parametrize("act", ["", "delete"])
def test_an_act_that_the_page_does_not_know_is_refused(keeper, source, act):
    answer = keeper.post(identity_of(source), {"act": act, "name": "X"})
    assert answer.status_code == 400


def test_both_pages_ask_for_a_token(source):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("reporter", "source_keeper"))
    assert client.post(TO_CONFIDE, TYPED).status_code == 403
    assert client.post(identity_of(source), {"act": "look", "reason": "x"}).status_code == 403


def test_a_confidential_source_cannot_be_deleted_and_the_page_names_no_identity(reporter, source):
    url = reverse("admin:sources_source_delete", args=[source.pk])
    assert traces_in(reporter.get(url)) == []
    reporter.post(url, {"post": "yes"})
    assert SourceIdentity.objects.filter(source=source).exists()
