"""A body is written as numbered text."""

import pytest

from articles.body.model import Block, Body, Segment
from articles.numbered_text import write

SEGMENTS = (Segment(0, 3, "aaaaaaaaaa"), Segment(5, 8, "bbbbbbbbbb"))


@pytest.mark.parametrize(
    ("groups", "text"),
    [
        ({}, "One, two."),
        ({"aaaaaaaaaa": [1]}, "One [1], two."),
        ({"aaaaaaaaaa": (3, 1, 2), "bbbbbbbbbb": [1]}, "One [1, 2, 3], two [1]."),
        ({"aaaaaaaaaa": [], "bbbbbbbbbb": [12]}, "One, two [12]."),
        ({"cccccccccc": [1]}, "One, two."),
    ],
)
def test_a_group_is_printed_once_at_the_end_of_its_segment(groups, text):
    assert write(Body((Block("p", "One, two.", SEGMENTS),)), groups, final_newline=False) == text


def test_every_kind_of_block_is_a_paragraph_and_the_final_line_feed_is_kept():
    body = Body((Block("h2", "Head"), Block("ul", "Item"), Block("blockquote", "Quoted.")))
    assert write(body, {}, final_newline=True) == "Head\n\nItem\n\nQuoted.\n"
    assert write(body, {}, final_newline=False) == "Head\n\nItem\n\nQuoted."
