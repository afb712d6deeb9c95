"""Who confidential sources are: entered once, encrypted, read by an act that always leaves a trace."""

import traceback
from dataclasses import fields
from io import StringIO

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from sources import confidentiality
from sources.confidentiality import Identity, change_identity, confide, look
from sources.models import IdentityLook, Source, SourceIdentity
from tests.making import NOW, make_source, make_user

pytestmark = pytest.mark.django_db

NAME, CONTACT, NOTES = (
    "Zofia Quillfeather-Źródło",
    "quillbox7731@hidden.example",
    "by the blue heron fountain",
)
TRACES = ("quillfeather", "źródło", "quillbox7731", "heron")


@pytest.fixture
def reporter():
    return make_user("reporter")


@pytest.fixture
def keeper():
    return make_user("source_keeper", username="kira")


def confided(by, **told) -> Source:
    told = {
        "public_label": "A diplomat at the talks",
        "name": NAME,
        "contact": CONTACT,
        "notes": NOTES,
    } | told
    return confide(**told, by=by, now=NOW)


def refused(act, *arguments, **options) -> DomainError:
    with pytest.raises(DomainError) as caught:
        act(*arguments, **options)
    told = "".join(traceback.format_exception(caught.value))
    assert not [trace for trace in TRACES if trace in told.casefold()]
    return caught.value


def test_a_confidential_source_says_nothing_but_its_label(reporter):
    source = confided(reporter, kind="document", language="pl")
    source.refresh_from_db()
    assert (source.confidential, source.public_label) == (True, "A diplomat at the talks")
    assert (source.kind, source.language, source.created_by) == ("document", "pl", reporter)
    assert (source.title, source.url, source.creators, source.note) == ("", "", "", "")
    assert str(source) == "A diplomat at the talks"


def test_a_look_gives_the_identity_and_is_recorded_with_its_reason(reporter, keeper):
    source = confided(reporter)
    identity = look(source, by=keeper, now=NOW, reason="  A letter\nfrom their lawyer ")
    assert (identity.name, identity.contact, identity.notes) == (NAME, CONTACT, NOTES)
    seen = IdentityLook.objects.get()
    assert (seen.source, seen.by, seen.at, seen.reason) == (source, keeper, NOW, "A letter from their lawyer")
    event = AuditEvent.objects.get(act="identity.looked_at")
    assert (event.object_id, event.by, event.data) == (source.public_id, keeper, {})


@pytest.mark.parametrize("role", ["reporter", "fact_checker", "editor", "duty_editor", "administrator"])
def test_no_role_but_the_keepers_may_look_or_change(reporter, role):
    source, other = confided(reporter), make_user(role)
    assert refused(look, source, by=other, now=NOW, reason="Curious").code == "not_allowed"
    assert refused(change_identity, source, name="X", contact="", by=other, now=NOW).code == "not_allowed"
    assert not IdentityLook.objects.exists()


def test_who_entered_the_source_may_not_look_either(reporter):
    source = confided(reporter)
    assert refused(look, source, by=reporter, now=NOW, reason="It is mine").code == "not_allowed"


@pytest.mark.parametrize("role", ["source_keeper", "administrator"])
def test_confidential_sources_are_entered_by_the_desk(role):
    assert refused(confided, make_user(role)).code == "not_allowed"


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("", "reason_missing"),
        (" \n ", "reason_missing"),
        ("x" * 501, "text_too_long"),
        ("\x07", "text_unreadable"),
    ],
)
def test_a_look_asks_for_a_reason_of_bounded_length(reporter, keeper, reason, code):
    source = confided(reporter)
    refusal = refused(look, source, by=keeper, now=NOW, reason=reason)
    assert (refusal.code, refusal.place) == (code, "reason")
    assert not IdentityLook.objects.exists()


