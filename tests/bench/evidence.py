"""How long passages and quotes take to find: texts alone, no database."""

import random
import time
from collections.abc import Callable
from statistics import median

from sources.passages.matching import Passage, has_words, locate, passage_at
from sources.passages.normalising import Normalised
from sources.passages.offering import candidates, near_matches
from tests.bench.printing import line

LONG, ORDINARY = 1_000_000, 30_000
STATEMENTS, SNAPSHOTS, ROUNDS = 30, 9, 5
STOCK = [
    "the treaty", "on the common use", "of harbours", "was signed by", "both ministers", "— said the premier —", "we",
    "share a sea", "“the watch over it”", "can’t wait", "in 2026–2031", "for £40.5 million", "żółć i gęśle",
    "podpisano traktat", "„wspólna wachta”", "non-nuclear ships", "before the recess", "the safety of cables",
]  # fmt: skip


def measure() -> None:
    """Print what a passage in a megabyte and an article's thirty statements take, and how a bare search compares."""
    chance = random.Random(1)  # noqa: S311 (no secret)
    text = _prose(chance, LONG)
    known = Normalised(text)
    passages = [_passage(chance, known) for _ in range(20)]
    bare = _milliseconds(lambda: [text.find(p.prefix + p.exact + p.suffix) for p in passages]) / len(passages)
    warm = _milliseconds(lambda: [locate(passage, known) for passage in passages]) / len(passages)
    cold = _milliseconds(lambda: locate(passages[0], text))
    line("passage in 1 MB, first time, ms", cold, f"{cold / bare:.0f} bare searches  aim under 50")
    line("passage in 1 MB, text at hand, ms", warm, f"{warm / bare:.1f} bare searches")
    words = passages[0].exact
    near = _milliseconds(lambda: near_matches(words[:20] + "x" + words[20:], known))
    line("nearly the words in 1 MB, ms", near, f"{near / cold:.1f} of the first time")
    offered = _milliseconds(lambda: candidates(words, known))
    line("candidates in 1 MB, ms", offered, f"{offered / cold:.1f} of the first time")

    texts = [_prose(chance, ORDINARY) for _ in range(SNAPSHOTS)]
    at_hand = [Normalised(text) for text in texts]
    rests = [(_passage(chance, at_hand[n % SNAPSHOTS]), n % SNAPSHOTS) for n in range(2 * STATEMENTS)]
    warm = _milliseconds(lambda: _check(rests, at_hand))
    cold = _milliseconds(lambda: _check(rests, [Normalised(text) for text in texts]))
    line("30 statements, first time, ms", cold, "aim under 300")
    line("30 statements, texts at hand, ms", warm, f"{warm / cold:.0%} of the first time")


def _check(rests: list[tuple[Passage, int]], texts: list[Normalised]) -> None:
    """Two citations a statement; every third is a quote, sought in three sources that are said to have its words."""
    for number, (passage, source) in enumerate(rests):
        found = locate(passage, texts[source]) is not None
        if number % 3 == 0:
            found &= has_words(passage.exact, texts[source])
            for other in (1, 2):
                has_words(passage.exact, texts[(source + other) % len(texts)])
        if not found:
            raise SystemExit(f"not found: {passage}")


def _prose(chance: random.Random, length: int) -> str:
    sentences, written = [], 0
    while written < length:
        sentence = " ".join(chance.choices(STOCK, k=chance.randint(4, 9))).capitalize()
        sentences.append(f"{sentence} {chance.randint(1, 9_999)}.{' ' if chance.random() < 0.8 else chr(10)}")
        written += len(sentences[-1])
    return "".join(sentences)[:length]


def _passage(chance: random.Random, text: Normalised) -> Passage:
    start = chance.randrange(len(text.original) - 500)
    return passage_at(text, start, start + chance.randint(120, 300))


def _milliseconds(work: Callable[[], object]) -> float:
    took = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        took.append(time.perf_counter() - started)
    return 1000 * median(took)
