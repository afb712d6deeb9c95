"""The text of a captured file, read in a process of its own: what parses hostile files may crash, not the newsroom."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from newsroom.core.errors import DomainError
from sources.capture.media import HTML

_ROOT = Path(__file__).resolve().parents[2]
# Isolated mode: neither the environment nor the working folder decides what is imported.
_PROGRAM = (
    "import sys; sys.path.insert(0, sys.argv[1]); from sources.capture.reading.isolated import main; main()"
)

# What reading one file may take. A page of 10 MB in ordinary paragraphs takes half of each.
LIMITS = {
    "RLIMIT_CPU": 20,  # seconds
    "RLIMIT_AS": 1024 * 1024 * 1024,  # bytes
    "RLIMIT_FSIZE": 16 * 1024 * 1024,  # bytes: two million characters and what is said about them
    "RLIMIT_NOFILE": 64,
    "RLIMIT_CORE": 0,
}
WALL_SECONDS = 90


@dataclass(frozen=True)
class Extracted:
    """What was read of a file.

    ``text`` is NFC with single spaces and one newline between blocks, at most 2,000,000 characters; positions count
    its code points. ``pages`` are the offsets at which the pages of a paged document begin, else empty. ``found`` has
    ``title``, ``publisher``, ``authors`` ("Ada Roe; Jan Sobel"), ``published`` (ISO 8601, a date or a moment, with the
    offset where one was given) and ``language`` ("pl"), each "" where the file says nothing; ``truncated`` is True in
    it where the text was longer. ``extractor`` names package, version and our own scheme: "trafilatura 2.3.1/1".
    """

    text: str
    pages: list[int]
    found: dict
    extractor: str


def extract(data: bytes, media_type: str, *, url: str = "", charset: str = "") -> Extracted:
    """The text of ``data``, which is of ``media_type`` as :func:`sources.capture.media.media_type_of` tells it.

    ``url`` is where it came from, ``charset`` what the server declared. Raises DomainError ``extraction_failed`` for a
    file that is malformed or locked, or takes more time or memory than one may.
    """
    asked = {"media_type": media_type, "url": url, "charset": charset, "plainly": False, "limits": LIMITS}
    answer = _read(data, asked)
    if answer is None and media_type == HTML:
        # Finding the article is what takes time and memory; its words can be had without.
        answer = _read(data, asked | {"plainly": True})
    if answer is None:
        raise DomainError(
            "extraction_failed",
            "No text could be read from this file: it is damaged, locked by a password or too large to read.",
        )
    return Extracted(**answer)


def _read(data: bytes, asked: dict) -> dict | None:
    """What the other process answers; None if it fails, whatever the reason."""
    with TemporaryFile() as question, TemporaryFile() as answer:
        question.write(json.dumps(asked).encode() + b"\n")
        question.write(data)
        question.seek(0)
        try:
            subprocess.run(
                [sys.executable, "-I", "-c", _PROGRAM, str(_ROOT)],
                stdin=question,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                # None of ours: the environment holds secrets, and a file must not reach them.
                env={"PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"},
                cwd="/",
                timeout=WALL_SECONDS,
                check=True,
            )
        except subprocess.SubprocessError:
            return None
        answer.seek(0)
        return json.loads(answer.read())
