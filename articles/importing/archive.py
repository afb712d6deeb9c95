"""Import a folder of old stories: several processes, resumable after a kill, one bad file not stopping the rest.

What is done is known from the imports in the database (folder and file name, unique), written in the same
transaction as the story: a run that was killed is started again and does only what is missing.
"""

import multiprocessing
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from itertools import batched, islice
from pathlib import Path

import django
from django.db import close_old_connections, connection, connections, transaction

from articles.importing.reading import MAX_BYTES
from articles.importing.storing import import_text
from articles.models import Import
from articles.publishing import release_as_archive
from newsroom.accounts.models import User
from newsroom.core.errors import DomainError

ENDINGS = frozenset({".txt", ".md"})
BATCH = 25
_DATED = re.compile(r"(\d{4})-(\d{2})-(\d{2})[-_ .]?(.*)", re.DOTALL)


@dataclass(frozen=True)
class Order:
    """What every process needs to know. ``by`` is a username, ``archive`` the folder, ``now`` aware."""

    folder: Path
    archive: str
    by: str
    now: datetime
    language: str
    release: bool


@dataclass(frozen=True)
class Outcome:
    """What became of one file: ``imported``, ``skipped`` (it was in already) or ``failed`` with code and message.

    ``code`` is also set where it is imported but not as asked: ``no_original_date`` (kept as a draft),
    ``changed_since_import`` (the file is not what was imported; nothing was done).
    """

    file: str
    status: str
    article: str = ""
    code: str = ""
    message: str = ""
    findings: int = 0


def story_files(folder: Path) -> list[Path]:
    """The stories under ``folder``, sorted by name. Raises DomainError ``no_folder``, ``no_stories``."""
    try:
        files = sorted(
            path for path in folder.rglob("*") if path.suffix.lower() in ENDINGS and path.is_file()
        )
    except OSError as error:
        raise DomainError("no_folder", f"The folder cannot be read: {error.strerror}.", str(folder)) from None
    if not folder.is_dir():
        raise DomainError("no_folder", "There is no such folder.", str(folder))
    if not files:
        raise DomainError("no_stories", f"No file ends in {' or '.join(sorted(ENDINGS))}.", str(folder))
    return files


def import_folder(order: Order, files: Iterable[Path], *, processes: int) -> Iterator[list[Outcome]]:
    """Import ``files`` in ``processes`` processes; yields the outcomes of a batch as it is done."""
    batches = iter(batched(files, BATCH, strict=False))
    if processes == 1:
        for batch in batches:
            yield _import_batch(order, batch)
        return
    # A fresh interpreter each: a forked one would share the parent's database connection.
    with ProcessPoolExecutor(
        processes, multiprocessing.get_context("spawn"), initializer=django.setup
    ) as pool:
        running = {pool.submit(_import_batch, order, batch) for batch in islice(batches, processes * 2)}
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()
                running |= {pool.submit(_import_batch, order, batch) for batch in islice(batches, 1)}


def _import_batch(order: Order, files: Iterable[Path]) -> list[Outcome]:
    close_old_connections()
    by = User.objects.get(username=order.by)
    by.acting_through = "shell"
    names = {str(path.relative_to(order.folder)): path for path in files}
    known = dict(Import.objects.filter(archive=order.archive, name__in=names).values_list("name", "sha256"))
    with connection.cursor() as cursor:
        # A commit need not wait for the disk: what a crash of the server loses, it loses whole, and the next run
        # brings it again.
        cursor.execute("SET synchronous_commit = off")
    outcomes = [_import_file(order, by, name, path, known.get(name)) for name, path in names.items()]
    if multiprocessing.parent_process():
        connections.close_all()
    else:
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit = on")
    return outcomes


def _import_file(order: Order, by, name: str, path: Path, known: str | None) -> Outcome:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        digest = sha256(data).hexdigest()
        if known == digest:
            return Outcome(name, "skipped")
        if known:
            raise DomainError("changed_since_import", "The file has changed since it was imported.")
        with transaction.atomic():
            return _store(order, by, name, path, data)
    except DomainError as error:
        return Outcome(name, "failed", code=error.code, message=error.message)
    except OSError as error:
        return Outcome(name, "failed", code="unreadable", message=str(error.strerror))


def _store(order: Order, by, name: str, path: Path, data: bytes) -> Outcome:
    published_on, title = original_date(path.stem)
    article, proposal = import_text(
        data,
        language=order.language,
        headline=title,
        by=by,
        now=order.now,
        archive=order.archive,
        name=name,
    )
    code = ""
    if order.release and published_on:
        release_as_archive(article, published_on=published_on, by=by, now=order.now)
    elif order.release:
        code = "no_original_date"
    return Outcome(name, "imported", article.slug, code=code, findings=len(proposal.findings))


def original_date(stem: str) -> tuple[date | None, str]:
    """The date a file's name begins with (``2019-05-03-fishing-treaty``) and a headline from the rest of it."""
    published_on, rest = None, stem
    if match := _DATED.fullmatch(stem):
        with suppress(ValueError):  # Digits that are no date belong to the name.
            published_on, rest = date(*map(int, match.groups()[:3])), match[4]
    words = re.sub(r"[-_\s]+", " ", rest).strip()
    return published_on, (words[:1].upper() + words[1:])[:200]
