"""A folder of old stories: whatever is in it, whenever it is interrupted, the run goes on and nothing comes twice."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from articles.importing import archive, storing
from articles.importing.archive import Order, import_folder, story_files
from articles.importing.storing import LONGEST_NAME, stored_name
from articles.models import Article, Edition, Import
from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from sources.models import Source, Speaker
from tests.making import NOW, make_user

pytestmark = pytest.mark.django_db
STORY = "Two states signed a treaty [1].\n"


@pytest.fixture
def duty():
    return make_user("duty_editor", "reporter", username="duty")


def write(folder: Path, *names: str | bytes) -> None:
    for name in names:
        path = os.path.join(os.fsencode(folder), os.fsencode(name))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.write(STORY)


def run(folder: Path, *, release=False):
    order = Order(
        folder, stored_name(folder.resolve(), 500), by="duty", now=NOW, language="en", release=release
    )
    return [o for batch in import_folder(order, story_files(folder), processes=1) for o in batch]


def outcomes(folder: Path, **options) -> dict[str, tuple[str, str]]:
    return {o.file: (o.status, o.code) for o in run(folder, **options)}


def test_names_no_database_would_take_come_in_once(duty, tmp_path):
    deep = "/".join(["d" * 200] * 3)
    names = [b"caf\xe9.txt", b"caf\\xe9.txt", b"two\nlines\x01.txt", f"{deep}/a.txt", f"{deep}/b.txt"]
    write(tmp_path, *names)
    found = run(tmp_path)
    assert [(o.status, o.code) for o in found] == [("imported", "")] * 5
    assert len({o.file for o in found}) == 5
    assert json.dumps([o.file for o in found], ensure_ascii=False).encode()
    assert {o.status for o in run(tmp_path)} == {"skipped"}
    assert Import.objects.count() == 5


@pytest.mark.parametrize("raw", [b"a.txt", b"caf\xe9.txt", b"x" * 300, "ż".encode() * 200, b"\xff" * 400])
def test_a_stored_name_fits_and_tells_files_apart(raw):
    name = stored_name(os.fsdecode(raw))
    assert len(name) <= LONGEST_NAME
    assert name.encode()
    assert stored_name(os.fsdecode(raw + b"x")) != name
    # Nobody can name a file so that it is taken for another.
    assert (stored_name(name) == name) is (os.fsencode(name) == raw)


def test_a_long_folder_is_an_archive_of_its_own(duty, tmp_path):
    folder = tmp_path.joinpath(*["f" * 200] * 3)
    write(folder, "a.txt")
    call_command("import_stories", str(folder), by="duty", processes=1, report=tmp_path / "report.jsonl")
    assert len(Import.objects.get().archive) <= 500


def test_a_file_that_breaks_the_program_fails_alone(duty, tmp_path, monkeypatch, caplog):
    write(tmp_path, "a.txt", "b.txt", "c.txt")
    whole = storing.as_dict

    def broken(proposal, *, article):
        if article == "b":
            raise ZeroDivisionError("secret words of the story")
        return whole(proposal, article=article)

    monkeypatch.setattr(storing, "as_dict", broken)
    found = run(tmp_path)
    assert [(o.status, o.code, o.message) for o in found] == [
        ("imported", "", ""),
        ("failed", "internal", "ZeroDivisionError"),
        ("imported", "", ""),
    ]
    assert "Traceback" in caplog.text
    monkeypatch.undo()
    assert outcomes(tmp_path) == {
        "a.txt": ("skipped", ""),
        "b.txt": ("imported", ""),
        "c.txt": ("skipped", ""),
    }


def test_two_stories_of_one_title_that_race_for_a_slug_both_come_in(duty, tmp_path, monkeypatch):
    """Each finds the slug free, as two processes do that do not see each other's rows yet."""
    monkeypatch.setattr(storing, "free_slugs", lambda model, texts: ["same-title"] * len(texts))
    write(tmp_path, "one/same-title.txt", "two/same-title.txt")
    assert set(outcomes(tmp_path).values()) == {("imported", "")}
    first, second = Article.objects.order_by("pk").values_list("slug", flat=True)
    assert first == "same-title"
    assert second.startswith("same-title-")


def test_many_stories_come_in_with_the_statements_of_one(duty, tmp_path, django_assert_max_num_queries):
    text = (
        'Ada Sample, the minister, said "we sign today" [1]. The treaty covers fishing [1, 2].\n\nSources:\n'
    )
    write(tmp_path, *(f"story-{n}.txt" for n in range(archive.BATCH)))
    for n in range(archive.BATCH):
        listed = f"1. Gazette. A pact is near. https://press.example/pact\n2. Own notes of day {n}\n"
        (tmp_path / f"story-{n}.txt").write_text(text + listed)
    with django_assert_max_num_queries(45):
        found = run(tmp_path)
    assert [o.status for o in found] == ["imported"] * archive.BATCH
    assert Source.objects.count() == archive.BATCH + 1
    assert Speaker.objects.get().quotes.count() == archive.BATCH
    assert {o.article for o in found} == {*Article.objects.values_list("slug", flat=True)}
    assert AuditEvent.objects.filter(act="article.imported").count() == archive.BATCH


