"""Finished JSON that can be taken apart without being read."""

import json

from hypothesis import given
from hypothesis import strategies as st

from newsroom.core.answering import as_json
from newsroom.core.members import as_members, joined, members_of

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=5), inside, max_size=3),
    max_leaves=8,
)
NAMES = st.from_regex(r"[a-z_]{1,12}", fullmatch=True)
OBJECTS = st.dictionaries(NAMES, VALUES, min_size=1, max_size=6)


@given(OBJECTS)
def test_what_is_joined_of_members_reads_as_what_they_were_taken_from(value):
    made = as_members(value)
    assert json.loads(made) == value
    assert {name: json.loads(member) for name, member in members_of(made).items()} == value
    assert joined(members_of(made)) == made
    assert b"\n" not in made


@given(OBJECTS)
def test_json_that_was_finished_otherwise_is_read_for_its_members(value):
    assert members_of(as_json(value)) == members_of(as_members(value))
