"""A passage stands in its text exactly once, or is an orphan; it never takes a look-alike."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from newsroom.core.errors import DomainError
from sources.passages.matching import Passage, Span, locate, passage_at
from sources.passages.normalising import Normalised

TREATY = (
    "🇵🇱 Article 4\n"
    "1. The Parties shall share a watch over the strait. Each Party bears its own costs.\n"
    "2. The Parties shall share a log of incidents. Each Party bears its own costs.\n"
    "Za\u017c\u00f3\u0142\u0107: „Strony dzielą się wachtą”, mówił O’Brien.\n"
    "The oﬃce can’t move; non-nuclear ships may, for £40.5 million."
)


def span_of(words: str, text: str = TREATY) -> Span:
    assert text.count(words) == 1
    return Span(text.index(words), text.index(words) + len(words))


@pytest.mark.parametrize(
    ("passage", "words"),
    [
        (Passage("share a watch"), "share a watch"),
        (Passage("Each Party bears", prefix="strait. "), None),
        (Passage("own costs", prefix="over the strait. Each Party bears its "), None),
        (Passage("Parties", prefix="4\n1. The ", suffix=" shall"), None),
        (Passage("log of incidents", prefix="are a ", suffix=". Ea"), "log of incidents"),
        (Passage("Strony dziela\u0328 sie\u0328 wachta\u0328"), "Strony dzielą się wachtą"),
        (Passage('"Strony dzielą się wachtą", mówił'), "„Strony dzielą się wachtą”, mówił"),
        (Passage("O'Brien", prefix="mówił "), "O’Brien"),
        (Passage("The office can't move"), "The oﬃce can’t move"),
        (Passage("of\u00adfice", prefix="The\u00a0", suffix="\n can't"), "oﬃce"),
        (Passage("Article 4"), "Article 4"),
        (Passage("🇵🇱 Article 4\n1"), "🇵🇱 Article 4\n1"),
        (Passage("£40.5 million."), "£40.5 million."),
        (Passage(" log\n", prefix="share a", suffix=" of incidents"), "log"),
    ],
)
def test_a_passage_is_found_where_it_stands(passage, words):
    found = locate(passage, TREATY)
    assert found is not None
    if words:
        assert found == span_of(words)
    else:
        assert TREATY[found.start : found.end] == passage.exact


@pytest.mark.parametrize(
    "passage",
    [
        Passage("Each Party bears its own costs"),
        Passage("The Parties shall share a"),
        Passage("share a watc"),
        Passage("hare a watch"),
        Passage("share a wotch"),
        Passage("Share a watch"),
        Passage("share a watch,"),
        Passage("Strony dziela sie wachta"),
        Passage("Parties", prefix="3. The ", suffix=" shall"),
        Passage("watch", prefix="share ", suffix=" over"),
        Passage("can"),
        Passage("nuclear ships"),
        Passage("£40"),
        Passage("5 million"),
        Passage("log", prefix="share a", suffix="of incidents"),
        Passage("The of", suffix="fice can"),
        Passage("fice", prefix="The of", suffix=" can"),
        Passage("Parties", prefix="The ", suffix=" shall share a l…"),
        Passage(""),
        Passage(" "),
        Passage("„"),
        Passage("…", prefix="share a ", suffix=" over"),
        Passage("", prefix="share a watch"),
    ],
)
def test_anything_else_is_an_orphan(passage):
    assert locate(passage, TREATY) is None


def test_once_is_not_twice():
    assert locate(Passage("Each Party bears", prefix="strait. "), TREATY) == Span(
        TREATY.index("Each"), TREATY.index("Each") + 16
    )
    assert (
        locate(Passage("Each Party bears", prefix="strait. "), TREATY + "\nstrait. Each Party bears") is None
    )


def test_occurrences_that_overlap_are_two():
    assert locate(Passage("so and so"), "so and so and so") is None
    assert locate(Passage("so and so"), "so and so, and so") is not None


def test_a_look_alike_is_never_taken():
    text = "The treaty covers fishing and rescue. The treaty covers fisching and rescue."
    passage = passage_at(text, 4, 36)
    assert passage.exact == "treaty covers fishing and rescue"
    assert locate(passage, text.replace("fishing", "whaling")) is None
    assert locate(passage, text.replace("fishing", "fischіng")) is None


@pytest.mark.parametrize(
    ("words", "exact"),
    [
        ("atch over the str", "watch over the strait"),
        (" watch \u200b".strip("\u200b"), "watch"),
        ("an’t mov", "can’t move"),
        ("nuclear", "non-nuclear"),
        ("0.5", "40.5"),
        ("Brie", "O’Brien"),
        ("ony dzielą", "Strony dzielą"),
        ("\U0001f1f1 Art", "🇵🇱 Article"),
    ],
)
def test_what_is_chosen_is_widened_to_whole_words(words, exact):
    start, end = TREATY.index(words), TREATY.index(words) + len(words)
    assert passage_at(TREATY, start, end).exact == exact


def test_half_a_letter_is_never_chosen():
    text = "kawa e\u0323\u0301 x\u0323y 👩\u200d🚀raz 👍\U0001f3fddwa ❤\ufe0ftrzy 🇵🇱cztery ✌\u0301"
    for chosen, exact in [
        ("e\u0323", "e\u0323\u0301"),
        ("x", "x\u0323y"),
        ("🚀raz", "👩\u200d🚀raz"),
        ("\U0001f3fddwa", "👍\U0001f3fddwa"),
        ("trzy 🇵", "trzy 🇵🇱"),
        ("\ufe0ftrzy", "❤\ufe0ftrzy"),
        ("cztery ✌", "cztery ✌\u0301"),
    ]:
        start = text.index(chosen)
        assert passage_at(text, start, start + len(chosen)).exact == exact


def test_about_32_characters_stand_before_and_after():
    text = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    start = text.index("eight")
    assert passage_at(text, start, start + 5) == Passage(
        "eight", prefix="two three four five six seven ", suffix=" nine ten eleven twelve thirteen"
    )


def test_they_stay_in_the_paragraph_if_that_tells_it_from_its_like():
    start = TREATY.index("log of")
    assert passage_at(TREATY, start, start + 3) == Passage(
        "log", prefix="2. The Parties shall share a ", suffix=" of incidents. Each Party bears"
    )


def test_they_grow_until_that_tells_it_from_its_like():
    around = "and so on for more than thirty-two characters"
    text = f"One {around} same {around}. Two {around} same {around}."
    start = text.rindex("same")
    assert passage_at(text, start, start + 4).prefix == f"characters. Two {around} "


def test_where_words_have_no_spaces_between_them_every_character_may_begin_one():
    text = "双方分享一个海,双方也分享值守。"
    passage = passage_at(text, 2, 4)
    assert passage == Passage("分享", prefix="双方", suffix="一个海,双方也分享值守。")
    assert locate(passage, text) == Span(2, 4)


def test_they_grow_and_leave_it_where_it_does_not():
    start = TREATY.rindex("Each Party")
    passage = passage_at(TREATY, start, start + 31)
    assert passage.prefix == "shall share a log of incidents. "
    far = "Same words here.\n" * 5 + "Other.\n" + "Same words here.\n" * 5
    passage = passage_at(far, 17 * 4, 17 * 4 + 15)
    assert "\nOther." in passage.suffix
    assert locate(passage, far) == Span(17 * 4, 17 * 4 + 16 - 1)


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        (0, 0, "passage_empty"),
        (5, 4, "passage_empty"),
        (-3, 4, "passage_empty"),
        (3, 10_000_000, "passage_empty"),
        (11, 12, "passage_empty"),
        (0, 5_001, "passage_too_long"),
        (7_000, 7_004, "passage_too_long"),
        (20_000, 20_007, "passage_not_unique"),
    ],
)
def test_what_cannot_be_a_passage_is_refused_and_says_why(start, end, code):
    text = "Some words … and more. " + "x" * 15_000 + " same words" * 3_000
    with pytest.raises(DomainError) as refused:
        passage_at(text, start, end)
    assert (refused.value.code, refused.value.place) == (code, "exact")


WORDS = [
    "the",
    "treaty",
    "żółć",
    "z\u0307o\u0301",
    "ﬁsh",
    "co\u00adoperate",
    "O’Brien",
    "„tak”",
    "2030",
    '"',
    "—",
]
WORDS += [
    "non-nuclear",
    "40.5",
    "🇵🇱🇬🇧",
    "👩\u200d🚀",
    "❤\ufe0f",
    "x\u0323",
    "漢字漢",
    "a",
    "b'",
    "−5",
    "\u200b",
    "[c]",
    "…",
]
TEXTS = st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from([" ", " ", " ", "\n", ", ", "", "\u00a0", " \u200b "])),
    max_size=30,
).map(lambda parts: "".join(word + space for word, space in parts))


@given(TEXTS, st.data())
def test_what_is_chosen_is_found_again_in_the_same_place(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    folded = Normalised(text)
    try:
        passage = passage_at(folded, start, end)
    except DomainError:
        assume(False)
    span = locate(passage, folded)
    assert text[span.start : span.end] == passage.exact
    assert text[: span.start].endswith(passage.prefix)
    assert text[span.end :].startswith(passage.suffix)
    # Less of it only by white space and what cannot be seen.
    assert not any(char.isalnum() for char in (*text[start : span.start], *text[span.end : end]))
    assert locate(passage, text + "\n" + text) is None


@given(TEXTS, st.data())
def test_any_other_letter_in_it_makes_an_orphan(text, data):
    letters = [at for at, char in enumerate(text) if char.isalnum()]
    assume(letters)
    at = data.draw(st.sampled_from(letters))
    try:
        passage = passage_at(text, at, at + 1)
    except DomainError:
        assume(False)
    other = data.draw(st.sampled_from([letter for letter in "qQ7ąаﬂ" if letter != text[at]]))
    changed = text[:at] + other + text[at + 1 :]
    assert locate(passage, changed) is None


def test_a_text_made_to_hold_it_up_is_searched_to_an_end():
    text = Normalised("ab " * 300_000)
    assert locate(Passage("ab " * 1_600 + "a"), text) is None
    assert locate(Passage("ab " * 1_600 + "ab", prefix="x"), text) is None
