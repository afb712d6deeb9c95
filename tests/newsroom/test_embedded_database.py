"""The embedded server starts when needed and stops with its last user, however that one ends."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
import psycopg
import pytest

from newsroom.embedded_database import place

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 60

USER = """
import sys
from pathlib import Path
from newsroom.embedded_database.lease import join, leave
home = Path(sys.argv[1])
join(home)
print("joined", flush=True)
sys.stdin.read()
leave(home)
"""
FORKING_USER = """
import os, sys
from pathlib import Path
from newsroom.embedded_database.lease import join
join(Path(sys.argv[1]))
if os.fork():
    os._exit(0)
print(os.getpid(), flush=True)
sys.stdin.read()
"""
LOCK = "import fcntl, sys; fcntl.flock(open(sys.argv[1]), fcntl.LOCK_EX)"


@pytest.fixture(scope="module")
def created_home():
    # Not pytest's tmp_path: the server's user could not get there when the tests run as root.
    home = Path(tempfile.mkdtemp(prefix="newsroom-test-", dir=place.OUTSIDE))
    home.chmod(0o711)
    yield home
    shutil.rmtree(home)


@pytest.fixture
def home(created_home):
    yield created_home
    wait_until_stopped(created_home)


class User:
    """A process that uses the server until it leaves or is killed."""

    def __init__(self, home, program=USER):
        self.process = subprocess.Popen(
            [sys.executable, "-c", program, str(home)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def joined(self):
        self.said = self.process.stdout.readline().strip()
        assert self.said
        return self

    def leave(self):
        self.process.communicate(timeout=PATIENCE_SECONDS)
        assert self.process.returncode == 0

    def kill(self):
        self.process.kill()
        self.process.communicate(timeout=PATIENCE_SECONDS)


def kill_the_keeper(home):
    [keeper] = [
        process
        for process in psutil.process_iter(["cmdline"])
        if {"newsroom.embedded_database.keeper", str(home)} <= set(process.info["cmdline"] or ())
    ]
    keeper.kill()
    wait_for_the_keeper(home)


def server_pid(home):
    """The server's process id, None when it does not run; it removes the file as the last thing it does."""
    try:
        return int((home / "postgres" / "postmaster.pid").read_text().splitlines()[0])
    except FileNotFoundError:
        return None


def wait_for_the_keeper(home):
    """The keeper holds this lock for as long as it lives."""
    lock = home / "postgres.keeper.lock"
    subprocess.run([sys.executable, "-c", LOCK, str(lock)], timeout=PATIENCE_SECONDS, check=True)


def wait_until_stopped(home):
    wait_for_the_keeper(home)
    assert server_pid(home) is None


def ask(home, question, *values):
    with psycopg.connect(host=str(home / "postgres"), user="newsroom", dbname="newsroom") as connection:
        return connection.execute(question, values).fetchone()[0]


def test_it_runs_until_the_last_of_its_users_has_left(home):
    first, second = User(home).joined(), User(home).joined()
    running = server_pid(home)
    first.leave()
    assert server_pid(home) == running
    second.leave()
    assert server_pid(home) is None


def test_users_that_start_at_once_share_one_server(home):
    users = [User(home) for _ in range(3)]
    for user in users:
        user.joined()
    assert ask(home, "SELECT 1") == 1
    for user in users:
        user.leave()
    assert server_pid(home) is None


def test_it_stops_when_its_only_user_is_killed(home):
    User(home).joined().kill()
    wait_until_stopped(home)


def test_a_killed_user_neither_stops_it_for_the_others_nor_keeps_it_running(home):
    killed, other = User(home).joined(), User(home).joined()
    running = server_pid(home)
    killed.kill()
    assert server_pid(home) == running
    assert ask(home, "SELECT 1") == 1
    other.leave()
    assert server_pid(home) is None


def test_a_fork_of_a_user_is_a_user(home):
    fork = User(home, FORKING_USER).joined()
    fork.process.wait(PATIENCE_SECONDS)
    assert ask(home, "SELECT 1") == 1
    os.kill(int(fork.said), signal.SIGKILL)
    fork.process.communicate()
    wait_until_stopped(home)


def test_without_its_keeper_it_is_stopped_by_the_last_user(home):
    user = User(home).joined()
    kill_the_keeper(home)
    user.leave()
    assert server_pid(home) is None


def test_a_later_user_brings_a_new_keeper(home):
    first = User(home).joined()
    kill_the_keeper(home)
    second = User(home).joined()
    first.kill()
    second.kill()
    wait_until_stopped(home)


def test_it_comes_back_after_the_server_was_killed(home):
    user = User(home).joined()
    os.kill(server_pid(home), signal.SIGKILL)
    user.kill()
    wait_for_the_keeper(home)
    again = User(home).joined()
    assert ask(home, "SELECT 1") == 1
    again.leave()


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param("{pid}\n{data}\n", id="its number belongs to another program now"),
        pytest.param("{server}\n/somewhere/else/postgres\n", id="it was copied with the folder"),
        pytest.param("", id="it is empty"),
    ],
)
def test_a_stale_pid_file_is_no_obstacle(home, lines):
    User(home).joined().leave()
    stale = lines.format(pid=os.getpid(), data=home / "postgres", server=os.getppid())
    (home / "postgres" / "postmaster.pid").write_text(stale)
    again = User(home).joined()
    assert ask(home, "SELECT 1") == 1
    again.leave()


def test_it_knows_upper_and_lower_case_of_polish(home):
    user = User(home).joined()
    assert ask(home, "SELECT lower(%s)", "ŁÓDŹ") == "łódź"
    assert ask(home, "SELECT upper(%s)", "zażółć") == "ZAŻÓŁĆ"
    assert ask(home, "SELECT to_tsvector('simple', %s)::text", "„Łódź”") == "'łódź':1"
    user.leave()


def test_the_callers_postgresql_variables_are_not_for_it(home, monkeypatch):
    monkeypatch.setenv("PGSERVICE", "nowhere")
    monkeypatch.setenv("PGDATA", "/nowhere")
    user = User(home).joined()
    monkeypatch.undo()
    assert ask(home, "SELECT 1") == 1
    user.leave()


def test_the_data_is_kept_in_the_checkout(tmp_path, monkeypatch):
    monkeypatch.setattr(place.os, "getuid", lambda: 1000)
    assert place.home_of(Path("/srv/newsroom")) == Path("/srv/newsroom/.data")


@pytest.mark.parametrize("checkout", ["/srv/" + "deep/" * 20, "/srv/a$(b)", '/srv/a"b', "/srv/ż" * 15])
def test_a_checkout_where_the_socket_cannot_be_gets_a_folder_outside(checkout, monkeypatch):
    monkeypatch.setattr(place.os, "getuid", lambda: 1000)
    home = place.home_of(Path(checkout))
    assert home.parent == Path(place.OUTSIDE)
    assert home != place.home_of(Path(checkout + "2"))


def test_root_keeps_the_data_where_the_servers_user_can_get(tmp_path, monkeypatch):
    monkeypatch.setattr(place.os, "getuid", lambda: 0)
    tmp_path.chmod(0o700)
    assert place.home_of(tmp_path / "newsroom").parent == Path(place.OUTSIDE)
