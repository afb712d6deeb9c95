"""What was made from finished bytes, kept in the process by the digest of these bytes and by nothing else (design,
rule 7): it may be old, and it is never wrong."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock


class KeptByDigest[Made: (bytes, str)]:
    """Holds at most ``most_bytes``; what was not asked for longest goes first."""

    def __init__(self, *, most_bytes: int):
        self._most = most_bytes
        self._held = 0
        self._kept: OrderedDict[Hashable, Made] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What ``make`` gives, or gave the last time it was asked for ``key``, which holds the digest of all that it
        is made from. Two threads may make the same at once: the same bytes come of it."""
        with self._lock:
            if (kept := self._kept.get(key)) is not None:
                self._kept.move_to_end(key)
                return kept
        made = make()
        with self._lock:
            if key not in self._kept:
                self._kept[key] = made
                self._held += len(made)
            while self._held > self._most:
                self._held -= len(self._kept.popitem(last=False)[1])
        return made
