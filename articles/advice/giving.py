"""All advice on one text, bounded."""

from collections import Counter
from dataclasses import dataclass
from itertools import chain, islice

from articles.advice.headline import strange_numbers
from articles.advice.model import Advice
from articles.advice.opinion import opinions
from articles.advice.readability import readability
from articles.advice.sentences import sentences_of
from articles.advice.short_names import unexplained
from articles.body.model import Body

# So much is given; more would be a wall. Of one code so much.
MOST = 60
MOST_OF_ONE = 20
# Sentences that are looked at; a longer text is advised on as far.
SENTENCES = 2_000


@dataclass(frozen=True, slots=True)
class Text:
    """What is advised on; ``language`` is "en" or "pl"."""

    headline: str
    body: Body
    language: str


def advise(text: Text) -> list[Advice]:
    """What a reader may stumble over, in reading order, what concerns the whole first."""
    sentences = []
    for sentence in sentences_of(text.body, text.language):
        sentences.append(sentence)
        if len(sentences) == SENTENCES:
            break
    counted: Counter[str] = Counter()
    given = []
    for advice in chain(
        strange_numbers(text.headline, text.body),
        readability(sentences, text.language),
        islice(opinions(sentences, text.language), MOST_OF_ONE),
        islice(unexplained(sentences), MOST_OF_ONE),
    ):
        counted[advice.code] += 1
        if counted[advice.code] <= MOST_OF_ONE:
            given.append(advice)
    return sorted(given, key=lambda advice: advice.block or 0)[:MOST]
