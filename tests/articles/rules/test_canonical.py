"""Canonical JSON is what RFC 8785 says, for the values documents are made of."""

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from articles.rules.canonical import canonical_json, digest_of
from articles.rules.numbers import numbers_in

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("abcdefgh_"), inner),
)


@given(values)
def test_it_equals_the_reference_implementation(value):
    assert canonical_json(value).encode() == rfc8785.dumps(value)


def test_the_order_of_names_does_not_change_the_digest():
    assert digest_of({"a": 1, "b": [2]}) == digest_of({"b": [2], "a": 1})


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1,200 troops in 2026", {"1200", "2026"}),
        ("4.5 % or 4,5 %", {"4.5"}),
        ("45 tanks", {"45"}),
        ("1\u00a0200\u00a0000", {"1200000"}),
        ("none", set()),
    ],
)
def test_numbers_are_the_same_however_they_are_written(text, numbers):
    assert numbers_in(text) == numbers
