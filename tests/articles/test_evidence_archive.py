"""The evidence of one article is given out whole: of its current edition, of a given one, or of the draft."""

import json
from datetime import timedelta
from io import StringIO
from zipfile import ZipFile

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection

from articles.evidence_archive import snapshots_of_draft, snapshots_of_edition
from articles.models import Citation
from newsroom.core.errors import DomainError
from sources.capture.keeping import keep_text
from sources.models import Snapshot, Source
from tests.making import NOW, Desk

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


def capture(citation: Citation, by) -> Snapshot:
    """Keep the text that ``citation`` has its passage in once more, with a file, and let it cite that."""
    text = citation.snapshot.extracted.text
    citation.snapshot = keep_text(citation.source, text=text, reason="A letter", by=by, now=NOW)
    citation.save()
    return citation.snapshot


@pytest.fixture
def desk():
    """A story whose first edition cites three snapshots, its second and its draft another one in place of one."""
    desk = Desk(slug="the-story")
    citations = list(Citation.objects.order_by("pk"))
    desk.first_cited = {capture(citation, desk.reporter) for citation in citations}
    desk.publish()
    desk.now_cited = desk.first_cited - {citations[0].snapshot} | {capture(citations[0], desk.reporter)}
    desk.save(headline="A treaty has been signed")
    desk.publish(now=LATER)
    return desk


def test_each_edition_has_its_own_evidence(desk):
    assert set(snapshots_of_edition(desk.article, number=1, now=NOW)) == desk.first_cited
    assert set(snapshots_of_edition(desk.article, number=2, now=NOW)) == desk.now_cited


def test_without_a_number_it_is_the_edition_that_shows(desk):
    assert set(snapshots_of_edition(desk.article, number=None, now=NOW)) == desk.first_cited
    assert set(snapshots_of_edition(desk.article, number=None, now=LATER)) == desk.now_cited


def test_the_draft_has_what_it_cites_now(desk):
    citation = Citation.objects.order_by("pk").last()
    taken = citation.snapshot
    further = capture(citation, desk.reporter)
    assert set(snapshots_of_draft(desk.reload())) == desk.now_cited - {taken} | {further}


@pytest.mark.parametrize(("number", "now"), [(3, LATER), (None, NOW - timedelta(days=1))])
def test_an_edition_that_is_not_there_is_an_error(desk, number, now):
    with pytest.raises(DomainError) as refused:
        snapshots_of_edition(desk.article, number=number, now=now)
    assert refused.value.code == "edition_unknown"


def past_all_triggers(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_an_edition_from_before_there_were_snapshots_names_none(desk):
    past_all_triggers(
        "UPDATE articles_editioncontent SET document = replace(document, '\"snapshot\"', '\"was\"')"
    )
    assert snapshots_of_edition(desk.article, number=1, now=NOW) == []


def test_nothing_of_a_confidential_source_is_given_out(desk):
    past_all_triggers(
        "UPDATE sources_source SET confidential = true, public_label = 'An official', title = '', url = ''"
        " WHERE id = %s",
        desk.first.pk,
    )
    for given in (snapshots_of_edition(desk.article, number=2, now=NOW), snapshots_of_draft(desk.reload())):
        assert given
        assert {snapshot.source for snapshot in given} == {Source.objects.get(pk=desk.second.pk)}


def export(*words) -> str:
    out = StringIO()
    call_command("export_evidence", *words, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("options", "cited"), [((), "now"), (("--draft",), "now"), (("--edition", "1"), "first")]
)
@time_machine.travel(LATER, tick=False)
def test_the_command_writes_them_to_a_file(desk, tmp_path, options, cited):
    path = tmp_path / "evidence.wacz"
    path.write_text("an older one")
    assert export("the-story", str(path), *options) == f"3 snapshots written to {path}\n"
    with ZipFile(path) as archive:
        pages = [json.loads(line) for line in archive.read("pages/pages.jsonl").splitlines()[1:]]
        assert json.loads(archive.read("datapackage.json"))["title"] == "A treaty has been signed"
    assert {page["id"] for page in pages} == {s.public_id for s in getattr(desk, f"{cited}_cited")}
    assert [file.name for file in tmp_path.iterdir()] == ["evidence.wacz"]


REFUSED = {
    "no such article": (["no-story"], "unknown_article"),
    "a name no article has": (["a\0b"], "unknown_article"),
    "no such edition": (["the-story", "--edition", "9"], "edition_unknown"),
}


@pytest.mark.parametrize(("words", "code"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_exported_leaves_the_file_alone(desk, tmp_path, words, code):
    path = tmp_path / "evidence.wacz"
    path.write_text("an older one")
    with pytest.raises(CommandError, match=code):
        export(words[0], str(path), *words[1:])
    assert path.read_text() == "an older one"
    assert [file.name for file in tmp_path.iterdir()] == ["evidence.wacz"]


def test_a_story_without_copies_makes_no_file(tmp_path):
    desk = Desk(slug="the-story")  # Its snapshots have no files.
    path = tmp_path / "evidence.wacz"
    with pytest.raises(CommandError, match="snapshot_missing"):
        export("the-story", str(path), "--draft")
    Citation.objects.update(snapshot=None, start=None)
    with pytest.raises(CommandError, match="snapshots_missing"):
        export(desk.article.slug, str(path), "--draft")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(desk, tmp_path):
    with pytest.raises(CommandError, match="file_unwritable"):
        export("the-story", str(tmp_path / "none" / "evidence.wacz"), "--draft")
