"""What an import would make of a text: segments, quotes, sources, findings."""

import pytest

from articles.importing.entries import SourceEntry
from articles.importing.findings import MAX_OF_ONE_CODE, MAX_TEXT
from articles.importing.proposal import propose, to_body, to_text
from articles.importing.proposing import MAX_GROUPS, MAX_PARAGRAPHS
from newsroom.core.errors import DomainError


def segments(proposal):
    return [
        (paragraph.text[segment.start : segment.end], segment.kind, segment.sources)
        for paragraph in proposal.paragraphs
        for segment in paragraph.segments
    ]


def findings(proposal):
    return [(f.code, f.paragraph, f.sentence, f.text) for f in proposal.findings]


def quotes(text, language="en"):
    return [(quote.words, quote.sources) for quote in propose(text, language=language).quotes]


def test_what_stands_between_two_groups_of_a_sentence_is_one_segment():
    proposal = propose(
        "It was good [1], and it (too) was new [2]. “So it is [3]”, she thought.", language="en"
    )
    assert [text for text, _, _ in segments(proposal)] == ["It was good", "and it (too) was new", "“So it is"]


def test_a_segment_has_words_also_where_only_marks_stand_before_its_group():
    proposal = propose("Some words here. ( [1] Next [2].", language="en")
    assert [text for text, _, _ in segments(proposal)] == ["Some words here. (", "Next"]


def test_a_segment_with_an_attributed_quotation_rests_on_quotes_and_any_other_on_a_claim():
    proposal = propose(
        'Tusk said "we will stay together for years" and called it "good" [1]. It holds [2]. '
        'A "phrase that nobody has ever said" stands [3].',
        language="en",
    )
    assert [(s.kind, s.quotes) for s in proposal.paragraphs[0].segments] == [
        ("quote", (0, 1)),
        ("claim", ()),
        ("claim", (2,)),
    ]
    assert [segment.sources for _, segment in proposal.claims] == [(2,), (3,)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The comma before a closing mark is the sentence's, a stop is the speaker's.
        ('"We will stay in Europe," Tusk said [1].', [("We will stay in Europe", (1,))]),
        ('Tusk said "We will stay in Europe." [1]', [("We will stay in Europe.", (1,))]),
        # One interrupted is one; what follows an `and` is another.
        ('"We stay," she went on, "and we fight" [1].', [("We stay … and we fight", (1,))]),
        ('"We stay," said Tusk, and called it "good" [1].', [("We stay", (1,)), ("good", (1,))]),
        ('"We stay," she went on [1], "and we fight" [1].', [("We stay … and we fight", (1,))]),
        (
            '"We stay," she went on [1], "and we fight on" [2].',
            [("We stay", (1,)), ("and we fight on", (2,))],
        ),
        ('"Eastern Flank," Tusk said, "Watch Group" [1].', [("Eastern Flank … Watch Group", (1,))]),
        ('"Never Again," Tusk said [1].', [("Never Again", (1,))]),
        # One over two paragraphs is one, with a segment in each; cited differently it is two.
        (
            'Tusk said: "We will stay. [1]\n\n"And we fight" [1].',
            [("We will stay. And we fight", (1,))],
        ),
        ('Tusk said: "We stay. [1]\n\n"And fight" [2].', [("We stay.", (1,)), ("And fight", (2,))]),
        # A group inside the quotation.
        ('Tusk said "we stay, [1] and fight" [1].', [("we stay, and fight", (1,))]),
        # Only the outermost quotation.
        ("Tusk said \"he told me 'we stay' and left\" [1].", [("he told me 'we stay' and left", (1,))]),
        # Without citation there is no record.
        ('Tusk said "we will stay together for years".', []),
    ],
)
def test_the_words_of_a_quote(text, expected):
    assert quotes(text) == expected


def test_a_quote_over_two_paragraphs_has_a_segment_in_each():
    proposal = propose('Tusk said: "We will stay. [1]\n\n"And we fight" [1].', language="en")
    assert proposal.quotes[0].places == ((0, 0), (1, 0))
    assert proposal.quotes[0].speaker == "Tusk"


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ('The "ironclad" pact holds [1].', "en", [("ironclad", "scare")]),
        ('The report "Poland First" is out [1].', "en", [("Poland First", "title")]),
        ('A system called "east shield" works [1].', "en", [("east shield", "title")]),
        ('The so-called "golden age" is over [1].', "en", [("golden age", "term")]),
        (
            'Tusk told reporters that the "Eastern Flank" programme works [1].',
            "en",
            [("Eastern Flank", "title")],
        ),
        ('The "ironclad" pact holds.', "en", [("ironclad", "scare")]),
        ("Program „Tarcza Wschód” działa [1].", "pl", [("Tarcza Wschód", "title")]),
        ("Tak zwana tzw. „złota era” minęła [1].", "pl", [("złota era", "term")]),
        ('Tusk called it "good" [1].', "en", []),
        ('Nobody knows "who said all these words" [1].', "en", []),
    ],
)
def test_a_short_quotation_that_nobody_says_is_dismissed(text, language, expected):
    paragraph = propose(text, language=language).paragraphs[0]
    assert [(paragraph.text[d.start : d.end], d.reason) for d in paragraph.dismissed] == expected


