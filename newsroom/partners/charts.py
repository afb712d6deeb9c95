"""Bars for a row of figures, drawn by the server: a page shows them as SVG, without any script."""

from dataclasses import dataclass

HEIGHT, WIDTH, GAP = 100, 10, 2


@dataclass(frozen=True)
class Bar:
    """One bar: where it stands, how high it is, of 100, and what it says."""

    x: int
    y: float
    height: float
    label: object
    value: int


@dataclass(frozen=True)
class Chart:
    bars: tuple[Bar, ...]
    width: int
    highest: int


def bars(figures: list[tuple[object, int]]) -> Chart:
    """The chart of ``figures`` (what each is of, and how much), the highest over all of the height."""
    highest = max((value for _, value in figures), default=0)
    drawn = []
    for number, (label, value) in enumerate(figures):
        # What is there is seen, however little it is beside the highest.
        height = max(1.0, round(HEIGHT * value / highest, 1)) if value else 0.0
        drawn.append(Bar(number * (WIDTH + GAP), round(HEIGHT - height, 1), height, label, value))
    return Chart(tuple(drawn), max(1, len(drawn) * (WIDTH + GAP) - GAP), highest)
