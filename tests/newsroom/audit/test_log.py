"""The audit log: sentences, filters, pages that cost the same however long it is, and the log as a file."""

import csv
import json
import tracemalloc
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Scope
from newsroom.audit.exporting import harmless
from newsroom.audit.models import AuditEvent
from newsroom.audit.reading import Asked, all_of
from newsroom.audit.recording import event
from tests.articles.admin.pages import signed_in
from tests.making import Desk, make_user

pytestmark = pytest.mark.django_db

LOG, EXPORT = reverse("admin:audit_auditevent_changelist"), "/admin/audit/auditevent/export/"
NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
YEAR = {"since": "2026-01-01", "until": "2026-12-31"}


@pytest.fixture
def ada():
    user = make_user("reporter", username="ada")
    user.first_name, user.last_name = "Ada", "Sample"
    user.save()
    return user


@pytest.fixture
def agnes():
    return make_user("administrator", username="agnes")


@pytest.fixture
def desk(agnes):
    return signed_in(agnes)


def write(by, about, *, act="user.changed", now=NOW, times=1, **data):
    """Enter so many events, a minute apart, the first at ``now``."""
    AuditEvent.objects.bulk_create(
        event(act, about, by=by, now=now + timedelta(minutes=n), n=n, **data) for n in range(times)
    )


def numbers(answer) -> list[int]:
    return [row["event"].data["n"] for row in answer.context["rows"]]


def taken(desk, **asked) -> str:
    answer = desk.post(EXPORT, YEAR | {"format": "csv"} | asked)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode()


def test_an_entry_is_a_sentence(desk, ada, agnes):
    write(ada, agnes, act="user.unlocked")
    html = " ".join(desk.get(LOG).content.decode().split())
    assert "<b>Ada Sample</b> let in again after a lockout: <a" in html


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {"1", "2", "3"}),
        ({"person": "ada"}, {"1"}),
        ({"person": "ADA  sample"}, {"1"}),
        ({"act": "user.entered"}, {"2"}),
        ({"about": "Sample"}, {"2", "3"}),
        ({"about": "sampl", "act": "user.entered"}, {"2"}),
        ({"since": "2026-06-02"}, {"2", "3"}),
        ({"until": "2026-06-01"}, {"1"}),
        # Days are London's: half past eleven in the evening there is of the day before in UTC's morning.
        ({"since": "2026-06-03", "until": "2026-06-03"}, {"3"}),
        ({"since": "2026-06-02", "until": "2026-06-02"}, {"2"}),
        ({"person": "agnes", "since": "2026-06-03"}, {"3"}),
        ({"about": "nobody-of-this-name"}, set()),
        ({"about": "a"}, set()),
    ],
)
def test_what_is_asked_for_is_found(desk, ada, agnes, asked, found):
    write(ada, agnes, which="1")
    write(agnes, ada, act="user.entered", now=datetime(2026, 6, 2, 22, 59, tzinfo=UTC), which="2")
    write(agnes, ada, now=datetime(2026, 6, 2, 23, 30, tzinfo=UTC), which="3")
    rows = desk.get(LOG, asked).context["rows"]
    assert {row["event"].data["which"] for row in rows} == found


def test_an_object_is_found_by_its_public_id_also_from_its_history(desk, ada, agnes):
    write(agnes, ada)
    write(agnes, agnes)
    for asked in ({"about": ada.public_id}, {"q": ada.public_id}):
        assert [row["event"].object_id for row in desk.get(LOG, asked).context["rows"]] == [ada.public_id]


def test_the_way_further_back_misses_nothing_and_costs_the_same(desk, ada, agnes):
    write(agnes, ada, times=120)
    AuditEvent.objects.bulk_create(event("user.changed", ada, by=agnes, now=NOW, n=-n) for n in range(1, 4))
    seen, asked, costs = [], {"person": "agnes"}, set()
    while True:
        with CaptureQueriesContext(connection) as queries:
            answer = desk.get(LOG, asked)
        costs.add(len(queries))
        assert not any("COUNT(" in query["sql"] for query in queries)
        seen += numbers(answer)
        if not answer.context["further"]:
            break
        asked = {"person": "agnes", "after": answer.context["further"]}
    assert seen == [*range(119, 0, -1), -3, -2, -1, 0]
    assert len(costs) == 1


