"""Hold what we send against the checks of ../shared/standards, where they are here."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

CHECKS = Path(__file__).resolve().parents[3] / "shared" / "standards" / "tools" / "validate.py"


def validate(kind: str, file: Path) -> list[str]:
    """What is wrong with ``file``, a line each; skips the test where the checks are missing, and never in CI."""
    if not CHECKS.exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(
            "the standards' checks are not here (../shared)"
        )
    done = subprocess.run([sys.executable, CHECKS, kind, file], capture_output=True, text=True, check=False)
    assert not done.stderr, done.stderr
    return [line for line in done.stdout.splitlines() if line.startswith(" ")]


def linked_data_problems(html: str, folder: Path) -> list[str]:
    """What is wrong with the JSON-LD of a page; it must have some. ``folder`` is a place for files."""
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    file = folder / "page.jsonld"
    file.write_text(data)
    return validate("jsonld", file)
