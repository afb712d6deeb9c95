"""The main program of the process that reads one file; started by :mod:`sources.capture.extraction` alone.

Standard input is one line of JSON with what is asked, then the file's bytes; standard output is what was read, as JSON.
Nothing is imported that could be attacked before the limits hold.
"""

import json
import resource
import sys


def main() -> None:
    asked = json.loads(sys.stdin.buffer.readline())
    for limit, most in asked["limits"].items():
        resource.setrlimit(getattr(resource, limit), (most, most))
    answer = read(sys.stdin.buffer.read(), asked)
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode())


def read(data: bytes, asked: dict) -> dict:
    # Imported where they are needed: a page's reader takes time that a text need not wait for.
    if asked["media_type"] == "application/pdf":
        from sources.capture.reading.pdf import read_pdf  # noqa: PLC0415

        return read_pdf(data)
    if asked["media_type"] == "text/html":
        from sources.capture.reading.html import read_page  # noqa: PLC0415

        return read_page(data, url=asked["url"], charset=asked["charset"], plainly=asked["plainly"])
    from sources.capture.reading.plain import read_plain  # noqa: PLC0415

    return read_plain(data, charset=asked["charset"])
