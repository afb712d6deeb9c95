"""Run the site's processes side by side and stop them together."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request

from django.conf import settings

STOP_SECONDS = 15
READY_SECONDS = 120  # For a machine that has much else to do.
PR_SET_PDEATHSIG = 1  # Linux: which signal a process gets when its parent dies.


def granian(host: str, port: int, *, workers: int = 2) -> list[str]:
    """The command of the web server. Two threads a worker stay within its pool of connections."""
    return [
        sys.executable, "-m", "granian", "newsroom.wsgi:application", "--interface", "wsgi",
        "--host", host, "--port", str(port), "--workers", str(workers), "--blocking-threads", "2",
        "--backpressure", "64", "--no-ws", "--respawn-failed-workers", "--workers-kill-timeout", "10",
        "--log-level", "warning", "--no-access-log",
    ]  # fmt: skip


def worker() -> list[str]:
    """The command of the queue's worker; a job under way gets ten seconds when it is told to stop."""
    return [
        sys.executable, "manage.py", "procrastinate", "worker", "--shutdown-graceful-timeout", "10",
    ]  # fmt: skip


class Processes:
    """Processes that live and die together, also when this one is killed."""

    def __init__(self):
        self._running: dict[str, subprocess.Popen] = {}
        self._told_to_stop = threading.Event()
        self._handlers = {}

    def __enter__(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            self._handlers[number] = signal.signal(number, lambda *_: self._told_to_stop.set())
        return self

    def __exit__(self, *_):
        for process in self._running.values():
            process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in self._running.values():
            try:
                process.wait(max(0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)

    def start(self, name: str, command: list[str]) -> None:
        """Start ``command`` in a group of its own: Ctrl-C is for this process, which tells the others."""
        self._running[name] = subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_die_with_parent,  # Safe: no other thread runs yet.
        )

    def wait(self, seconds: float | None = None) -> str | None:
        """None once told to stop or after ``seconds``, else which process ended by itself, as a clause."""
        deadline = None if seconds is None else time.monotonic() + seconds
        while not self._told_to_stop.wait(0.1 if seconds is None else min(0.1, seconds)):
            for name, process in self._running.items():
                if process.poll() is not None:
                    return f"The {name} ended by itself"
            if deadline is not None and time.monotonic() > deadline:
                break
        return None

    @property
    def stopping(self) -> bool:
        return self._told_to_stop.is_set()


def wait_until_ready(url: str, processes: Processes) -> bool:
    """Whether ``url`` answers 200 within READY_SECONDS, before a process ends or a signal to stop comes."""
    asking = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # This machine needs no proxy.
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and not processes.stopping:
        try:
            with asking.open(url, timeout=5):
                return True
        except OSError:  # Refused so far, or an answer that says "not yet".
            if processes.wait(0.1):
                break
    return False


def _die_with_parent():
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
