"""Long texts in parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.core.parts import Part, part_of


@pytest.mark.parametrize("asked", ["0", "4", "-1", "1.0", "٢", "x", "", " 1", "9" * 7])
def test_what_is_no_part_is_none(asked):
    assert part_of("abcdefgh", asked, length=3) is None


def test_a_part_knows_its_neighbours():
    assert part_of("abcdefgh", None, length=3) == Part(1, 3, 0, 3)
    last = part_of("abcdefgh", "3", length=3)
    assert (last.start, last.end, last.before, last.after) == (6, 8, 2, None)
    assert part_of("", None, length=3) == Part(1, 1, 0, 0)


@given(st.text(max_size=60), st.integers(1, 20))
def test_the_parts_joined_are_the_text(text, length):
    first = part_of(text, None, length=length)
    parts = [part_of(text, str(number), length=length) for number in range(1, first.count + 1)]
    assert "".join(text[part.start : part.end] for part in parts) == text