@pytest.mark.parametrize(
    ("told", "code", "place"),
    [
        ({"public_label": " "}, "label_missing", "public_label"),
        ({"public_label": "x" * 201}, "text_too_long", "public_label"),
        ({"public_label": f"Ms {NAME.upper()}"}, "label_tells_identity", "public_label"),
        ({"public_label": f"Write to {CONTACT}"}, "label_tells_identity", "public_label"),
        ({"name": " "}, "name_missing", "name"),
        ({"name": NAME * 20}, "text_too_long", "name"),
        ({"contact": f"\x00{CONTACT}"}, "text_unreadable", "contact"),
        ({"contact": CONTACT * 50}, "text_too_long", "contact"),
        ({"notes": NOTES * 500}, "text_too_long", "notes"),
        ({"notes": f"{NOTES}\ud800"}, "text_unreadable", "notes"),
        ({"kind": "friend"}, "kind_unknown", "kind"),
        ({"language": "x" * 13}, "text_too_long", "language"),
    ],
)
def test_what_cannot_be_kept_is_refused_whole_and_repeated_nowhere(reporter, told, code, place):
    refusal = refused(confided, reporter, **told)
    assert (refusal.code, refusal.place) == (code, place)
    assert not Source.objects.exists()
    assert not SourceIdentity.objects.exists()


def test_what_lies_in_the_database_is_encrypted_and_of_one_length(reporter):
    short, long = confided(reporter, name="Bo"), confided(reporter, name="Bo " * 60)
    sealed = [bytes(SourceIdentity.objects.get(source=source).sealed) for source in (short, long)]
    assert len(sealed[0]) == len(sealed[1])
    assert not [trace for trace in TRACES if trace.encode() in sealed[0].lower()]


def test_no_statement_to_the_database_has_it(reporter, keeper):
    with CaptureQueriesContext(connection) as asked:
        source = confided(reporter)
        look(source, by=keeper, now=NOW, reason="A letter")
        change_identity(source, name=NAME, contact=CONTACT, notes="heron", by=keeper, now=NOW)
    told = " ".join(query["sql"] for query in asked).casefold()
    assert "sources_sourceidentity" in told
    assert not [trace for trace in TRACES if trace in told]


@given(
    told=st.tuples(
        *(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=n, max_size=60) for n in (1, 0, 0))
    )
)
def test_whatever_is_sealed_is_unsealed(told):
    source = Source(public_id="0123456789ab")
    kept = SourceIdentity(source=source, sealed=confidentiality._seal(source, Identity(*told)))
    identity = confidentiality._unseal(kept)
    assert tuple(getattr(identity, field.name) for field in fields(identity)) == told


def test_an_identity_has_no_text_form():
    identity = Identity(NAME, CONTACT, NOTES)
    texts = [str(identity), repr(identity), f"{identity}", "%s %r" % (identity, [identity])]  # noqa: UP031
    assert not [trace for trace in TRACES for text in texts if trace in text.casefold()]
    assert not hasattr(identity, "__dict__")


def test_a_look_at_what_no_key_opens_is_refused_and_still_recorded(reporter, keeper, settings):
    source = confided(reporter)
    for keys in ([Fernet.generate_key().decode()], []):
        settings.NEWSROOM_IDENTITY_KEYS = keys
        assert refused(look, source, by=keeper, now=NOW, reason="A letter").code == "identity_unreadable"
    assert IdentityLook.objects.count() == AuditEvent.objects.filter(act="identity.looked_at").count() == 2


def test_one_row_in_the_place_of_another_is_noticed(reporter, keeper):
    source, other = confided(reporter), confided(reporter, name="Somebody Else")
    sealed = SourceIdentity.objects.get(source=other).sealed
    SourceIdentity.objects.filter(source=source).update(sealed=sealed)
    assert refused(look, source, by=keeper, now=NOW, reason="A letter").code == "identity_unreadable"


def test_a_damaged_row_is_refused(reporter, keeper):
    source = confided(reporter)
    for sealed in (b"", b"gAAAAA", b"\xff" * 700):
        SourceIdentity.objects.filter(source=source).update(sealed=sealed)
        assert refused(look, source, by=keeper, now=NOW, reason="A letter").code == "identity_unreadable"


def test_an_ordinary_source_has_no_identity(reporter, keeper):
    source = make_source(reporter)
    assert refused(look, source, by=keeper, now=NOW, reason="A letter").code == "no_identity"
    assert refused(change_identity, source, name="X", contact="", by=keeper, now=NOW).code == "no_identity"
    assert not IdentityLook.objects.exists()


def test_without_a_key_nothing_is_entered(reporter, settings):
    settings.NEWSROOM_IDENTITY_KEYS = []
    assert refused(confided, reporter).code == "identity_keys_missing"
    assert not Source.objects.exists()


