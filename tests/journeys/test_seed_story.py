"""The main job, end to end: the seed story comes in, is refused, put right, published and read; and goes out again."""

import json
import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles import drafting, evidence, fact_checking, passages, review
from articles.dossier import open_dossier
from articles.models import Article, Byline, Check, Edition
from articles.readiness import blockers
from newsroom.accounts.models import Person
from sources.capture.keeping import keep_text
from tests.making import NOW, draft_digest, make_user

pytestmark = pytest.mark.django_db

SEED = Path(__file__).parents[3] / "shared" / "samples" / "seed-story.txt"


@pytest.fixture(scope="module")
def seed() -> Path:
    if not SEED.exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)("the seed story is not here (../shared)")
    return SEED


@pytest.fixture
def people():
    class People:
        reporter = make_user("reporter", username="reporter")
        checker = make_user("fact_checker", username="checker")
        editor = make_user("editor", username="editor")
        duty = make_user("duty_editor", username="duty")

    return People


def run(*arguments, **options) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


def refused_codes(slug: str) -> list[str]:
    out = StringIO()
    with pytest.raises(CommandError, match="not_ready"):
        call_command("publish", slug, by="duty", stdout=out)
    return [line.split("\t")[0] for line in out.getvalue().splitlines()]


@pytest.fixture
def report(seed, people) -> dict:
    return json.loads(run("import_story", str(seed), "--json", "--by", "reporter"))


def test_the_seed_story_is_read_as_a_person_would(report):
    assert {name: report[name] for name in ("paragraphs", "sentences", "groups", "claims")} == {
        "paragraphs": 6,
        "sentences": 14,
        "groups": 15,
        "claims": 9,
    }
    assert len(report["sources"]) == 9 if isinstance(report["sources"], list) else report["sources"] == 9
    assert report["renumbered"] == {}
    assert sorted((quote["speaker"], quote["sources"]) for quote in report["quotes"]) == [
        ("Donald Tusk", [1, 2]),
        ("Donald Tusk", [1, 2]),
        ("Donald Tusk", [3]),
        ("Keir Starmer", [1]),
        ("Keir Starmer", [3]),
        ("Keir Starmer", [4]),
        ("the treaty", [5]),
    ]
    (finding,) = report["findings"]
    assert (finding["code"], finding["paragraph"], finding["sentence"]) == ("sentence_without_citation", 3, 1)
    assert finding["text"].startswith("The treaty facilitates joint development")


def test_the_seed_story_travels_from_text_to_page_and_back(seed, people, report, client):
    slug = report["article"]
    found = refused_codes(slug)
    assert set(found) == {
        "headline_missing",
        "standfirst_missing",
        "byline_missing",
        "sentence_without_evidence",
        "source_unidentified",
        "source_without_snapshot",
        "claim_not_checked",
        "quote_not_checked",
        "not_approved",
    }
    assert (found.count("source_unidentified"), found.count("sentence_without_evidence")) == (9, 1)
    assert found.count("source_without_snapshot") == 9
    assert (found.count("claim_not_checked"), found.count("quote_not_checked")) == (9, 6)

    article = Article.objects.get(slug=slug)
    put_right(article, people)
    assert refused_codes(slug) == ["not_approved"]
    article.refresh_from_db()
    review.submit(article, by=people.reporter, now=NOW)
    review.send_to_review(article, by=people.checker, now=NOW)
    review.approve(article, by=people.editor, now=NOW, digest=draft_digest(article))
    assert blockers(Article.objects.get(pk=article.pk)) == []

    assert client.get(f"/articles/{slug}/").status_code == 404
    assert "edition 1 (first)" in run("publish", slug, by="duty")

    page = client.get(f"/articles/{slug}/")
    assert page.status_code == 200
    text = page.content.decode()
    for words in (
        "UK and Poland sign a treaty",
        "a historic moment",
        "Donald Tusk",
        "Sample report 9",
        "Rita Reporter",
    ):
        assert words in text
    detail = client.get(f"/api/v1/articles/{article.public_id}/")
    assert detail.status_code == 200
    assert "ironclad commitment" in json.dumps(detail.json())

    for arguments in ([], ["--edition", "1"]):
        assert run("export_story", slug, *arguments).encode() == seed.read_bytes()
    assert (
        json.loads(run("export_story", slug, "--edition", "1", "--format", "json"))["edition"]["number"] == 1
    )
    assert run("verify_editions") == "1 editions verified\n"
    assert Edition.objects.count() == 1


def test_a_letter_that_the_copy_of_a_source_has_otherwise_is_found_and_nothing_else(people, report):
    article = Article.objects.get(slug=report["article"])
    put_right(article, people, heard={"a historic moment": "a historical moment"})
    assert sorted(refused_codes(report["article"])) == ["not_approved", "quote_not_in_source"]
    [blocker] = [b for b in blockers(Article.objects.get(pk=article.pk)) if b.code == "quote_not_in_source"]
    assert "a historic moment" in open_dossier(article).by_key[blocker.place].wording
    assert blocker.excerpt.startswith("[1, 2] ")


def put_right(article: Article, people, *, heard: dict[str, str] | None = None) -> None:
    """What a desk does after the import: say what it is, identify the sources and archive them, choose passages,
    exempt one sentence, check the rest. ``heard`` are words that stand otherwise in the copies of the sources."""
    first = open_dossier(article).segments[0].key
    drafting.save_draft(
        article,
        by=people.reporter,
        now=NOW,
        version=article.version,
        headline="UK and Poland sign a treaty",
        standfirst="Two prime ministers meet in London",
        headline_rests_on=[first],
        standfirst_rests_on=[first],
    )
    Byline.objects.create(
        article=article, person=Person.objects.create(name="Rita Reporter", slug="rita", user=people.reporter)
    )
    for number, source in enumerate(open_dossier(article).sources(), start=1):
        evidence.identify_source(
            source,
            by=people.reporter,
            now=NOW,
            title=f"Sample report {number}",
            url=f"https://press{number}.example/report",
            publisher_name="Sample Press",
        )
    archive_and_cite(article, people.reporter, heard or {})
    article.refresh_from_db()
    (bare,) = [b.place for b in blockers(article) if b.code == "sentence_without_evidence"]
    fact_checking.exempt(article, bare, reason="analysis", by=people.editor, now=NOW)
    article.refresh_from_db()
    for seen in open_dossier(article).segments:
        if not seen.rests_on_nothing:
            fact_checking.record_check(
                article,
                seen.key,
                verdict=Check.Verdict.SUPPORTS,
                by=people.checker,
                now=NOW,
                fingerprint=seen.fingerprint,
            )


def archive_and_cite(article: Article, reporter, heard: dict[str, str]) -> None:
    """Paste the text of each source and choose in it what each citation rests on."""
    dossier = open_dossier(article)
    said = {
        c.pk: c.quote.words if c.quote else seen.wording for seen in dossier.segments for c in seen.citations
    }
    said = {pk: heard.get(words, words) for pk, words in said.items()}
    for number, source in enumerate(dossier.sources(), start=1):
        cited = [citation for citation in dossier.citations if citation.source_id == source.pk]
        lines = dict.fromkeys(f"It says: “{said[citation.pk]}”" for citation in cited)
        text = "\n\n".join([f"Sample report {number}", *lines])
        snapshot = keep_text(source, text=text, reason="Handed in on paper", by=reporter, now=NOW)
        text = snapshot.extracted.text
        for citation in cited:
            start = text.index(f"“{said[citation.pk]}”") + 1
            end = start + len(said[citation.pk])
            passages.choose_passage(citation, snapshot, start=start, end=end, by=reporter, now=NOW)
