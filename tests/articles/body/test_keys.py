"""The form of segment keys."""

import pytest

from articles.body.keys import is_key, new_key


def test_new_keys_have_the_form_of_a_key_and_differ():
    keys = {new_key() for _ in range(1_000)}
    assert len(keys) == 1_000
    assert all(is_key(key) for key in keys)


@pytest.mark.parametrize(
    "text", ["", "abcdefghi", "abcdefghijk", "ABCDEFGHIJ", "abcdefgh01", "abcdefghi\n", "ąbcdefghij"]
)
def test_other_texts_are_no_keys(text):
    assert not is_key(text)
