"""What a check, an exemption, a waiver covers: exactly what was seen (design, "Fingerprint").

Covered: the scheme's version, the whole sentence's text (white space and quote-mark form normalised, nothing else),
the segment's place in it and, sorted, what it rests on. Not covered: numbers, titles, row ids, the sentence's position.
"""

import re
from collections.abc import Iterable

from articles.rules.canonical import digest_of

SCHEME = 1
_SPACES = re.compile(r"\s+")
# Not shared with articles.rules.verbatim: a change here makes every fingerprint another, and needs a new SCHEME.
_MARKS = str.maketrans({**dict.fromkeys("“”„«»", '"'), **dict.fromkeys("‘’‚‹›", "'")})


def normalise_wording(text: str) -> str:
    """``text`` with white space folded and quotation marks straight; lengths of single-spaced text are kept."""
    return _SPACES.sub(" ", text).translate(_MARKS).strip()


def wording_digest(sentence: str) -> str:
    """The digest under which the wording of a sentence is known."""
    return digest_of([SCHEME, normalise_wording(sentence)])


def segment_fingerprint(sentence: str, place: tuple[int, int], rests_on: list[dict]) -> str:
    """The fingerprint of one segment.

    ``place`` is its start and end in the sentence; ``rests_on`` holds JSON objects of its citations and quotes in
    any order.
    """
    return digest_of([SCHEME, normalise_wording(sentence), list(place), sorted(rests_on, key=digest_of)])


def sighting_fingerprint(citation: dict, of: dict, snapshot: list[str]) -> str:
    """The fingerprint of one citation as somebody saw it in the original.

    ``citation`` and ``of`` (its claim or quote) are what a segment's ``rests_on`` has of them; ``snapshot`` is the
    digest and the extractor of the capture that was looked at.
    """
    return digest_of([SCHEME, citation, of, snapshot])


def text_fingerprint(text: str, rests_on: list[str]) -> str:
    """The fingerprint of a headline, standfirst or other text outside the body, with the keys it rests on."""
    return digest_of([SCHEME, normalise_wording(text), sorted(rests_on)])


def figure_fingerprint(caption: str, rests_on: Iterable[str], picture: str) -> str:
    """The fingerprint of a caption, with the keys it rests on and the digest of the picture it stands under."""
    return digest_of([SCHEME, normalise_wording(caption), sorted(rests_on), picture])


def picture_fingerprint(said: list[str]) -> str:
    """The fingerprint of a picture with what is said of it."""
    return digest_of([SCHEME, *said])
