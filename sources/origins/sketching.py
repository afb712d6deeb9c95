"""Sketch a text, so that texts which share words in the same order are found among thousands without reading them.

The sketch is a MinHash of the text's shingles (Broder, On the resemblance and containment of documents, 1997), cut
into bands for locality-sensitive hashing: two texts are compared at all only if they agree in a whole band.
"""

import re

from rensa import RMinHash

from sources.passages.normalising import normalise

# Sketches of different schemes cannot be compared. Raise it with any number below, with how words are told apart,
# and when the library's own algorithm changes; then `look_for_origins` makes them all anew.
SCHEME = 1

# In words. Shorter shingles meet by chance, longer ones are lost with every small edit.
SHINGLE = 4
# Slots of a signature: the estimated share is out by 0.02 at most times.
SLOTS = 256
# Two slots a band: texts that share a fifth of their shingles agree in one of the 128 bands 99 times in 100, a
# tenth 7 times in 10, a hundredth once in 80.
ROWS = 2
# With fewer shingles a text is too short to say that it was copied.
FEWEST = 30
# What is read of a text, in words. The longest treaties are longer; nobody copies them whole.
LONGEST = 60_000

# A short text wholly inside a long one shares too little with the whole: a long text's stretches, in words, give
# bands too. Each begins half-way through the one before, so that a release stands whole in one of them.
STRETCH = 600
STRETCHES = 40
BANDS_OF_A_STRETCH = 64

_SEED = 7_307
_WORD = re.compile(r"\w+")


def words_of(text: str) -> list[str]:
    """The words of ``text`` as they are compared: normalised as for passages, lower case, no punctuation."""
    return _WORD.findall(normalise(text).casefold())[:LONGEST]


def shingles_of(words: list[str]) -> set[str]:
    """Every run of SHINGLE words; empty if there are fewer than FEWEST."""
    shingles = {" ".join(words[start : start + SHINGLE]) for start in range(len(words) - SHINGLE + 1)}
    return shingles if len(shingles) >= FEWEST else set()


def sketch(text: str) -> tuple[list[int], list[int]]:
    """Signature and bands of ``text``, as signed 64-bit numbers; both empty if it is too short to be compared."""
    return sketch_words(words_of(text))


def sketch_words(words: list[str]) -> tuple[list[int], list[int]]:
    """As :func:`sketch`, of a text's :func:`words_of`."""
    shingles = shingles_of(words)
    if not shingles:
        return [], []
    signature, *parts = _signatures([shingles, *_stretches(words)])
    bands = dict.fromkeys(_bands(signature))
    for part in parts:
        bands.update(dict.fromkeys(_bands(part)[:BANDS_OF_A_STRETCH]))
    return signature, list(bands)


def _stretches(words: list[str]) -> list[set[str]]:
    if len(words) <= STRETCH * 3 // 2:
        return []
    starts = range(0, len(words) - STRETCH // 2, STRETCH // 2)[:STRETCHES]
    return [found for start in starts if (found := shingles_of(words[start : start + STRETCH]))]


def _signatures(sets: list[set[str]]) -> list[list[int]]:
    return RMinHash.digests_from_token_sets([list(shingles) for shingles in sets], SLOTS, _SEED)


def _bands(signature: list[int]) -> list[int]:
    """Each two slots of 32 bits as one number, moved into the range of the database's bigint."""
    pairs = zip(signature[::ROWS], signature[1::ROWS], strict=True)
    return [(first << 32 | second) - (1 << 63) for first, second in pairs]
