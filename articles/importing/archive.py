"""Import a folder of old stories: several processes, resumable after a kill, one bad file not stopping the rest.

What is done is known from the imports in the database (folder and file name as ``stored_name`` has them, unique),
written in the same transaction as the story: a run that was killed is started again and does only what is missing.
"""

import logging
import multiprocessing
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from itertools import batched, islice
from pathlib import Path

import django
from django.db import IntegrityError, connection, connections, transaction

from articles.importing.proposal import Proposal
from articles.importing.reading import MAX_BYTES
from articles.importing.storing import LONGEST_HEADLINE, import_text, read_story, store_each, stored_name
from articles.models import Article, Import
from articles.publishing import release_as_archive
from newsroom.accounts.models import User
from newsroom.core.errors import DomainError

ENDINGS = frozenset({".txt", ".md"})
BATCH = 25
# In bytes: what is longer is imported by itself, so that a batch takes little memory.
LONGEST_TOGETHER = 200_000
# Refusals of a release that leave the story a draft; what else is refused fails the file.
KEPT_AS_DRAFT = frozenset({"date_not_past", "not_ready"})

_DATED = re.compile(r"(\d{4})-(\d{2})-(\d{2})[-_ .]?(.*)", re.DOTALL)
_NO_WORDS = re.compile(r"[-_\s\x00-\x1f\x7f]+")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Order:
    """What every process needs to know. ``by`` is a username, ``archive`` the folder's stored name, ``now`` aware."""

    folder: Path
    archive: str
    by: str
    now: datetime
    language: str
    release: bool


@dataclass(frozen=True)
class Outcome:
    """What became of one file: ``imported``, ``skipped`` (it was in already) or ``failed`` with code and message.

    ``file`` is its stored name. ``code`` is also set where it is imported but, other than asked, kept as a draft:
    ``no_original_date``, ``no_headline``, ``date_not_past``, ``not_ready``. A failure that is our own has the code
    ``internal``, the class of the exception as message, and a line in the log.
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
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name.
        why = getattr(error, "strerror", error)
        raise DomainError("no_folder", "The folder cannot be read: %(why)s.", str(folder), why=why) from None
    if not folder.is_dir():
        raise DomainError("no_folder", "There is no such folder.", str(folder))
    if not files:
        raise DomainError(
            "no_stories", "No file ends in %(endings)s.", str(folder), endings=" or ".join(sorted(ENDINGS))
        )
    return files


def import_folder(order: Order, files: Iterable[Path], *, processes: int) -> Iterator[list[Outcome]]:
    """Import ``files`` in ``processes`` processes; yields the outcomes of a batch as it is done.

    Raises DomainError ``process_died`` if one of them is killed.
    """
    batches = iter(batched(files, BATCH, strict=False))
    if processes == 1:
        for batch in batches:
            yield _import_batch(order, batch)
        return
    try:
        yield from _import_in_processes(order, batches, processes)
    except BrokenProcessPool:
        message = "A process was killed, perhaps for want of memory. Run it again: what is in stays."
        raise DomainError("process_died", message) from None


def _import_in_processes(order: Order, batches: Iterator, processes: int) -> Iterator[list[Outcome]]:
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
    by = User.objects.get(username=order.by)
    by.acting_through = "shell"
    names = {stored_name(path.relative_to(order.folder)): path for path in files}
    known = dict(Import.objects.filter(archive=order.archive, name__in=names).values_list("name", "sha256"))
    try:
        if not order.release:
            # A commit need not wait for the disk: what a crash of the server loses, it loses whole, and the next
            # run brings it again. Not so where readers and partners are told.
            _say("SET synchronous_commit = off")
        together = (
            {}
            if order.release
            else _import_together(order, by, {n: names[n] for n in names if n not in known})
        )
        return [
            together.get(name) or _import_file(order, by, name, path, known.get(name))
            for name, path in names.items()
        ]
    finally:
        if multiprocessing.parent_process():
            connections.close_all()
        elif not order.release:
            _say("RESET synchronous_commit")


def _import_together(order: Order, by, files: dict[str, Path]) -> dict[str, Outcome]:
    """Import in one transaction what can be of ``files``, by their stored names: an import mostly waits for the
    server, and many together ask it no more often than one.

    What is missing in the answer was not imported: whatever the reason is, the file it belongs to will tell it when
    each is imported by itself.
    """
    stories = {}
    for name, path in files.items():
        with suppress(Exception):
            if path.stat().st_size <= LONGEST_TOGETHER:
                stories[name] = read_story(path.read_bytes(), **_told(order, name, path))
    try:
        articles = store_each(list(stories.values()), by=by, now=order.now)
    except Exception:
        _log.exception("importing %d files together: each is tried by itself", len(stories))
        return {}
    pairs = zip(stories.items(), articles, strict=True)
    return {name: _imported(name, article, story.proposal) for (name, story), article in pairs}


def _say(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _import_file(order: Order, by, name: str, path: Path, known: str | None) -> Outcome:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        digest = sha256(data).hexdigest()
        if known == digest:
            return Outcome(name, "skipped")
        if known:
            raise DomainError("changed_since_import", "The file has changed since it was imported.")
        try:
            with transaction.atomic():
                return _store(order, by, name, path, data)
        except IntegrityError:
            # Another run has brought this file meanwhile, or something is wrong indeed.
            if Import.objects.filter(archive=order.archive, name=name, sha256=digest).exists():
                return Outcome(name, "skipped")
            raise
    except DomainError as error:
        return Outcome(name, "failed", code=error.code, message=error.message)
    except OSError as error:
        return Outcome(name, "failed", code="unreadable", message=str(error.strerror))
    except Exception as error:
        # The message may hold words of the story: it is for the log, not for the report.
        _log.exception("importing %s", name)
        return Outcome(name, "failed", code="internal", message=type(error).__name__)


def _store(order: Order, by, name: str, path: Path, data: bytes) -> Outcome:
    article, proposal = import_text(data, by=by, now=order.now, **_told(order, name, path))
    published_on, _title = original_date(path.stem)
    code = _release(article, published_on, by=by, now=order.now) if order.release else ""
    return _imported(name, article, proposal, code)


def _told(order: Order, name: str, path: Path) -> dict:
    """What is known of a file besides its text."""
    _published_on, title = original_date(path.stem)
    return {"language": order.language, "headline": title, "archive": order.archive, "name": name}


def _imported(name: str, article: Article, proposal: Proposal, code: str = "") -> Outcome:
    return Outcome(name, "imported", article.slug, code=code, findings=len(proposal.findings))


def _release(article: Article, published_on: date | None, *, by, now: datetime) -> str:
    """Release ``article`` as archive, or say by a code why it stays a draft."""
    if published_on is None:
        return "no_original_date"
    if not article.headline:
        return "no_headline"
    try:
        release_as_archive(article, published_on=published_on, by=by, now=now)
    except DomainError as refused:
        if refused.code not in KEPT_AS_DRAFT:
            raise
        return refused.code
    return ""


def original_date(stem: str) -> tuple[date | None, str]:
    """The date a file's name begins with (``2019-05-03-fishing-treaty``) and a headline from the rest of it."""
    published_on, rest = None, stem
    if match := _DATED.fullmatch(stem):
        with suppress(ValueError):  # Digits that are no date belong to the name.
            published_on, rest = date(*map(int, match.groups()[:3])), match[4]
    readable = rest.encode(errors="surrogateescape").decode(errors="backslashreplace")
    words = _NO_WORDS.sub(" ", readable).strip()
    return published_on, (words[:1].upper() + words[1:])[:LONGEST_HEADLINE]
