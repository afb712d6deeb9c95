"""The one form of extracted text: NFC, single spaces, one newline between blocks, no control characters.

Positions of passages count the code points of this form (standards, 3). Change a rule here and every position shifts:
raise ``SCHEME`` with it, which stands in each snapshot's ``extractor``.
"""

import re
import unicodedata
from collections.abc import Iterable
from importlib.metadata import version

SCHEME = 1
LONGEST = 2_000_000
# What a document says of itself, a value at most.
LONGEST_FOUND = 500
FOUND = ("title", "publisher", "authors", "published", "language")

# Controls that are no white space, halves of surrogate pairs and the code points that are no characters.
_NO_TEXT = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
    + "]"
)
_WHITE = re.compile(r"\s+")


def tidy(words: str) -> str:
    """``words`` as one block: NFC, single spaces, none at the ends, no control characters."""
    return _WHITE.sub(" ", unicodedata.normalize("NFC", _NO_TEXT.sub("", words))).strip()


def extracted(pages: Iterable[Iterable[str]], *, by: str, found: dict, paged: bool = False) -> dict:
    """What a reader hands back: ``text``, ``pages``, ``found`` and ``extractor``, as JSON values.

    ``pages`` are lists of blocks, taken only until ``LONGEST`` characters are reached; where more would come,
    ``found["truncated"]`` is true. ``by`` is the package that read it, or a word for what needed none.
    """
    blocks, starts, length, whole = [], [], 0, True
    for page in pages:
        starts.append(length)
        for block in filter(None, map(tidy, page)):
            blocks.append(block)
            length += len(block) + 1
            if length > LONGEST + 1:
                whole = False
                break
        if not whole:
            break
    text = "\n".join(blocks)[:LONGEST].rstrip()
    said = {name: tidy(str(found.get(name) or ""))[:LONGEST_FOUND].rstrip() for name in FOUND}
    return {
        "text": text,
        "pages": [min(start, len(text)) for start in starts] if paged else [],
        "found": said if whole else said | {"truncated": True},
        "extractor": f"{named(by)}/{SCHEME}",
    }


def named(package: str) -> str:
    """``package`` with its version, or alone where it is no package: "trafilatura 2.3.1", "plain"."""
    return package if package == "plain" else f"{package} {version(package)}"
