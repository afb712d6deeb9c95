"""Show how two wordings differ, word by word."""

import re
from collections.abc import Callable, Iterable

from rapidfuzz.distance import Indel

from sources.passages.normalising import normalise

# Pairs of words or lines that are compared: rapidfuzz takes a bit for each, so four megabytes.
_MOST_PAIRS = 32_000_000
# White space between two words that is no difference; what is longer is not looked into.
_LONGEST_GAP = 200
_BEFORE_WORD = re.compile(r"(?<=\S)(?=\s)")

# What happened to it, and the text.
Run = tuple[str, str]


def difference(a: str, b: str) -> list[Run]:
    """Runs of (op, text) that turn ``a`` into ``b``: ``same``, ``gone`` (in ``a`` only) or ``new`` (in ``b`` only).

    Words that differ only as :func:`~sources.passages.normalising.normalise` declares are the same, shown as in
    ``b``: same and new together are ``b``. Long texts are held against each other by lines first; two that are too
    long for that as well are one gone and one new.
    """
    return _joined(_by_words(a, b, _by_lines))


def _by_words(a: str, b: str, otherwise: Callable[[str, str], Iterable[Run]]) -> Iterable[Run]:
    words = _BEFORE_WORD.split(a), _BEFORE_WORD.split(b)
    return _compare(*words, _apart) if _fit(*words) else otherwise(a, b)


def _by_lines(a: str, b: str) -> Iterable[Run]:
    lines = a.splitlines(keepends=True), b.splitlines(keepends=True)
    return _compare(*lines, lambda gone, new: _by_words(gone, new, _apart)) if _fit(*lines) else _apart(a, b)


def _fit(a: list[str], b: list[str]) -> bool:
    return len(a) * len(b) <= _MOST_PAIRS


def _compare(a: list[str], b: list[str], differing: Callable[[str, str], Iterable[Run]]) -> Iterable[Run]:
    """Runs of the parts both have, and between them what ``differing`` makes of those they do not share."""
    forms = {part: normalise(part) for part in {*a, *b}}
    done = new_done = 0
    for code in Indel.opcodes([forms[part] for part in a], [forms[part] for part in b]):
        if code.tag == "equal":
            yield from differing("".join(a[done : code.src_start]), "".join(b[new_done : code.dest_start]))
            yield "same", "".join(b[code.dest_start : code.dest_end])
            done, new_done = code.src_end, code.dest_end
    yield from differing("".join(a[done:]), "".join(b[new_done:]))


def _apart(gone: str, new: str) -> Iterable[Run]:
    if not _is_blank(gone):
        yield "gone", gone
    yield ("same" if _is_blank(new) else "new"), new


def _is_blank(text: str) -> bool:
    return len(text) < _LONGEST_GAP and not normalise(text)


def _joined(runs: Iterable[Run]) -> list[Run]:
    joined: list[Run] = []
    for op, text in runs:
        if joined and joined[-1][0] == op:
            joined[-1] = op, joined[-1][1] + text
        elif text:
            joined.append((op, text))
    return joined
