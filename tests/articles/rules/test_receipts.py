"""What an edition changed is worked out from the contents: every difference of meaning, and nothing else."""

import copy

import pytest

from articles.rules.receipts import changes

SPEAKER = {"id": "s1", "slug": "ada", "name": "Ada Sample", "kind": "person"}


def cited(source: int, exact: str = "in force", stance: str = "supports") -> dict:
    return {
        "source": source,
        "quote": None,
        "stance": stance,
        "carries": "",
        "passage": {"prefix": "", "exact": exact, "suffix": ""},
        "locator": "",
        "snapshot": None,
        "start": 0,
        "seen_by_eye": False,
    }


def statement(key: str, wording: str, *evidence: dict, quotes=()) -> dict:
    return {
        "key": key,
        "wording": wording,
        "quotes": list(quotes),
        "exemption": None,
        "evidence": list(evidence),
    }


def content() -> dict:
    return {
        "headline": {"text": "A treaty"},
        "standfirst": {"text": "Two states"},
        "bylines": [{"name": "Rita"}],
        "treaties": [{"title": "The treaty"}],
        "blocks": [{"kind": "h2", "text": "Background"}, {"kind": "paragraph", "text": "…"}],
        "statements": [
            statement("a", "It is in force", cited(1)),
            statement("b", "She was glad", cited(2), quotes=["q"]),
        ],
        "quotes": {
            "q": {
                "words": "glad",
                "language": "en",
                "speaker": SPEAKER,
                "role": "Minister",
                "occasion": "",
                "said_on": None,
                "original": "",
                "original_language": "",
                "translator": "",
            }
        },
        "sources": [
            {"number": 1, "id": "one", "title": "Gazette", "label": "", "confidential": False},
            {"number": 2, "id": "two", "title": "", "label": "An official", "confidential": True},
        ],
    }


def changed(change) -> dict:
    after = copy.deepcopy(content())
    change(after)
    return changes(content(), after)


def test_the_same_content_changes_nothing():
    assert changes(content(), content()) == {"texts": [], "statements": []}


@pytest.mark.parametrize(
    ("place", "change"),
    [
        ("headline", lambda c: c["headline"].update(text="Another")),
        ("standfirst", lambda c: c["standfirst"].update(text="Another")),
        ("bylines", lambda c: c["bylines"].append({"name": "Jan"})),
        ("treaties", lambda c: c["treaties"].clear()),
        ("headings", lambda c: c["blocks"][0].update(text="Aftermath")),
    ],
)
def test_a_text_around_the_body(place, change):
    told = changed(change)
    assert [text["place"] for text in told["texts"]] == [place]
    assert told["statements"] == []
    assert told["texts"][0]["was"] != told["texts"][0]["is"]


def test_a_wording_that_changed():
    told = changed(lambda c: c["statements"][0].update(wording="It was signed"))
    (said,) = told["statements"]
    assert (said["key"], said["was"], said["is"]) == ("a", "It is in force", "It was signed")
    assert said["evidence_added"] == said["evidence_removed"] == said["facts"] == []


def test_a_sentence_that_came_and_one_that_went():
    def change(c):
        c["statements"] = [c["statements"][1], statement("c", "It rained", cited(1))]

    came, went = changed(change)["statements"]
    assert (came["key"], came["was"], came["is"]) == ("c", None, "It rained")
    assert [entry["source"] for entry in came["evidence_added"]] == ["one"]
    assert (went["key"], went["was"], went["is"]) == ("a", "It is in force", None)
    assert [entry["source"] for entry in went["evidence_removed"]] == ["one"]


def test_evidence_is_told_by_source_and_not_by_its_number():
    def change(c):
        c["sources"] = [c["sources"][0] | {"number": 2}, c["sources"][1] | {"number": 1}]
        c["statements"][0]["evidence"] = [cited(2)]
        c["statements"][1]["evidence"] = [cited(1)]

    assert changed(change)["statements"] == []


def test_another_passage_or_stance_is_other_evidence():
    others = (cited(1, exact="signed"), cited(1, stance="contradicts"), cited(1) | {"carries": "report"})
    for other in others:
        (said,) = changed(lambda c, other=other: c["statements"][0].update(evidence=[other]))["statements"]
        assert len(said["evidence_added"]) == len(said["evidence_removed"]) == 1
        assert said["was"] == said["is"]


def test_of_a_confidential_source_only_the_label_is_told():
    (said,) = changed(lambda c: c["statements"][1].update(evidence=[]))["statements"]
    assert [entry["title"] for entry in said["evidence_removed"]] == ["An official"]


@pytest.mark.parametrize(
    ("fact", "change", "now"),
    [
        ("speaker", {"speaker": SPEAKER | {"name": "Jan Example"}}, "Jan Example"),
        ("speaker", {"speaker": None}, ""),
        ("role", {"role": "President"}, "President"),
        ("said_on", {"said_on": "2026-05-27"}, "2026-05-27"),
        ("translator", {"translator": "A. Sample"}, "A. Sample"),
    ],
)
def test_what_is_said_of_a_quote(fact, change, now):
    (said,) = changed(lambda c: c["quotes"]["q"].update(change))["statements"]
    assert [(f["quote"], f["fact"], f["is"]) for f in said["facts"]] == [("q", fact, now)]
    assert said["was"] == said["is"]


def test_another_record_with_the_same_words_is_the_same_quote_to_readers():
    def change(c):
        c["quotes"] = {"other": c["quotes"]["q"] | {"speaker": SPEAKER | {"name": "Jan Example"}}}
        c["statements"][1]["quotes"] = ["other"]

    (said,) = changed(change)["statements"]
    assert said["facts"] == [
        {"quote": "other", "fact": "speaker", "was": "Ada Sample", "is": "Jan Example"},
    ]


@pytest.mark.parametrize("gone", [True, False])
def test_a_quote_that_came_or_went_is_told(gone):
    def change(c):
        if gone:
            c["statements"][1]["quotes"] = []
        else:
            c["quotes"]["new"] = c["quotes"]["q"] | {"words": "sad"}
            c["statements"][1]["quotes"].append("new")

    (said,) = changed(change)["statements"]
    words = next(fact for fact in said["facts"] if fact["fact"] == "words")
    assert (words["was"], words["is"]) == (("glad", "") if gone else ("", "sad"))


def test_why_a_sentence_needs_no_citation():
    (said,) = changed(lambda c: c["statements"][0].update(exemption="analysis"))["statements"]
    assert said["facts"] == [{"quote": "", "fact": "exemption", "was": "", "is": "analysis"}]
