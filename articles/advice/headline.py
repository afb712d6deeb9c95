"""Numbers in the headline that the story does not have."""

from collections.abc import Iterator

from articles.advice.model import Advice
from articles.body.model import Body
from articles.rules.numbers import numbers_in


def strange_numbers(headline: str, body: Body) -> Iterator[Advice]:
    """Each number of ``headline`` that is not written anywhere in ``body``."""
    written: set[str] = set()
    for block in body.blocks:
        written |= numbers_in(block.text)
    for number in sorted(numbers_in(headline) - written):
        yield Advice(
            "number_not_in_body", f"{number} {headline}", words=number, sentence=headline, place="headline"
        )
