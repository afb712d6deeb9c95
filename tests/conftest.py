"""What every test stands on."""

import fcntl
import os
import shutil

import hypothesis
import pytest
from django.conf import settings
from django.core.management.commands import flush
from django.db import connection, transaction
from django.db.backends.postgresql.operations import DatabaseOperations

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
IN_CI = os.environ.get("CI", "").lower() not in {"", "0", "false"}

# The browser's driver runs an event loop in the test's thread; Django would take that for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


# No example is too slow on a busy machine; otherwise as hypothesis would have it, in CI or elsewhere.
hypothesis.settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("unhurried")

# The queue's tables are not Django's, which would leave the jobs of one transactional test to the worker of the next.
_QUEUE = [
    "procrastinate_periodic_defers",
    "procrastinate_events",
    "procrastinate_jobs",
    "procrastinate_workers",
]

# What the migrations made stays as it is on a real site: roles, permissions and the names of models.
_KEPT = {"django_content_type", "auth_permission", "auth_group", "auth_group_permissions"}


@pytest.fixture(scope="session")
def django_db_setup(request, worker_id, django_db_keepdb, django_test_environment, tmp_path_factory):
    """The database of the tests; of several workers the first to come makes it, and every one gets a copy.

    The migrations keep one core busy for a quarter of a minute, a copy takes a tenth of a second.
    """
    unblocked = request.getfixturevalue("django_db_blocker").unblock
    if worker_id == "master" or django_db_keepdb:
        request.getfixturevalue("django_db_setup")
        yield
        if not django_db_keepdb:
            with unblocked():
                _send_others_away()
        return
    real = connection.settings_dict["NAME"]
    # A name of its own: the one it would have is of databases that are kept (--reuse-db).
    model = connection.settings_dict["TEST"]["NAME"] = f"test_{real}_copied"
    with unblocked(), (tmp_path_factory.getbasetemp().parent / "databases").open("a+") as made:
        fcntl.flock(made, fcntl.LOCK_EX)
        if not made.seek(0, os.SEEK_END):
            connection.creation.create_test_db(verbosity=0, autoclobber=True)
            for number in range(int(os.environ["PYTEST_XDIST_WORKER_COUNT"])):
                connection.creation.clone_test_db(f"gw{number}", verbosity=0)
            connection.creation.destroy_test_db(real, verbosity=0)
            made.write("one for every worker")
            made.flush()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = f"{model}_{worker_id}"
    yield
    with unblocked():
        _send_others_away()
        connection.creation.destroy_test_db(real, verbosity=0)


def _send_others_away() -> None:
    """Nobody drops a database to which another is connected: a test that drives a browser runs in an event loop, where
    Django gives it a connection of its own, which stays."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker):
    """Make for all tests of a module what each begins with: ``kept(make)`` returns what ``make()`` does.

    What it leaves in the database stands until the module's end; what a test changes is undone after the test. So each
    test takes a copy (``deepcopy``) of what was returned. Not for modules with a transactional test.
    """
    whole = transaction.atomic()
    with django_db_blocker.unblock():
        whole.__enter__()

    def made(make):
        with django_db_blocker.unblock():
            return make()

    with pytest.MonkeyPatch.context() as patch:
        # Every test ends with a connection closed, and the transaction with it.
        patch.setattr(connection, "close", lambda: None)
        yield made
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


@pytest.fixture(autouse=True, scope="session")
def _flush_deletes():
    """Let Django empty the tables after a transactional test by deleting rows.

    TRUNCATE makes every file of every table anew and waits for whoever still reads one: a hundred times slower here,
    and a deadlock with the last request of a page. Append-only tables refuse a DELETE by trigger; in the replica role
    the flush's own transaction passes triggers and foreign keys by. Tests of the triggers run in an ordinary session,
    where they fire.
    """

    def emptied(self, style, tables, **how):
        left = sorted({*tables, *_QUEUE} - _KEPT)
        deleted = [f"DELETE FROM {self.quote_name(table)};" for table in left]  # noqa: S608
        return tables and ["SET LOCAL session_replication_role = replica;", *deleted]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", emptied)
        patch.setattr(flush, "emit_post_migrate_signal", lambda *args, **how: None)
        yield


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Whatever opens a page is a browser test, also where the mark was forgotten; they come last.

    The browser's driver leaves an event loop running, under which no other test can start one of its own.
    """
    for item in items:
        if {"page", "context", "browser"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("browser")
    items.sort(key=_turn)


def _turn(item) -> int:
    """Browser tests last, and of them first what takes long: no worker is alone with it at the end."""
    browser = item.get_closest_marker("browser")
    return 0 if not browser else 2 - bool(browser.kwargs.get("long"))


def pytest_runtest_setup(item):
    absent_without_leave(item, "browser", CHROMIUM, "chromium is not installed")


def absent_without_leave(item, mark: str, present, message: str) -> None:
    """Skip a test whose means are absent; in CI that is a failure, for there everything is to be had."""
    if present or not item.get_closest_marker(mark):
        return
    if IN_CI:
        pytest.fail(f"{message}, but CI must have it", pytrace=False)
    pytest.skip(message)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The system's chromium, which asks nobody outside; its sandbox does not work for root."""
    return browser_type_launch_args | {
        "executable_path": CHROMIUM,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }
