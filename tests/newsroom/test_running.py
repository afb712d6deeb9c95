"""Processes that live and die together."""

import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from newsroom.core import running

ROOT = Path(__file__).resolve().parents[2]
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

POLITE = """
import pathlib, signal, sys, time
folder = pathlib.Path(sys.argv[1])
def end(*_):
    (folder / "ended").write_text("as told")
    sys.exit()
signal.signal(signal.SIGTERM, end)
(folder / "ready").write_text("")
while True:
    time.sleep(60)
"""
STUBBORN = POLITE.replace(
    "signal.signal(signal.SIGTERM, end)", "signal.signal(signal.SIGTERM, signal.SIG_IGN)"
)
PARENT = """
import sys, time
from newsroom.core.running import Processes
Processes().start("child", [sys.executable, "-c", sys.argv[1], sys.argv[2]])
time.sleep(60)
"""


@pytest.fixture
def folder(tmp_path):
    return tmp_path


def command(program, folder):
    return [sys.executable, "-c", program, str(folder)]


def wait_for(file, processes):
    while not file.exists():
        assert processes.wait(0.05) is None


def test_they_are_told_to_stop_and_may_finish(folder):
    with running.Processes() as processes:
        processes.start("polite", command(POLITE, folder))
        wait_for(folder / "ready", processes)
    assert (folder / "ended").read_text() == "as told"


def test_one_that_will_not_stop_is_killed(folder, monkeypatch):
    monkeypatch.setattr(running, "STOP_SECONDS", 0)
    with running.Processes() as processes:
        processes.start("stubborn", command(STUBBORN, folder))
        wait_for(folder / "ready", processes)
    # What another test left dead has no command line any more.
    alive = [child for child in psutil.Process().children() if child.status() != psutil.STATUS_ZOMBIE]
    assert not [child for child in alive if str(folder) in " ".join(child.cmdline())]


def test_one_that_ends_by_itself_is_named():
    with running.Processes() as processes:
        processes.start("short one", [sys.executable, "-c", ""])
        assert processes.wait(60) == "The short one ended by itself"


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_ends_the_waiting(number):
    before = signal.getsignal(number)
    with running.Processes() as processes:
        signal.raise_signal(number)
        assert processes.wait(60) is None
        assert processes.stopping
    assert signal.getsignal(number) is before


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_they_are_told_when_their_parent_is_killed(folder):
    parent = subprocess.Popen([sys.executable, "-c", PARENT, POLITE, str(folder)], cwd=ROOT)
    [child] = wait_for_child(parent, folder)
    parent.kill()
    parent.wait()
    psutil.wait_procs([child], timeout=60)
    assert (folder / "ended").read_text() == "as told"


def wait_for_child(parent, folder):
    while not (folder / "ready").exists():
        assert parent.poll() is None
    return psutil.Process(parent.pid).children()


def test_a_site_that_never_answers_is_not_ready():
    with running.Processes() as processes:
        processes.start("short one", [sys.executable, "-c", ""])
        assert not running.wait_until_ready("http://127.0.0.1:1/readyz", processes)
