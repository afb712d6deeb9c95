"""Cursors are opaque, come back as they went, and are nobody's to make up."""

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.core.cursors import cursor_after, key_of
from newsroom.core.errors import DomainError

PATTERN = re.compile(r"[0-9a-z ]{1,60}")


@given(st.from_regex(PATTERN, fullmatch=True))
def test_a_cursor_comes_back_as_its_key(key):
    cursor = cursor_after(key)
    assert re.fullmatch(r"[A-Za-z0-9_-]+", cursor)
    assert key_of(cursor, PATTERN, "cursor") == key


@given(st.text(max_size=300))
def test_whatever_is_read_is_the_one_cursor_of_its_key(text):
    with suppress(DomainError):
        assert cursor_after(key_of(text, PATTERN, "before")) == text


@pytest.mark.parametrize("cursor", ["YQ==", "YR", " YQ", "YQ\n", "YQ$", "a" * 201, "", "Y"])
def test_only_the_one_form_of_a_cursor_counts(cursor):
    with pytest.raises(DomainError) as refused:
        key_of(cursor, PATTERN, "before")
    assert (refused.value.code, refused.value.place) == ("cursor_malformed", "before")
