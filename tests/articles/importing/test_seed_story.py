"""The seed story gives what its issue says, and comes back byte for byte."""

import os
from pathlib import Path

import pytest

from articles.importing.proposal import propose, to_text
from articles.importing.reading import read_text
from articles.importing.report import as_dict

SEED = Path(__file__).resolve().parents[4] / "shared" / "samples" / "seed-story.txt"


@pytest.fixture(scope="module")
def data():
    if not SEED.exists():
        if os.environ.get("CI", "").lower() not in {"", "0", "false"}:
            pytest.fail(f"{SEED.name} is missing, but CI must have it", pytrace=False)
        pytest.skip(f"{SEED.name} is not here")
    return SEED.read_bytes()


def test_the_seed_story_is_counted_right(data):
    report = as_dict(propose(read_text(data), language="en"), article="seed")
    counts = {name: report[name] for name in ("paragraphs", "sentences", "groups", "sources", "claims")}
    assert counts == {"paragraphs": 6, "sentences": 14, "groups": 15, "sources": 9, "claims": 9}
    assert report["renumbered"] == {}
    assert report["findings"] == [
        {
            "code": "sentence_without_citation",
            "paragraph": 3,
            "sentence": 1,
            "text": "The treaty facilitates joint development and production of advanced weapons systems.",
        }
    ]


def test_the_seed_storys_quotes_have_their_speakers(data):
    proposal = propose(read_text(data), language="en")
    assert [(quote.speaker, quote.role, quote.speaker_kind, quote.sources) for quote in proposal.quotes] == [
        ("Keir Starmer", "UK Prime Minister", "person", (4,)),
        ("Donald Tusk", "Polish Prime Minister", "person", (1, 2)),
        ("Donald Tusk", "Polish Prime Minister", "person", (1, 2)),
        ("Donald Tusk", "Polish Prime Minister", "person", (3,)),
        ("the treaty", None, "document", (5,)),
        ("Keir Starmer", "UK Prime Minister", "person", (3,)),
        ("Keir Starmer", "UK Prime Minister", "person", (1,)),
    ]
    assert proposal.quotes[1].words == "a historic moment"


def test_the_seed_story_comes_back_byte_for_byte(data):
    assert to_text(propose(read_text(data), language="en")).encode() == data
