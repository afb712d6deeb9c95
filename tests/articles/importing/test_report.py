"""What an import reports, to a program and to a person."""

import json

from articles.importing.entries import SourceEntry
from articles.importing.proposal import propose
from articles.importing.report import as_dict, as_text

TEXT = 'Tusk said "we are one and we stay one" [3]. It holds [2]. Nothing.'
SOURCES = [SourceEntry(2), SourceEntry(3), SourceEntry(4, "Four")]


def test_the_report_for_programs_has_the_form_of_its_contract():
    report = as_dict(propose(TEXT, language="en", sources=SOURCES), article="a-slug")
    assert json.loads(json.dumps(report)) == {
        "article": "a-slug",
        "paragraphs": 1,
        "sentences": 3,
        "groups": 2,
        "claims": 1,
        "quotes": [{"words": "we are one and we stay one", "speaker": "Tusk", "sources": [3]}],
        "sources": 2,
        "findings": [
            {"code": "sentence_without_citation", "paragraph": 1, "sentence": 3, "text": "Nothing."},
            {"code": "source_never_cited", "paragraph": None, "sentence": None, "text": "4. Four"},
        ],
        "renumbered": {"3": 1},
    }


def test_the_report_for_people_is_lines_of_text():
    assert as_text(propose(TEXT, language="en", sources=SOURCES), article="a-slug").split("\n") == [
        "a-slug: 1 paragraph, 3 sentences, 2 groups, 2 sources, 1 claim, 1 quote",
        "quote: Tusk: “we are one and we stay one” [3]",
        "sentence_without_citation: 1.3 Nothing.",
        "source_never_cited: 4. Four",
        "renumbered: 3 → 1",
    ]
