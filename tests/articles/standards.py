"""Hold what we send against the checks of ../shared/standards, where they are here."""

import os
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
