"""How hard a text is to read: LIX, the words of a sentence plus the share of long words, which asks for no dictionary.

LIX = words / sentences + 100 × words of more than six letters / words. The bounds are those of news prose: Polish
words are longer, so its bound is higher.
"""

from collections.abc import Iterable, Iterator

from articles.advice.model import Advice
from articles.advice.sentences import Sentence

# Above it a text is hard to read; a sentence by itself varies more.
HARD = {"en": 55, "pl": 65}
HARD_SENTENCE = {"en": 75, "pl": 85}
LONG_WORD = 6
# Words of a sentence above which it is long.
LONG = {"en": 32, "pl": 28}
# A text or a sentence of fewer words says nothing.
ENOUGH = 100
ENOUGH_IN_SENTENCE = 12
WORST = 3
# The kinds of block that are prose.
_PROSE = frozenset({"p", "ul", "ol"})


def lix(words: int, sentences: int, long: int) -> int:
    """The index, rounded; 0 for no words."""
    return round(words / max(sentences, 1) + 100 * long / words) if words else 0


def readability(sentences: Iterable[Sentence], language: str) -> Iterator[Advice]:
    """That the whole is hard to read, and which sentences are the worst; that a sentence is long."""
    total = count = long = 0
    hard: list[tuple[int, Sentence]] = []
    for sentence in sentences:
        if sentence.kind not in _PROSE:
            continue
        words = [word for word in sentence.words if not word.isdigit()]
        n = len(words)
        of_these = sum(len(word) > LONG_WORD for word in words)
        total, count, long = total + n, count + bool(n), long + of_these
        # Quoted words are somebody's: nobody shortens them.
        quoted = sum(end - start for start, end in sentence.quoted)
        if quoted * 2 > len(sentence.text):
            continue
        index = lix(n, 1, of_these)
        if n > LONG[language]:
            yield Advice(
                "long_sentence",
                sentence.text,
                sentence=sentence.text,
                block=sentence.block,
                facts={"n": n, "most": LONG[language]},
            )
        elif n >= ENOUGH_IN_SENTENCE and index > HARD_SENTENCE[language]:
            hard.append((index, sentence))
    index = lix(total, count, long)
    if total < ENOUGH or index <= HARD[language]:
        return
    # By tens, so that an answer holds until the text has become another.
    yield Advice("hard_to_read", f"lix {index // 10}", facts={"lix": index, "most": HARD[language]})
    for index, sentence in sorted(hard, key=lambda pair: -pair[0])[:WORST]:
        yield Advice(
            "hard_sentence", sentence.text, sentence=sentence.text, block=sentence.block, facts={"lix": index}
        )
