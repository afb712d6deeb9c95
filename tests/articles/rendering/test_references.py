"""Sources as reference managers take them."""

import importlib.util
import json
import os
from pathlib import Path

import pytest
from pybtex.database import parse_string

from articles.rendering.references import as_bibtex, as_csl, as_ris, can_be_named, reference, references
from sources.models import Source

VALIDATOR = Path(__file__).parents[4] / "shared" / "standards" / "tools" / "validate.py"
SNAPSHOT = {"id": "aaaaaaaaaaaa", "sha256": "ab" * 32, "captured_at": "2026-05-28T10:00:00Z"}


def a_source(**fields) -> dict:
    return {
        "number": 1,
        "id": "s00000000001",
        "title": "Oral evidence on the treaty",
        "url": "https://press.example/evidence",
        "publisher": {"id": "p00000000001", "slug": "press", "name": "Press Example"},
        "kind": "article",
        "creators": "",
        "published_on": "2026-05-27",
        "language": "en",
        "confidential": False,
        "label": "",
        "usage_terms": "",
        "origin": None,
    } | fields


HOSTILE = a_source(
    number=2,
    id="s00000000002",
    title="50% of {braces} & $5_x #1 ~^ \\ „Łódź”\nand a second line",
    url="https://press.example/a_b%20c?x=1&y={z}#\\",
    creators="Ada Sample; Institute of {Brackets} & Co.",
    publisher=None,
    published_on=None,
)


@pytest.fixture(scope="module")
def validator():
    if not VALIDATOR.exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)("the validator is not here (../shared)")
    spec = importlib.util.spec_from_file_location("validate", VALIDATOR)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def every_kind() -> list[dict]:
    sources = [a_source(number=n, kind=kind) for n, kind in enumerate(Source.Kind.values, start=3)]
    return [reference(source, key=f"src-{source['number']}", snapshots=[SNAPSHOT]) for source in sources] + [
        reference(HOSTILE, key="src-2", snapshots=[]),
        reference(a_source(title=""), key="src-1", snapshots=[SNAPSHOT], claims=["c1"], note="An article"),
    ]


def test_csl_is_valid_for_every_kind_of_source(validator, tmp_path):
    file = tmp_path / "sources.csl.json"
    file.write_text(as_csl(every_kind()), encoding="utf-8")
    assert validator.KINDS["csl"](file) == []


def test_bibtex_is_valid_and_read_back_by_another_program(validator, tmp_path):
    file = tmp_path / "sources.bib"
    file.write_text(as_bibtex(every_kind()), encoding="utf-8")
    assert validator.KINDS["bibtex"](file) == []
    entries = parse_string(file.read_text(encoding="utf-8"), "bibtex").entries
    assert len(entries) == len(every_kind())
    assert entries["src-3"].fields["year"] == "2026"
    assert entries["src-3"].fields["month"] == "May"
    assert entries["src-2"].fields["title"].startswith(r"{50\% of \{braces\} \& \$5\_x \#1")
    assert [str(person) for person in entries["src-2"].persons["author"]] == [
        "{Ada Sample}",
        r"{Institute of \{Brackets\} \& Co.}",
    ]
    assert entries["src-2"].fields["howpublished"] == r"\url{https://press.example/a_b%20c?x=1&y=%7Bz%7D#%5C}"


def test_ris_has_one_line_a_field_and_ends_each_record():
    lines = as_ris(every_kind()).split("\r\n")
    assert lines.pop() == ""
    assert all(line[2:6] == "  - " and line[:2].isalnum() for line in lines)
    assert lines.count("ER  - ") == len(every_kind())
    assert sum(line.startswith("TY  - ") for line in lines) == len(every_kind())
    assert "DA  - 2026/05/27" in lines
    assert "\n" not in "".join(lines)


def test_the_newest_capture_is_the_one_named(settings):
    older = SNAPSHOT | {"captured_at": "2026-01-01T10:00:00Z", "sha256": "cd" * 32}
    item = reference(a_source(), key="src-1", snapshots=[older, SNAPSHOT])
    assert item["accessed"] == {"date-parts": [[2026, 5, 28]]}
    assert item["custom"]["sha256"] == SNAPSHOT["sha256"]
    assert item["archive_location"].endswith("/sources/s00000000001/")


def test_that_it_was_withdrawn_stands_in_the_note_of_every_format(settings):
    settings.NEWSROOM_TIME_ZONE = "Europe/London"
    withdrawn = {"at": "2026-06-01T23:30:00Z", "by": "publisher", "reason": "Made up\nby 50%."}
    items = [
        reference(a_source(withdrawn=withdrawn), key="src-1", snapshots=[], note="An article"),
        reference(a_source(withdrawn=withdrawn), key="src-2", snapshots=[]),
        reference(a_source(withdrawn=None), key="src-3", snapshots=[], note="An article"),
    ]
    said = "Withdrawn on 2026-06-02: Made up by 50%."
    assert [item.get("note") for item in items] == [f"An article; {said}", said, "An article"]
    assert f"N1  - An article; {said}\r\n" in as_ris(items)
    assert r"note = {Withdrawn on 2026-06-02: Made up by 50\%.}" in as_bibtex(items)


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({}, True),
        ({"title": ""}, True),
        ({"url": ""}, True),
        ({"title": "", "url": ""}, False),
        ({"confidential": True, "label": "an official", "title": "", "url": ""}, False),
        ({"confidential": True}, False),
    ],
)
def test_what_cannot_be_looked_up_is_not_named(fields, named):
    assert can_be_named(a_source(**fields)) is named
    article = {
        "address": "/articles/a/",
        "number": 2,
        "sources": [a_source(**fields)],
        "statements": [
            {
                "claim": "c00000000001",
                "evidence": [{"source": 1, "quote": None, "snapshot": SNAPSHOT}],
            }
        ],
    }
    items = references(article)
    assert len(items) == named
    if named:
        assert items[0]["custom"]["claimIds"] == ["c00000000001"]
        assert items[0]["note"] == "/articles/a/, edition 2"
        assert json.loads(as_csl(items)) == items
