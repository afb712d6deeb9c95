"""A long text in numbered parts of bounded length."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """Part ``number`` of ``count``, counted from 1: the code points from ``start`` to ``end`` (exclusive)."""

    number: int
    count: int
    start: int
    end: int

    @property
    def before(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        return self.number + 1 if self.number < self.count else None


def part_of(text: str, asked: str | None, *, length: int) -> Part | None:
    """The part of ``text`` with the number ``asked`` (None: the first), or None if there is no such part."""
    count = max(1, -(-len(text) // length))
    if asked is None:
        number = 1
    elif asked.isascii() and asked.isdigit() and len(asked) < 7:
        number = int(asked)
    else:
        return None
    if not 1 <= number <= count:
        return None
    return Part(number, count, (number - 1) * length, min(number * length, len(text)))
