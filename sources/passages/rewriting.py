"""Rewrite stretches of a text and keep count of where everything went."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

# Start and end in the old text (code points, end exclusive), and what stands there in the new one.
Change = tuple[int, int, str]


class Rewritten:
    """A text with some stretches replaced: ``text``, and the way from its code points to the old ones and back.

    A replaced stretch is one whole: a place inside it is taken for its start or its end. ``changes`` come in order
    and do not overlap. All four questions take log(number of changes).
    """

    __slots__ = ("_new_ends", "_new_starts", "_old_ends", "_old_starts", "text")

    def __init__(self, text: str, changes: Iterable[Change]):
        self._old_starts, self._old_ends = array("I"), array("I")
        self._new_starts, self._new_ends = array("I"), array("I")
        parts, done, length = [], 0, 0
        for start, end, new in changes:
            parts += text[done:start], new
            length += start - done
            self._old_starts.append(start)
            self._old_ends.append(end)
            self._new_starts.append(length)
            length += len(new)
            self._new_ends.append(length)
            done = end
        parts.append(text[done:])
        self.text = "".join(parts)

    @property
    def size(self) -> int:
        """The bytes it takes beside its text."""
        return 4 * self._old_starts.itemsize * len(self._old_starts)

    def old_start(self, new: int) -> int:
        """Where in the old text the character at ``new`` begins."""
        number = bisect_right(self._new_starts, new) - 1
        if number < 0:
            return new
        if new < self._new_ends[number]:
            return self._old_starts[number]
        return new - self._new_ends[number] + self._old_ends[number]

    def old_end(self, new: int) -> int:
        """Where in the old text the character before ``new`` ends."""
        number = bisect_left(self._new_starts, new) - 1
        if number < 0:
            return new
        if new <= self._new_ends[number]:
            return self._old_ends[number]
        return new - self._new_ends[number] + self._old_ends[number]

    def new_start(self, old: int) -> int:
        """The first place in the new text that is not before ``old``."""
        number = bisect_right(self._old_starts, old) - 1
        if number < 0:
            return old
        if old == self._old_starts[number]:
            return self._new_starts[number]
        if old < self._old_ends[number]:
            return self._new_ends[number]
        return old - self._old_ends[number] + self._new_ends[number]

    def new_end(self, old: int) -> int:
        """The last place in the new text that is not after ``old``."""
        number = bisect_left(self._old_starts, old) - 1
        if number < 0:
            return old
        if old < self._old_ends[number]:
            return self._new_starts[number]
        return old - self._old_ends[number] + self._new_ends[number]