def test_a_keeper_changes_who_it_is_and_nothing_of_it_is_in_the_log(reporter, keeper):
    source = confided(reporter)
    change_identity(source, name="Another Name", contact="", by=keeper, now=NOW)
    identity = look(source, by=keeper, now=NOW, reason="To see")
    assert (identity.name, identity.contact, identity.notes) == ("Another Name", "", "")
    event = AuditEvent.objects.get(act="identity.changed")
    assert (event.object_id, event.by, event.data) == (source.public_id, keeper, {})


def test_a_change_cannot_make_the_label_tell(reporter, keeper):
    source = confided(reporter)
    refusal = refused(change_identity, source, name="diplomat", contact="", by=keeper, now=NOW)
    assert refusal.code == "label_tells_identity"


def test_what_no_key_reads_can_be_entered_anew(reporter, keeper, settings):
    source = confided(reporter)
    settings.NEWSROOM_IDENTITY_KEYS = [Fernet.generate_key().decode()]
    change_identity(source, name="Another Name", contact="", by=keeper, now=NOW)
    assert look(source, by=keeper, now=NOW, reason="To see").name == "Another Name"


def rotated() -> str:
    told = StringIO()
    call_command("rotate_identity_keys", stdout=told)
    return told.getvalue()


def test_after_a_rotation_the_old_key_may_go(reporter, keeper, settings):
    source, other = confided(reporter), confided(reporter)
    [old], new = settings.NEWSROOM_IDENTITY_KEYS, Fernet.generate_key().decode()
    settings.NEWSROOM_IDENTITY_KEYS = [new, old]
    assert look(source, by=keeper, now=NOW, reason="Before").name == NAME
    assert rotated() == "2 encrypted under the first key.\n"
    settings.NEWSROOM_IDENTITY_KEYS = [new]
    assert look(source, by=keeper, now=NOW, reason="After").name == NAME
    assert look(other, by=keeper, now=NOW, reason="After").notes == NOTES
    settings.NEWSROOM_IDENTITY_KEYS = [old]
    assert refused(look, source, by=keeper, now=NOW, reason="Old").code == "identity_unreadable"


def test_a_rotation_leaves_and_names_what_no_key_opens(reporter, keeper, settings):
    lost = confided(reporter)
    [old], new = settings.NEWSROOM_IDENTITY_KEYS, Fernet.generate_key().decode()
    settings.NEWSROOM_IDENTITY_KEYS = [new]
    kept = confided(reporter)
    with pytest.raises(CommandError, match=f"identity_unreadable: no key opens 1, .* {lost.public_id}\\."):
        rotated()
    assert look(kept, by=keeper, now=NOW, reason="To see").name == NAME
    settings.NEWSROOM_IDENTITY_KEYS = [old]
    assert look(lost, by=keeper, now=NOW, reason="To see").name == NAME


def test_a_rotation_without_keys_changes_nothing(settings):
    settings.NEWSROOM_IDENTITY_KEYS = []
    with pytest.raises(CommandError, match="identity_keys_missing"):
        rotated()


def test_looks_are_never_changed(reporter, keeper):
    look(confided(reporter), by=keeper, now=NOW, reason="To see")
    for change in (
        lambda: IdentityLook.objects.update(reason="Another"),
        lambda: IdentityLook.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
            change()


def test_a_source_becomes_neither_confidential_nor_open_later(reporter):
    for source in (confided(reporter), make_source(reporter)):
        with pytest.raises(DatabaseError), transaction.atomic():
            Source.objects.filter(pk=source.pk).update(confidential=not source.confidential)


@pytest.mark.django_db(transaction=True)
def test_a_look_is_kept_before_anything_is_decrypted_and_takes_no_part_in_a_transaction(
    reporter, keeper, monkeypatch
):
    source = confided(reporter)

    def fails(kept):
        assert not connection.in_atomic_block
        raise KeyboardInterrupt

    monkeypatch.setattr(confidentiality, "_unseal", fails)
    with pytest.raises(KeyboardInterrupt):
        look(source, by=keeper, now=NOW, reason="A letter")
    assert IdentityLook.objects.get().reason == "A letter"
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        look(source, by=keeper, now=NOW, reason="Unseen")
    assert IdentityLook.objects.count() == 1
