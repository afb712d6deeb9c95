"""`make demo` from an empty folder to a clean end, and its clear refusals."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import urllib.request
from pathlib import Path

import psutil
import pytest
from django.core.management.base import CommandError

from newsroom.core.management.commands.demo import free_port
from newsroom.embedded_database.place import OUTSIDE
from tests.outside import wait_until

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 180


@pytest.fixture
def data():
    # Not pytest's tmp_path: the database server's user could not get there when the tests run as root.
    folder = Path(tempfile.mkdtemp(prefix="newsroom-demo-", dir=OUTSIDE))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def demo(port, data, *arguments, **variables):
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "manage.py", "demo", *arguments],
        cwd=ROOT,
        env=kept | {"PORT": str(port), "NEWSROOM_DATA": str(data)} | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_for_the_address(process):
    impatience = threading.Timer(PATIENCE_SECONDS, process.kill)
    impatience.start()
    try:
        for line in process.stdout:
            if found := re.match(r"Reading\s+(\S+)", line):
                return found[1]
    finally:
        impatience.cancel()
    return pytest.fail(process.stderr.read())


def belonging_to(data):
    """Processes of this demo that still run: web server, worker, keeper, database."""
    found = []
    for process in psutil.process_iter(["cmdline", "environ", "status"]):
        told = " ".join(process.info["cmdline"] or ()) + (process.info["environ"] or {}).get(
            "NEWSROOM_DATA", ""
        )
        if str(data) in told and process.info["status"] != psutil.STATUS_ZOMBIE:
            found.append(process.info["cmdline"])
    return found


def test_it_serves_until_it_is_told_to_stop_and_leaves_nothing_running(data, port):
    # From an empty folder, and again with what the first time left.
    for end in (signal.SIGINT, signal.SIGTERM):
        process = demo(port, data)
        address = wait_for_the_address(process)
        assert address == f"http://127.0.0.1:{port}/"
        with urllib.request.urlopen(address + "readyz") as answer:
            assert json.load(answer)["status"] == "ready"
        with urllib.request.urlopen(address + "admin/login/") as answer:
            assert "/static/" in answer.read().decode()
        assert len(belonging_to(data)) > 3
        process.send_signal(end)
        _, complained = process.communicate(timeout=PATIENCE_SECONDS)
        assert process.returncode == 0
        # The worker may have been told to stop before it began.
        assert complained in ("", "Launching a worker on all queues\n")
        wait_until(lambda: not belonging_to(data))


def refused(process):
    _, complained = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 1
    [line] = complained.splitlines()
    return line


def test_a_taken_port_is_one_line_before_anything_is_started(data, port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        line = refused(demo(port, data))
    assert f"Port {port}" in line
    assert f"make demo PORT={port + 1}" in line
    assert not (data / "postgres").exists()


def test_a_port_that_is_none_is_one_line(data):
    assert "PORT must be a number" in refused(demo("http", data))


@pytest.mark.parametrize("port", ["0", "65536", "8000.5", "-1", "", "٨٠"])
def test_a_port_is_a_number_that_ports_have(port):
    with pytest.raises(CommandError, match="PORT must be a number"):
        free_port(port)


def test_a_database_that_does_not_answer_is_one_line(data, port):
    line = refused(demo(port, data, DATABASE_URL="postgres://editor:hidden-word@127.0.0.1:1/x"))
    assert "the database does not answer" in line
    assert "hidden-word" not in line


def test_the_demo_is_not_for_production(data, port):
    line = refused(
        demo(
            port,
            data,
            "--reset",
            NEWSROOM_ENV="production",
            SECRET_KEY="a-b3_d9fKq2LmZx71PvTt0YwRnUe5HsJcGoBi6Nl4QdXyWzAk8MC",
            ALLOWED_HOSTS="newsroom.example",
            DATABASE_URL="postgres://editor@127.0.0.1:1/x",
            NEWSROOM_IDENTITY_KEYS="q3N0-Vw8bJ4x_Zt1KcYhR5uPmE7oDgLs2fAiWv9XyQk=",
        )
    )
    assert "not for production" in line
