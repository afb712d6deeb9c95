"""Hold what we send against the checks of ../shared/standards, where they are here."""

import os
import re
import warnings
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

CHECKS = Path(__file__).resolve().parents[3] / "shared" / "standards" / "tools" / "validate.py"


@cache
def _checks() -> dict:
    """The checks by kind. Read once: a process for each file would cost a second each."""
    found = spec_from_file_location("standards_checks", CHECKS)
    checks = module_from_spec(found)
    found.loader.exec_module(checks)
    return checks.KINDS


def validate(kind: str, file: Path) -> list[str]:
    """What is wrong with ``file``, a line each; skips the test where the checks are missing, and never in CI."""
    if not CHECKS.exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(
            "the standards' checks are not here (../shared)"
        )
    with warnings.catch_warnings():
        # They are not ours, and what they use warns.
        warnings.simplefilter("ignore")
        return _checks()[kind](file)


def linked_data_problems(html: str, folder: Path) -> list[str]:
    """What is wrong with the JSON-LD of a page; it must have some. ``folder`` is a place for files."""
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    file = folder / "page.jsonld"
    file.write_text(data)
    return validate("jsonld", file)
