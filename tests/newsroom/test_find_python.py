"""The interpreter is found by trying, not by name."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / ".ci" / "find-python"


@pytest.fixture
def machine(tmp_path):
    """A machine with a home and two folders of programs; ``find`` runs the script on it."""
    for name in ("home", "first", "second"):
        (tmp_path / name).mkdir()

    def find(**variables):
        path = f"{tmp_path}/first:{tmp_path}/second:/usr/bin:/bin"
        return subprocess.run(
            ["/bin/sh", str(SCRIPT)],
            env={"PATH": path, "HOME": str(tmp_path / "home")} | variables,
            capture_output=True,
            text=True,
            timeout=60,
        )

    find.folder = tmp_path
    return find


def program(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def working(path):
    return program(path, f'exec "{sys.executable}" "$@"')


def dead(path):
    return program(path, f"echo '{path.name}: command not found' >&2; exit 127")


def too_old(path):
    return program(path, "exit 1")


def test_a_dead_shim_is_passed_over(machine):
    dead(machine.folder / "first" / "python3.13")
    good = working(machine.folder / "second" / "python3.13")
    found = machine()
    assert (found.returncode, found.stdout, found.stderr) == (0, f"{good}\n", "")


def test_the_version_managers_own_interpreters_are_found(machine):
    dead(machine.folder / "first" / "python3.13")
    working(machine.folder / "home/.pyenv/versions/3.13.9/bin/python")
    newest = working(machine.folder / "home/.pyenv/versions/3.13.10/bin/python")
    assert machine().stdout.strip() == str(newest)


def test_one_that_does_not_fit_is_passed_over(machine):
    too_old(machine.folder / "first" / "python3.13")
    good = working(machine.folder / "first" / "python3.12")
    assert machine().stdout.strip() == str(good)


def test_the_one_that_was_asked_for_goes_first(machine):
    working(machine.folder / "first" / "python3.13")
    asked = working(machine.folder / "my" / "python")
    assert machine(PYTHON=str(asked)).stdout.strip() == str(asked)


def test_a_folder_in_the_search_path_may_have_spaces(machine):
    good = working(machine.folder / "with space" / "python3.13")
    assert machine(PATH=f"{good.parent}:/usr/bin:/bin").stdout.strip() == str(good)


def test_none_is_one_clear_line(machine):
    for name in ("python3.13", "python3.12", "python3.14", "python3", "python"):
        dead(machine.folder / "first" / name)
    found = machine()
    if found.returncode == 0:
        assert not found.stdout.startswith(str(machine.folder))
        pytest.skip(f"this machine has one in a fixed place: {found.stdout.strip()}")
    assert found.stdout == ""
    [line] = found.stderr.splitlines()
    assert "install Python 3.13" in line