def test_two_runs_at_once_bring_a_file_once(duty, tmp_path):
    write(tmp_path, "a.txt")
    # The other run's row stands already when this one, which was told of none, comes to write it.
    run(tmp_path)
    path = tmp_path / "a.txt"
    order = Order(tmp_path, stored_name(tmp_path.resolve(), 500), "duty", NOW, "en", False)
    assert archive._import_file(order, duty, "a.txt", path, None).status == "skipped"
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "code", "released"),
    [
        ("2019-05-03-a-treaty.txt", "", 1),
        ("2019-05-03.txt", "no_headline", 0),
        ("a-treaty.txt", "no_original_date", 0),
        ("2999-01-01-a-treaty.txt", "date_not_past", 0),
    ],
)
def test_what_cannot_be_released_stays_a_draft(duty, tmp_path, name, code, released):
    write(tmp_path, name)
    assert outcomes(tmp_path, release=True) == {name: ("imported", code)}
    assert Article.objects.count() == 1
    assert Edition.objects.count() == released


@pytest.mark.parametrize("release", [True, False])
def test_what_is_released_is_on_disk_before_anybody_is_told(duty, tmp_path, release):
    write(tmp_path, "2019-05-03-a-treaty.txt")
    said = []

    def listen(execute, sql, params, many, context):
        said.append(sql)
        return execute(sql, params, many, context)

    def how_it_commits():
        with connection.cursor() as cursor:
            return cursor.execute("SHOW synchronous_commit").fetchone()

    before = how_it_commits()
    with connection.execute_wrapper(listen):
        run(tmp_path, release=release)
    assert ("SET synchronous_commit = off" in said) is not release
    assert how_it_commits() == before


KILLED = """
import os, signal, sys
from pathlib import Path
import django
django.setup()
from django.core.management import call_command
from articles.importing import archive, storing
whole, stored = storing.record_each, []
def killed(*arguments, **options):
    whole(*arguments, **options)
    stored.append(arguments)
    if len(stored) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
archive.BATCH, storing.record_each = 3, killed
call_command("import_stories", sys.argv[1], by="duty", processes=1, report=Path(sys.argv[1]) / "report")
"""


@pytest.mark.django_db(transaction=True)
def test_a_run_killed_in_the_middle_of_a_batch_is_finished_by_the_next(tmp_path):
    make_user("duty_editor", username="duty")
    write(tmp_path, *(f"story-{n}.txt" for n in range(7)))
    connection.ensure_connection()
    info = connection.connection.info
    address = f"postgres://{info.user}@{info.host.replace('/', '%2F')}:{info.port}/{info.dbname}"
    environment = os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    killed = subprocess.run([sys.executable, "-c", KILLED, tmp_path], env=environment, timeout=120)

    assert killed.returncode == -9
    assert Import.objects.count() == Article.objects.count() == 3
    found = outcomes(tmp_path)
    assert sorted(status for status, _ in found.values()) == ["imported"] * 4 + ["skipped"] * 3
    assert sorted(Import.objects.values_list("name", flat=True)) == [f"story-{n}.txt" for n in range(7)]
    assert Article.objects.count() == 7
    assert {status for status, _ in outcomes(tmp_path).values()} == {"skipped"}


@pytest.mark.parametrize("command", ["import_story", "import_stories"])
def test_in_production_an_import_says_whose_words_they_are(tmp_path, settings, command):
    write(tmp_path, "a.txt")
    target = tmp_path / "a.txt" if command == "import_story" else tmp_path
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="by_missing"):
        call_command(command, str(target))
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("headline", "code"),
    [("x" * 201, "headline_too_long"), ("a\0b", "headline_not_text"), ("a\udcffb", "headline_not_text")],
)
def test_a_headline_that_cannot_be_one_is_refused_in_one_line(duty, tmp_path, headline, code):
    write(tmp_path, "a.txt")
    with pytest.raises(CommandError, match=code):
        call_command("import_story", str(tmp_path / "a.txt"), headline=headline, by="duty")


@pytest.mark.parametrize("name", ["nothing.txt", "with\0zero.txt"])
def test_a_file_that_cannot_be_opened_is_refused_in_one_line(name):
    with pytest.raises(CommandError, match="unreadable"):
        call_command("import_story", name)


def test_a_folder_or_report_that_cannot_be_opened_is_refused_in_one_line(duty, tmp_path):
    write(tmp_path, "a.txt")
    for folder in (tmp_path / "none", Path("zero\0")):
        with pytest.raises(CommandError, match="no_folder"):
            call_command("import_stories", str(folder), by="duty")
    for report in (tmp_path / "none" / "report", Path("zero\0")):
        with pytest.raises(CommandError, match="report_unwritable"):
            call_command("import_stories", str(tmp_path), by="duty", report=report)


def test_a_story_of_an_undecodable_name_comes_in_alone(duty, tmp_path):
    write(tmp_path, b"caf\xe9.txt")
    call_command("import_story", os.path.join(tmp_path, os.fsdecode(b"caf\xe9.txt")), by="duty")
    assert Import.objects.get().name.startswith("caf\\xe9 sha256:")
    assert Article.objects.get().slug == "cafxe9"


@pytest.mark.parametrize("number", [0, -1, 2, 10**12])
def test_only_editions_that_exist_are_exported(duty, tmp_path, number):
    write(tmp_path, "2019-05-03-a-treaty.txt")
    run(tmp_path, release=True)
    with pytest.raises(CommandError, match="edition_unknown"):
        call_command("export_story", Article.objects.get().slug, edition=number)


def test_a_worker_that_dies_ends_the_run_with_one_line(tmp_path, monkeypatch):
    class Pool:
        def __init__(self, *arguments, **options): ...
        def __enter__(self):
            return self

        def __exit__(self, *error): ...
        def submit(self, *arguments):
            raise archive.BrokenProcessPool("died")

    monkeypatch.setattr(archive, "ProcessPoolExecutor", Pool)
    order = Order(tmp_path, "old", "duty", NOW, "en", False)
    with pytest.raises(DomainError) as refused:
        list(import_folder(order, [tmp_path / "a.txt"], processes=2))
    assert refused.value.code == "process_died"