@pytest.mark.parametrize(
    "text",
    [
        'After both countries signed the treaty, Tusk said "we are one" [1].',
        'Tusk said "we are one" after both sides signed the treaty [1].',
        'Tusk, who signed the treaty in London, said "we are one" [1].',
    ],
)
def test_a_quote_that_visibly_states_more_is_advised_to_have_a_claim(text):
    proposal = propose(text, language="en")
    assert proposal.paragraphs[0].segments[0].states_more
    assert [finding.code for finding in proposal.findings] == ["claim_proposed"]


def test_each_planted_fault_is_found_in_its_place():
    text = (
        "All is well [1]. No citation here.\n\n"
        "Cited [2] and then some more. Nothing [7] here [1]. Wrong [0] and open [1, 2 here [2].\n\n"
        'A "thing that nobody has ever said" [1].'
    )
    sources = [
        SourceEntry(1, "One"),
        SourceEntry(2, "Two"),
        SourceEntry(3, "Three", url="https://a.example/3"),
    ]
    assert findings(propose(text, language="en", sources=sources)) == [
        ("sentence_without_citation", 1, 2, "No citation here."),
        ("remainder_without_citation", 2, 1, "and then some more."),
        ("number_without_source", 2, 2, "[7]"),
        ("marker_malformed", 2, 3, "[0]"),
        ("marker_malformed", 2, 3, "[1, 2"),
        ("quote_unattributed", 3, 1, "thing that nobody has ever said"),
        ("source_never_cited", None, None, "3. Three"),
    ]


def test_an_invisible_character_is_kept_and_found():
    proposal = propose("So\u00adft words [1].", language="en")
    assert findings(proposal) == [("invisible_character", 1, 1, "U+00AD")]
    assert to_text(proposal) == "So\u00adft words [1]."


def test_sources_are_numbered_by_first_use_and_the_changes_reported():
    proposal = propose("One [5, 3] two [9] three [3].", language="en")
    assert [entry.number for entry in proposal.sources] == [3, 5, 9]
    assert proposal.renumbered == {3: 1, 5: 2, 9: 3}
    assert to_text(proposal) == "One [1, 2] two [3] three [1]."


def test_the_list_at_the_end_gives_the_sources_and_goes():
    proposal = propose("One [2]. Two [1].\n\nSources:\n1. A, B\n2. C\n", language="en")
    assert proposal.inline_list
    assert proposal.sources == (SourceEntry(2, "C"), SourceEntry(1, "A", "B"))
    assert to_text(proposal) == "One [1]. Two [2].\n"


def test_one_address_under_two_numbers_is_one_source():
    sources = [
        SourceEntry(1, url="https://a.example/x"),
        SourceEntry(2, url="http://A.example/x/?utm_source=b"),
    ]
    proposal = propose("One [1]. Two [2].", language="en", sources=sources)
    assert to_text(proposal) == "One [1]. Two [1]."
    assert findings(proposal) == [("source_listed_twice", None, None, "2: same address as 1")]


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        ("One [1].", {"language": "de"}, "language_unknown"),
        (" \n ", {}, "empty"),
        ("Sources:\n1. A", {}, "empty"),
        ("One [1].\n\nSources:\n1. A", {"sources": [SourceEntry(1)]}, "two_reference_lists"),
        ("a\n\n" * (MAX_PARAGRAPHS + 1), {}, "too_many_paragraphs"),
        ("a [1] " * (MAX_GROUPS + 1), {}, "too_many_groups"),
        (
            "".join(f"a [{n}] " for n in range(1, 201))
            + "\n\nSources:\n"
            + "".join(f"{n}. A\n" for n in range(1, 201)),
            {},
            "too_many_sources",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 30 else "",
)
def test_what_cannot_be_imported_is_refused(text, options, code):
    with pytest.raises(DomainError) as refusal:
        propose(text, **{"language": "en", **options})
    assert refusal.value.code == code


def test_findings_are_bounded():
    proposal = propose("Words without any source. " * 3 + "\n\n" + "a\n\n" * MAX_OF_ONE_CODE, language="en")
    assert len(proposal.findings) == MAX_OF_ONE_CODE + 1
    assert proposal.findings[-1].code == "more_findings"
    assert proposal.findings[-1].text == "sentence_without_citation: 3 more"
    long = propose("word " * 1000, language="en").findings[0].text
    assert len(long) == MAX_TEXT


def test_a_paragraph_the_splitter_gave_up_on_is_found():
    assert "paragraph_too_dense" in {f.code for f in propose("a. " * 3000, language="en").findings}


def test_the_body_names_the_records_it_was_given():
    proposal = propose(
        'Tusk said "we are one and we stay one" [1]. It holds [2]. An "odd" one.', language="en"
    )
    keys = iter("abc")
    body = to_body(proposal, new_key=lambda: next(keys), claim_ids=["c1"], quote_ids=["q1"])
    block = body.blocks[0]
    assert [(s.key, s.claim, s.quotes) for s in block.segments] == [("a", None, ("q1",)), ("b", "c1", ())]
    assert [(block.text[w.start : w.end], w.quote) for w in block.words] == [
        ("we are one and we stay one", "q1")
    ]
    assert [block.text[d.start : d.end] for d in block.dismissed] == ["odd"]


def test_a_story_without_any_quotation_marks_needs_no_speakers():
    assert propose("One [1]. Two [2].", language="en").quotes == ()
