"""Join and leave the embedded server: locks that the kernel releases however a process ends."""

import fcntl
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newsroom.embedded_database.server import Server, ServerError

CHECKOUT = Path(__file__).resolve().parents[2]
LEAVE_SECONDS = 30

_joined: dict[Path, int] = {}  # home -> the open file that holds this process's shared lock
_threads = threading.Lock()


def join(home: Path) -> None:
    """Make sure the server in ``home`` runs, and that it runs for as long as this process and its forks live.

    Raises ServerError where it cannot be started.
    """
    with _threads:
        if home in _joined:
            return
        _make_home(home)
        using = _open(home, "users")
        try:
            fcntl.flock(using, fcntl.LOCK_SH)  # Waits while somebody is stopping the server.
            with _starting(home):
                Server(home).ensure_running()
                _ensure_keeper(home)
        except BaseException:
            os.close(using)
            raise
        _joined[home] = using


def leave(home: Path) -> None:
    """Give up this process's use; if it was the last, return when the server has stopped."""
    with _threads:
        using = _joined.pop(home, None)
        if using is None:
            return
        os.close(using)
        again = _open(home, "users")
        deadline = time.monotonic() + LEAVE_SECONDS
        while time.monotonic() < deadline:
            if _locked(again, fcntl.LOCK_EX):
                Server(home).stop()
                break
            if _locked(again, fcntl.LOCK_SH):
                break  # Others use it.
            time.sleep(0.01)  # The keeper was quicker and is stopping the server.
        os.close(again)


def keep(home: Path, keeper_lock: int) -> None:
    """Wait until nobody uses the server, then stop it. The keeper process does this and nothing else."""
    using = _open(home, "users")
    fcntl.flock(using, fcntl.LOCK_EX)
    Server(home).stop()
    os.close(keeper_lock)  # Before the users' lock: whoever joins next must see that there is no keeper.
    os.close(using)


def _locked(file: int, how: int) -> bool:
    """Whether the lock was to be had without waiting."""
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _make_home(home: Path) -> None:
    home.mkdir(mode=0o711, parents=True, exist_ok=True)
    if home.stat().st_uid != os.getuid():
        raise ServerError(f"{home} belongs to another user; set DATABASE_URL or use a checkout of your own")


def _open(home: Path, name: str) -> int:
    return os.open(home / f"postgres.{name}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


@contextmanager
def _starting(home: Path) -> Iterator[None]:
    lock = _open(home, "starting")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _ensure_keeper(home: Path) -> None:
    """Start the keeper unless one lives: it inherits a lock, so there is never a second one nor a doubt."""
    lock = _open(home, "keeper")
    try:
        if _locked(lock, fcntl.LOCK_EX):
            subprocess.run(
                [sys.executable, "-m", "newsroom.embedded_database.keeper", str(home), str(lock)],
                cwd=CHECKOUT,
                pass_fds=[lock],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=True,
            )
    finally:
        os.close(lock)
