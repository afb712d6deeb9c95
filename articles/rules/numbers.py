"""Numbers in a text, for the rule that a headline's numbers occur in what it rests on (N16)."""

import re

# 1,200 and 1 200 and 1200 are one number; 4.5 and 4,5 are told apart from 45 by keeping the mark before one or
# two last digits.
_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f]\d+)*")
_THOUSANDS = re.compile(r"[.,\u00a0\u202f](?=\d{3}(?!\d))")


def numbers_in(text: str) -> set[str]:
    """The numbers written in digits in ``text``, thousands marks removed and decimal commas made points."""
    return {_THOUSANDS.sub("", number).replace(",", ".") for number in _NUMBER.findall(text)}
