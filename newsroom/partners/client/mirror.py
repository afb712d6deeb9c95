"""Keep a copy of the newsroom's articles in one file, true to what readers see there.

An entry of the change feed says that something happened; what shows now is asked of the article itself, so it does not
matter how late or how often an entry is read. What was fetched and how far the feed was read are kept in one
transaction: whoever is killed in between goes on where the copy stands.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .newsroom import Gone, Newsroom, Problem

SHOWN, GONE = "shown", "gone"

_TABLES = """
CREATE TABLE IF NOT EXISTS article (
    id TEXT PRIMARY KEY, state TEXT NOT NULL, edition INTEGER, etag TEXT, body TEXT NOT NULL,
    confirmed INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS named (record TEXT NOT NULL, article TEXT NOT NULL, PRIMARY KEY (record, article))
WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS progress (name TEXT PRIMARY KEY, value TEXT);
"""


@dataclass(frozen=True)
class Article:
    """An article of the copy: its JSON if it is ``shown``, else the notice that stands in its place."""

    id: str
    shown: bool
    body: dict[str, Any]


class Mirror:
    """A copy in the SQLite file at ``path``, made if it is not there, of what ``newsroom`` lets its key read."""

    def __init__(self, newsroom: Newsroom, path: Path | str):
        self._newsroom = newsroom
        self._store = sqlite3.connect(path)
        # What was taken down leaves the file, too.
        self._store.execute("PRAGMA secure_delete = ON")
        self._store.executescript(_TABLES)

    def close(self) -> None:
        self._store.close()

    def sync(self) -> int:
        """Bring the copy up to date; returns how many entries of the feed were read. Call it again, for ever.

        Raises :class:`~.newsroom.Problem` when refused, requests' errors when the newsroom cannot be reached, and
        ConnectionError when an answer broke off: the copy then stands as far as it came.
        """
        self._take_everything()
        read, more = 0, True
        while more:
            entries, last, more = self._newsroom.changes(self._last())
            self._apply(entries, last)
            read += len(entries)
        return read

    def confirm(self) -> int:
        """Tell the newsroom which editions you show, those it has not been told of; returns how many."""
        rows = self._rows("SELECT id, edition FROM article WHERE NOT confirmed AND edition IS NOT NULL")
        told = 0
        for public_id, edition in rows:
            self._newsroom.confirm(public_id, edition)
            with self._store:
                self._store.execute("UPDATE article SET confirmed = 1 WHERE id = ?", [public_id])
            told += 1
        return told

    def articles(self) -> Iterator[Article]:
        """Every article of the copy, notices included."""
        for row in self._rows("SELECT id, state, body FROM article ORDER BY id"):
            yield _article(*row)

    def article(self, public_id: str) -> Article | None:
        """One article of the copy, if it is there."""
        rows = self._rows("SELECT id, state, body FROM article WHERE id = ?", public_id)
        return _article(*rows[0]) if rows else None

    def _take_everything(self) -> None:
        """The whole stock first, from where it was broken off; the feed is followed from when that was begun.

        Without a key for it the feed is followed from its beginning: that comes to the same, and takes longer.
        """
        while self._progress("complete") is None:
            try:
                with self._store:
                    self._take_part()
            except Problem as refused:
                if refused.status not in (401, 403):
                    raise
                with self._store:
                    self._note("complete", "without")

    def _take_part(self) -> None:
        told: dict[str, Any] = {}
        for line in self._newsroom.export(self._progress("cursor")):
            if "export" not in line:
                self._keep(line["id"], SHOWN, line, etag=None)
                continue
            told = line["export"]
            if self._progress("last") is None:
                self._note("last", told["follow_after"])
        if "complete" not in told:
            raise ConnectionError("The export broke off: what came of this part is taken anew.")
        self._note("cursor", told["cursor"])
        if told["complete"]:
            self._note("complete", "yes")

    def _apply(self, entries: Iterable[dict[str, Any]], last: int) -> None:
        """Fetch each article that ``entries`` concern once, then keep all of it and how far the feed was read."""
        fetched = [(public_id, self._fetch(public_id)) for public_id in self._concerned(entries)]
        with self._store:
            for public_id, found in fetched:
                if found is None:
                    self._forget(public_id)
                elif found[1] is not None:
                    self._keep(public_id, *found)
            self._note("last", last)

    def _concerned(self, entries: Iterable[dict[str, Any]]) -> list[str]:
        """The articles that entries are about, and those of the copy that name a record they are about; each once."""
        found: dict[str, None] = {}
        for entry in entries:
            if entry["article"]:
                found[entry["article"]["id"]] = None
            for record in (entry["source"], entry["amended"]):
                if record:
                    rows = self._rows("SELECT article FROM named WHERE record = ?", record["id"])
                    found |= {public_id: None for (public_id,) in rows}
        return list(found)

    def _fetch(self, public_id: str) -> tuple[str, dict[str, Any] | None, str | None] | None:
        """State, body and tag to keep, without a body where it is what we have; None if the newsroom has nothing."""
        rows = self._rows("SELECT etag FROM article WHERE id = ? AND state = ?", public_id, SHOWN)
        try:
            answer = self._newsroom.article(public_id, etag=rows[0][0] if rows else None)
        except Gone as gone:
            return GONE, gone.details, None
        return None if answer is None else (SHOWN, answer.body, answer.etag)

    def _keep(self, public_id: str, state: str, body: dict[str, Any], etag: str | None) -> None:
        self._forget(public_id)
        edition = body.get("number")
        columns = [public_id, state, edition, etag, json.dumps(body, ensure_ascii=False)]
        self._store.execute(
            "INSERT INTO article (id, state, edition, etag, body) VALUES (?, ?, ?, ?, ?)", columns
        )
        named = [(record, public_id) for record in set(_ids_in(body)) - {public_id}]
        self._store.executemany("INSERT INTO named (record, article) VALUES (?, ?)", named)

    def _forget(self, public_id: str) -> None:
        self._store.execute("DELETE FROM article WHERE id = ?", [public_id])
        self._store.execute("DELETE FROM named WHERE article = ?", [public_id])

    def _last(self) -> int:
        return int(self._progress("last") or 0)

    def _progress(self, name: str) -> str | None:
        rows = self._rows("SELECT value FROM progress WHERE name = ?", name)
        return rows[0][0] if rows else None

    def _note(self, name: str, value: object) -> None:
        self._store.execute("INSERT OR REPLACE INTO progress VALUES (?, ?)", [name, value])

    def _rows(self, statement: str, *values: object) -> list[tuple]:
        with closing(self._store.execute(statement, values)) as found:
            return found.fetchall()


def _article(public_id: str, state: str, body: str) -> Article:
    return Article(public_id, state == SHOWN, json.loads(body))


def _ids_in(value: Any) -> Iterator[str]:
    """Every id that stands anywhere in an answer."""
    if isinstance(value, dict):
        if isinstance(value.get("id"), str):
            yield value["id"]
        for inner in value.values():
            yield from _ids_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _ids_in(inner)
