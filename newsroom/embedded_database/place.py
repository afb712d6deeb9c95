"""Where a checkout's embedded server keeps its data."""

import hashlib
import os
import re
import stat
from pathlib import Path

# Longest path of a Unix socket the platforms agree on is 103 bytes; this is kept for the folder alone.
LONGEST_FOLDER = 103 - len("/.s.PGSQL.5432")

OUTSIDE = "/var/tmp"  # noqa: S108 (a folder of the user's own in it, whose owner is checked before use)

# pg_ctl hands paths to a shell between double quotes.
HARMLESS_PATH = re.compile(r"[\w./+@,=: -]+")


def home_of(checkout: Path) -> Path:
    """The folder for data, socket and locks of the server of ``checkout``; nothing is created.

    ``.data`` in the checkout where that serves. It does not where the socket's path would be too long, where
    a shell would misread it, or where the server's user could not get to it (root's home: the server refuses
    to run as root). Then it is a folder under /var/tmp, named for the checkout.
    """
    inside = checkout / ".data"
    if _serves(inside / "postgres"):
        return inside
    name = hashlib.sha256(str(checkout).encode()).hexdigest()[:12]
    return Path(OUTSIDE) / f"newsroom-{os.getuid()}-{name}"


def _serves(folder: Path) -> bool:
    path = str(folder)
    if len(path.encode()) > LONGEST_FOLDER or not HARMLESS_PATH.fullmatch(path):
        return False
    return os.getuid() != 0 or open_to_others(folder)


def open_to_others(path: Path) -> bool:
    """Whether every existing folder above ``path`` lets any user pass."""
    return all(not folder.exists() or folder.stat().st_mode & stat.S_IXOTH for folder in path.parents)
