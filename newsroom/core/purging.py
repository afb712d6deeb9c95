"""Tell the caches before us what is no longer so (design, rule 7): hard, by surrogate key.

A cache is addressed as the VCL in ``deploy/`` understands it: the method PURGE with the keys in ``xkey`` and a shared
secret. Without ``NEWSROOM_PURGE_URLS`` there is no cache, and nothing is done.
"""

import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from time import monotonic

import requests
from django.conf import settings

from newsroom.core.after_commit import after_commit
from newsroom.core.deferring import defer

# Within an act: caches that do not answer must not hold up the person who acted. The job has more patience.
AT_ONCE_SECONDS = 1
PATIENT_SECONDS = 10
# Caches bound the length of a header, Varnish to 8 KB.
LONGEST_HEADER = 4000

_KEY = re.compile(r"[A-Za-z0-9_.:-]{1,200}", re.ASCII)


class NotPurged(Exception):
    """A cache could not be told; the message says which and why."""


def purge_after_commit(keys: Iterable[str]) -> None:
    """Purge ``keys`` from every cache right after the open transaction commits; a queued job does it once more.

    The job is part of the act: it runs also if this process dies between commit and purge. Raises ValueError for
    what cannot stand in a header as one key, RuntimeError outside a transaction.
    """
    if not settings.NEWSROOM_PURGE_URLS:
        return
    wanted = sorted(set(keys))
    if wrong := [key for key in wanted if not _KEY.fullmatch(key)]:
        raise ValueError(f"not a surrogate key: {wrong[0]!r}")
    if not wanted:
        return
    after_commit(lambda: purge_now(wanted, seconds=AT_ONCE_SECONDS))
    defer("newsroom.core.tasks.purge_again", keys=wanted)


def purge_now(keys: list[str], *, seconds: float) -> None:
    """Purge ``keys`` from every cache, all at the same time and done with after ``seconds``.

    Raises NotPurged, saying which did not confirm it and why; the others were purged.
    """
    urls = settings.NEWSROOM_PURGE_URLS
    deadline = monotonic() + seconds
    # Not waited for beyond the deadline: a cache may answer drop by drop.
    threads = ThreadPoolExecutor(max(1, len(urls)), thread_name_prefix="purge")
    asked = {threads.submit(_purge_one, url, keys, deadline): url for url in urls}
    done, late = wait(asked, timeout=seconds)
    threads.shutdown(wait=False, cancel_futures=True)
    failures = [f"{asked[future]}: {error}" for future in done if (error := future.exception())]
    failures += [f"{asked[future]}: no answer in {seconds:g} s" for future in late]
    if failures:
        raise NotPurged("; ".join(sorted(failures)))


def _purge_one(url: str, keys: list[str], deadline: float) -> None:
    with requests.Session() as session:
        session.trust_env = False  # Caches stand next door: no proxy in between, no password from a file.
        for header in _headers(keys):
            response = session.request(
                "PURGE",
                url,
                headers={"xkey": header, "x-purge-token": settings.NEWSROOM_PURGE_TOKEN},
                timeout=max(0.001, deadline - monotonic()),
                allow_redirects=False,
                stream=True,
            )
            # The body is of no interest; whoever sends us elsewhere has purged nothing.
            with response:
                if response.status_code != 200:
                    raise NotPurged(f"answered {response.status_code}")


def _headers(keys: list[str]) -> Iterator[str]:
    """``keys`` in as few headers as their length allows."""
    header = ""
    for key in keys:
        if header and len(header) + 1 + len(key) > LONGEST_HEADER:
            yield header
            header = ""
        header = f"{header} {key}" if header else key
    if header:
        yield header
