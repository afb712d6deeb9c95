"""The site under its own server, and how many requests a second it answers."""

import os
import re
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from articles.models import Rendering
from newsroom.core.running import Processes, granian, wait_until_ready


@contextmanager
def served() -> Iterator[str]:
    """Within, the site answers at the address that is yielded, in two worker processes."""
    connections.close_all()
    with Processes() as processes:
        os.environ["NEWSROOM_POOL_SIZE"] = "8"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        processes.start("web server", granian("127.0.0.1", port))
        site = f"http://127.0.0.1:{port}"
        if not wait_until_ready(f"{site}/readyz", processes):
            raise SystemExit("the web server did not start")
        yield site


def a_page() -> Rendering:
    """A finished article page; ``/bare/<its row id>/`` answers with the same bytes."""
    return Rendering.objects.filter(representation="page").select_related("edition__article").first()


def requests_a_second(*arguments: str, seconds: int = 3) -> float:
    """What ``wrk`` counts with these arguments, the address last."""
    command = ["wrk", "-t1", "-c16", f"-d{seconds}s", *arguments]
    answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in answer and "If-None-Match" not in " ".join(arguments):
        raise SystemExit(f"not every answer was 200:\n{answer}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", answer)[1])


def etag_of(url: str) -> str:
    with urllib.request.urlopen(url) as answer:
        return answer.headers["ETag"]
