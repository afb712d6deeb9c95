"""A long text is shown in parts that lose nothing, cut no passage in all of them, and mark what they are told to."""

from hypothesis import given
from hypothesis import strategies as st

from sources.admin.reading import LENGTH, OVERLAP, Mark, part_around, without_edges

TEXT = "\n".join(f"Paragraph {n}: two states 🤝 signed a treaty, and 𝔱his is line {n}." for n in range(400))


def read(part) -> str:
    """The text of a part, as its blocks say where it stands."""
    return "".join(piece.text for block in part.blocks for piece in block.pieces)


def test_a_short_text_is_shown_whole():
    part = part_around("One.\nTwo.", 0)
    assert [(block.start, read_block(block)) for block in part.blocks] == [(0, "One."), (5, "Two.")]
    assert (part.before, part.after) == (None, None)


def read_block(block) -> str:
    return "".join(piece.text for piece in block.pieces)


@given(at=st.integers(-5, len(TEXT) + 5))
def test_every_block_stands_where_it_says_and_the_place_is_in_its_part(at):
    part = part_around(TEXT, at, length=2_000)
    assert part.start <= min(max(at, 0), len(TEXT)) <= part.end
    assert part.end - part.start <= 2 * 2_000
    for block in part.blocks:
        words = read_block(block)
        assert TEXT[block.start : block.start + len(words)] == words


@given(st.text(alphabet="ab \n🤝", max_size=300), st.integers(0, 300), st.integers(5, 50))
def test_no_text_is_lost_but_line_ends(text, at, length):
    part = part_around(text, at, length=length)
    assert read(part) == text[part.start : part.end].replace("\n", "")


def test_walking_on_shows_all_of_the_text_with_overlaps():
    seen, at = 0, 0
    while True:
        part = part_around(TEXT * 3, at)
        assert part.start <= seen
        seen = part.end
        if part.after is None:
            break
        at = part.after
        assert part_around(TEXT * 3, at).start <= part.end - OVERLAP // 2
    assert seen == len(TEXT * 3)
    assert part_around(TEXT * 3, part.before).end > part.start


def test_a_text_without_line_ends_or_spaces_is_cut_all_the_same():
    part = part_around("x" * 100_000, 50_000)
    assert part.end - part.start == LENGTH
    assert part.before is not None
    assert part.after is not None


def test_marks_are_cut_at_blocks_and_only_their_first_piece_can_be_pointed_to():
    text = "The treaty\nwas signed."
    part = part_around(text, 0, marks=[Mark(4, 14, "passage")])
    pieces = [(p.text, p.mark and p.mark.kind, p.first) for b in part.blocks for p in b.pieces]
    assert pieces == [
        ("The ", None, False),
        ("treaty", "passage", True),
        ("was", "passage", False),
        (" signed.", None, False),
    ]


def test_of_marks_that_overlap_the_first_given_is_shown():
    part = part_around("one two three", 0, marks=[Mark(4, 7, "passage"), Mark(0, 13, "candidate")])
    assert [p.mark.kind for b in part.blocks for p in b.pieces if p.mark] == ["passage"]


def test_pages_are_named_where_they_begin():
    part = part_around("One.\nTwo.\nThree.", 0, pages=[0, 5, 10])
    assert [block.page for block in part.blocks] == [1, 2, 3]
    part = part_around("One page runs on.\nTwo.", 0, pages=[0, 9])
    assert [block.page for block in part.blocks] == [2, None]


def test_the_space_before_a_changed_word_is_no_part_of_the_change():
    runs = [("same", "laid"), ("gone", " in"), ("new", " before"), ("same", " June")]
    assert without_edges(runs) == [
        ("same", "laid"),
        ("same", " "),
        ("gone", "in"),
        ("same", " "),
        ("new", "before"),
        ("same", " June"),
    ]
