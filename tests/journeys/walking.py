"""Walk every surface of the newsroom, to search what each gives away for words that none may give away."""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from html import escape, unescape
from pathlib import Path
from urllib.parse import quote, quote_plus, urlsplit
from zipfile import ZipFile, is_zipfile

from django.contrib import admin
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import NoReverseMatch, reverse

# Where what is searched, and what it holds.
Found = Iterator[tuple[str, bytes | str]]

_LINK = re.compile(r'(?:href|src|action)="(/[^"]*)"')
_ELSEWHERE = re.compile(r"^/(?:static/|admin/logout/|admin/jsi18n/)")
# So many addresses of one path that differ in their query alone, and so many rows of a model.
QUERIES, ROWS = 2, 1


class Traces:
    """Words to search for, whole and in every form that a page, a file or a column may write them."""

    def __init__(self, *words: str):
        forms = {
            word: {word, escape(word), json.dumps(word)[1:-1], quote(word), quote_plus(word)}
            for word in words
        }
        self._forms = {word: {form.casefold() for form in known} for word, known in forms.items()}

    def in_(self, held: bytes | str) -> set[str]:
        """Those of the words that ``held`` has, compressed bytes included."""
        if isinstance(held, bytes):
            if held.startswith(b"\x1f\x8b"):
                return self.in_(gzip.decompress(held))
            held = held.decode("utf-8", "replace")
        text = held.casefold()
        return {word for word, forms in self._forms.items() if any(form in text for form in forms)}

    def on(self, surfaces: Found) -> dict[str, set[str]]:
        """The places among ``surfaces`` that have a trace, with what they have. Fails if there is nothing to search."""
        searched, found = 0, {}
        for place, held in surfaces:
            searched += 1
            if words := self.in_(held):
                found[place] = words
        assert searched, "there was nothing to search"
        return found


def answer_of(client, address: str, **typed) -> tuple[str, str]:
    """What comes back from ``address``, headers included; posted to if anything is ``typed``."""
    answer = client.post(address, typed) if typed else client.get(address)
    held = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code < 500, (address, answer.status_code, held[:2000])
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    cookies = answer.cookies.output()
    return f"{'POST' if typed else 'GET'} {address} {answer.status_code}", "\n".join(
        [headers, cookies, held.decode("utf-8", "replace")]
    )


def followed(client, *starts: str) -> Found:
    """Every page that can be reached by links from ``starts``, of each path only some queries."""
    waiting, known, of_path = list(starts), set(starts), Counter()
    while waiting:
        place, held = answer_of(client, waiting.pop())
        yield place, held
        for link in _LINK.findall(held):
            address = unescape(link).partition("#")[0]
            path = urlsplit(address).path
            if address not in known and not _ELSEWHERE.match(address) and of_path[path] < QUERIES:
                known.add(address)
                of_path[path] += 1
                waiting.append(address)


def pages_of_the_desk(words: Iterable[str]) -> Iterator[str]:
    """The addresses of every page of every registered model, its list also searched for ``words``.

    Pages of something inside a record (a snapshot of a source) are reached by links alone.
    """
    words = list(words)
    for model, page in admin.site._registry.items():
        rows = model._default_manager.order_by("-pk").values_list("pk", flat=True)[:ROWS]
        for pattern in page.get_urls():
            arguments = {0: [()], 1: [(row,) for row in rows]}.get(pattern.pattern.regex.groups, ())
            # What is named by something else than its row's number (a picture) is reached by links.
            with suppress(NoReverseMatch):
                yield from [reverse(f"admin:{pattern.name}", args=args) for args in arguments if pattern.name]
        if page.search_fields:
            known = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
            yield from (f"{known}?q={quote(word)}" for word in words)
        yield from _completions(model, page, words)
    yield from (f"{reverse('admin:search')}?s={quote(word)}" for word in words)
    yield reverse("admin:index")
    yield from {reverse("admin:app_list", args=[model._meta.app_label]) for model in admin.site._registry}


def _completions(model, page, words: list[str]) -> Iterator[str]:
    """What fields of ``page`` and of its inlines offer while one types."""
    for shown in (page, *page.inlines):
        options = getattr(shown, "model", model)._meta
        for field in getattr(shown, "autocomplete_fields", ()):
            asked = f"app_label={options.app_label}&model_name={options.model_name}&field_name={field}"
            yield from (
                f"{reverse('admin:autocomplete')}?{asked}&term={quote(word)}" for word in ["", *words]
            )


def rows_of_every_table(*, but: str) -> Found:
    """Every value of every row of every table, by table and column, ``but`` of one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename), tablename FROM pg_tables"
            " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        )
        for table, name in cursor.fetchall():
            if name != but:
                yield from _rows(cursor, table)
    for session in Session.objects.all():
        yield f"session {session.pk}", json.dumps(session.get_decoded(), default=str, ensure_ascii=False)


def _rows(cursor, table: str) -> Found:
    cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 (named by the database itself)
    columns = [column.name for column in cursor.description]
    for row in cursor.fetchall():
        for column, value in zip(columns, row, strict=True):
            if value is not None:
                yield f"{table}.{column}", _searchable(value)


def _searchable(value) -> bytes | str:
    if isinstance(value, bytes | memoryview):
        return bytes(value)
    return value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)


def stored_files(folder: str = "") -> Found:
    """Every file of the default storage, its name with it."""
    if not folder or default_storage.exists(folder):
        folders, names = default_storage.listdir(folder)
        for name in names:
            path = f"{folder}/{name}".lstrip("/")
            with default_storage.open(path) as file:
                yield path, path.encode() + b"\n"
                yield path, file.read()
        for inner in folders:
            yield from stored_files(f"{folder}/{inner}".lstrip("/"))


def files_in(folder: Path) -> Found:
    """Every file under ``folder``, its name with it; of an archive each member."""
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.name, path.name
            if is_zipfile(path):
                with ZipFile(path) as archive:
                    yield from ((f"{path.name}: {name}", archive.read(name)) for name in archive.namelist())
            else:
                yield path.name, path.read_bytes()
