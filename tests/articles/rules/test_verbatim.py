"""A quote may vary in form as declared, and in no letter."""

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from articles.rules.verbatim import is_verbatim

SAID = "There's no greater challenge than this one – the challenge of Russian aggression."


@pytest.mark.parametrize(
    "printed",
    [
        SAID,
        "There’s no greater challenge than this one — the challenge of Russian aggression.",
        "there's no greater challenge than this one - the challenge of Russian aggression",
        "There's no greater  challenge\u00a0than this one – the chal\u00adlenge of Russian aggression,",
        "There's no greater challenge … the challenge of Russian aggression",
        "There's no greater challenge [...] Russian aggression",
        "[We know] there's no greater challenge",
        "no greater challenge than this […]",
    ],
)
def test_declared_variation_is_verbatim(printed):
    assert is_verbatim(printed, SAID)


@pytest.mark.parametrize(
    "printed",
    [
        "There's no greater challenges than this one – the challenge of Russian aggression.",
        "There is no greater challenge than this one – the challenge of Russian aggression.",
        "no greater challenge than this one",
        "There's no greater challenge … the challenge of Russian agression",
        "the challenge of Russian aggression … There's no greater challenge",
        "There's no greater chall … of Russian aggression",
        "There's No greater challenge than this one – the challenge of Russian aggression.",
        "",
        "…",
        "[…]",
    ],
)
def test_anything_else_is_not(printed):
    assert not is_verbatim(printed, SAID)


@pytest.mark.parametrize(
    ("printed", "quote"),
    [
        ("We back ‘the watch’ fully", "we back “the watch” fully."),
        ("[T]his is a treaty", "This is a treaty"),
        (["We share a sea,", "and we’ll share the watch."], "We share a sea, and we'll share the watch"),
        (["we share a sea,", "[…] share the watch."], "We share a sea, and we'll share the watch"),
        ("Łódz\u0301 czeka", "łódź czeka,"),
    ],
)
def test_house_style_is_verbatim(printed, quote):
    assert is_verbatim(printed, quote)


@pytest.mark.parametrize(
    ("printed", "quote"),
    [
        ("ssa", "ßa"),
        ("We can […]", "We can't wait"),
        ("[…] nuclear ships", "We want non-nuclear ships"),
        ("It costs 40 […]", "It costs 40.5 million"),
        ("We share the […]", "We share the\u0301 sea"),
        (["We share a sea,", "and share the watch"], "We share a sea, and we'll share the watch"),
    ],
)
def test_what_only_looks_alike_is_not(printed, quote):
    assert not is_verbatim(printed, quote)


@given(st.text(string.ascii_letters + " ", min_size=4), st.data())
def test_changing_any_letter_loses_the_match(said, data):
    said = said.strip()
    places = [n for n, letter in enumerate(said) if letter.isalpha() and n > 0]
    assume(places)
    at = data.draw(st.sampled_from(places))
    other = data.draw(st.sampled_from(string.ascii_letters).filter(lambda letter: letter != said[at]))
    assert is_verbatim(said, said)
    assert not is_verbatim(said[:at] + other + said[at + 1 :], said)