@pytest.mark.parametrize(
    "asked",
    [
        {"person": "nobody"},
        {"person": "x" * 400},
        {"person": "a\x00"},
        {"act": "user.invented"},
        {"about": "x" * 101},
        {"about": "\x00"},
        {"since": "yesterday"},
        {"since": "2026-13-01"},
        {"since": "2026-06-02", "until": "2026-06-01"},
        {"after": "nonsense"},
        {"after": "A" * 1000},
    ],
)
def test_what_makes_no_sense_is_refused_with_its_place(desk, asked):
    answer = desk.get(LOG, asked)
    assert answer.status_code == 400
    assert "desk-error" in answer.content.decode() or "cursor_malformed" in answer.content.decode()


@pytest.mark.parametrize("asked", [{"since": "0001-01-01"}, {"until": "9999-12-31"}])
def test_the_ends_of_the_calendar_are_days_too(desk, asked):
    assert desk.get(LOG, asked).status_code == 200


def test_the_log_as_csv_holds_what_was_asked_for_and_the_taking_is_entered(desk, ada, agnes):
    write(agnes, ada, times=3, note="“quoted”, and more")
    write(ada, agnes)
    rows = list(csv.DictReader(StringIO(taken(desk, person="agnes"))))
    told = [
        (row["at"], row["person_id"], row["object_id"], json.loads(row["data"])["n"]) for row in rows[-3:]
    ]
    moments = [f"2026-06-01T12:0{n}:00+00:00" for n in (2, 1, 0)]
    assert told == [(at, agnes.public_id, ada.public_id, 2 - n) for n, at in enumerate(moments)]
    entered = AuditEvent.objects.get(act="audit.exported")
    assert (entered.by, entered.data["format"], entered.data["person"]) == (agnes, "csv", "agnes")


def test_the_log_as_lines_of_json(desk, ada, agnes):
    write(agnes, ada, times=2)
    lines = [json.loads(line) for line in taken(desk, format="jsonl", about=ada.public_id).splitlines()]
    assert [line["data"]["n"] for line in lines] == [1, 0]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "\u00a0=1"])
def test_no_cell_is_a_formula(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Ada", "1=1", "a-b", "2026-06-01"])
def test_other_cells_stay_as_they_are(cell):
    assert harmless(cell) == cell


@pytest.mark.parametrize(
    "asked",
    [
        {"since": ""},
        {"until": ""},
        {"since": "2024-01-01"},
        {"format": "exe"},
        {"person": "nobody"},
    ],
)
def test_a_file_without_bounds_is_refused_and_nothing_is_entered(desk, asked):
    answer = desk.post(EXPORT, YEAR | {"format": "csv"} | asked)
    assert answer.status_code == 400
    assert not AuditEvent.objects.exists()


def test_a_file_is_for_those_who_may_read_the_log_and_is_asked_for_by_a_button(desk, ada):
    assert desk.get(EXPORT).status_code == 405
    nobody = signed_in(make_user())
    assert nobody.get(LOG).status_code == 403
    assert nobody.post(EXPORT, YEAR | {"format": "csv"}).status_code == 403
    assert not AuditEvent.objects.exists()
    assert signed_in(ada).get(LOG).status_code == 200


def test_a_long_log_takes_no_more_memory_than_a_short_one(ada, agnes):
    def peak(act):
        tracemalloc.start()
        for _ in all_of(Asked(agnes, act=act)):
            pass
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    write(agnes, ada, act="user.changed", times=1000)
    write(agnes, ada, act="user.entered", times=6000)
    peak("user.changed")
    assert peak("user.entered") < 2 * peak("user.changed")


def test_who_works_in_one_section_only_reads_nothing_of_the_others_by_any_road():
    story = Desk()
    scoped, agnes = make_user("editor"), make_user("administrator")
    Scope.objects.create(user=scoped, language="pl")
    entry = AuditEvent.objects.filter(object_id=story.article.public_id).first()
    change = reverse("admin:audit_auditevent_change", args=[entry.pk])
    about = {"about": story.article.public_id}
    for reader, sees in ((scoped, False), (agnes, True), (story.editor, True)):
        desk = signed_in(reader)
        assert bool(desk.get(LOG, about).context["rows"]) is sees
        assert (desk.get(change).status_code == 200) is sees
        assert (
            story.article.public_id in taken(desk, format="jsonl", person=story.reporter.username)
        ) is sees
    assert signed_in(scoped).get(LOG, {"about": scoped.public_id}).status_code == 200
