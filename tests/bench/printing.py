"""One line a figure, the same for every subject."""

import sys


def line(what: str, figure: float, remark: str = "") -> None:
    """Print ``figure`` of ``what``, and what it is held against."""
    digits = 2 if figure < 10 else 1
    sys.stdout.write(f"{what:52} {figure:10.{digits}f}   {remark}".rstrip() + "\n")
    sys.stdout.flush()
