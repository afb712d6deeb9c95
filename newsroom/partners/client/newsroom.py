"""Ask the newsroom's API: one method a door, patient with limits, clear about refusals."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import requests

TIMEOUT = (5, 30)  # Seconds to connect, and between two pieces of an answer.
# Asked again after these: the server said that it cannot answer now.
BUSY = frozenset({429, 502, 503, 504})
TRIES, LONGEST_WAIT = 5, 60.0

JSON = dict[str, Any]


class Problem(Exception):
    """The newsroom refused: ``status`` and the problem details (RFC 9457) it answered with."""

    def __init__(self, status: int, details: JSON):
        super().__init__(f"{status} {details.get('code', '')}: {details.get('detail', '')}")
        self.status, self.details = status, details


class Gone(Problem):
    """The article was retracted or unpublished; ``details`` hold its notice. Show the notice, never the text."""


@dataclass(frozen=True)
class Answer:
    """A JSON answer, and its entity tag for the next time; ``body`` is None where nothing has changed since."""

    body: JSON | None
    etag: str | None


class Newsroom:
    """The API at ``origin`` (``https://host``), read with ``key``, or as anybody without one.

    ``sleep`` waits so many seconds; a test gives one that does not.
    """

    def __init__(self, origin: str, key: str = "", *, sleep: Callable[[float], object] = time.sleep):
        self.api = f"{origin.rstrip('/')}/api/v1/"
        self._sleep = sleep
        self._session = requests.Session()
        self._session.headers.update({"Accept": "application/json, application/problem+json"})
        if key:
            self._session.headers["Authorization"] = f"Bearer {key}"

    def article(self, public_id: str, *, etag: str | None = None) -> Answer | None:
        """The article as it shows now; None if there is none. Raises :class:`Gone` with its notice."""
        headers = {"If-None-Match": etag} if etag else {}
        try:
            answer = self._ask("GET", f"articles/{public_id}/", headers=headers)
        except Problem as refused:
            if refused.status == 404:
                return None
            raise
        body = None if answer.status_code == 304 else answer.json()
        return Answer(body, answer.headers.get("ETag"))

    def changes(self, after: int, *, limit: int = 100) -> tuple[list[JSON], int, bool]:
        """What became visible behind number ``after``: entries, the number to go on behind, whether more is there."""
        page = self._ask("GET", "changes/", params={"after": after, "limit": limit}).json()
        return page["results"], page["last"], page["next"] is not None

    def export(self, cursor: str | None = None) -> Iterator[JSON]:
        """Everything this key may read, line by line from ``cursor``; the lines that say where one is included."""
        answer = self._ask("GET", "export/", params={"cursor": cursor} if cursor else {}, stream=True)
        with answer:
            for line in answer.iter_lines():
                if line:
                    yield json.loads(line)

    def confirm(self, public_id: str, edition: int) -> None:
        """Tell the newsroom that this edition is the one you show; ``key`` must be for that."""
        self._ask("POST", "confirmations/", json={"article": public_id, "edition": edition}).close()

    def _ask(self, method: str, path: str, **options: Any) -> requests.Response:
        """The answer, after as many waits as the server asks for; redirects are followed within the API alone."""
        for left in reversed(range(TRIES)):
            answer = self._session.request(method, self.api + path, timeout=TIMEOUT, **options)
            if answer.status_code not in BUSY or not left:
                break
            self._sleep(_wait(answer, TRIES - left))
        if answer.status_code >= 400:
            raise _problem(answer)
        return answer


def _wait(answer: requests.Response, tried: int) -> float:
    """Seconds to wait: as long as the answer asks for, within reason, else twice as long each time."""
    asked = answer.headers.get("Retry-After", "")
    return min(float(asked) if asked.isdecimal() else 2.0**tried, LONGEST_WAIT)


def _problem(answer: requests.Response) -> Problem:
    try:
        details = answer.json()
    except ValueError:
        details = {}
    kind = Gone if answer.status_code == 410 else Problem
    return kind(answer.status_code, details if isinstance(details, dict) else {})
