"""Documents to capture, made byte by byte, and captures of them without a server."""

from datetime import timedelta

from sources.capture.fetching import Fetched, Hop
from sources.capture.keeping import keep_read, read_fetched
from sources.capture.media import HTML
from tests.making import NOW

ADDRESS = "https://press.example/treaty"
PAGE = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Treaty signed | The Sample</title>
<meta property="og:site_name" content="The Sample">
<meta property="article:published_time" content="2026-05-27T14:02:11+01:00">
<meta name="author" content="Ada Roe"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><div class="cookie-banner">We use cookies.</div>
<article><h1>Treaty signed</h1>
<p>The two Prime Ministers signed the <b>treaty</b> at <a href="/n">RAF&nbsp;Northolt</a>, on  Wednesday.</p>
<blockquote><p>“It is a <em>good</em> day,” she said.</p></blockquote>
<ul><li>First point</li><li>Second point</li></ul>
<p>It will be laid before Parliament<br>in due course, the office said in a statement.</p></article>
<footer>All rights reserved</footer></body></html>
"""
TEXT = "\n".join(
    [
        "Treaty signed",
        "The two Prime Ministers signed the treaty at RAF Northolt, on Wednesday.",
        "“It is a good day,” she said.",
        "First point",
        "Second point",
        "It will be laid before Parliament",
        "in due course, the office said in a statement.",
    ]
)


# An article in two halves, between which something may stand.
HALF = "".join(f"<p>Paragraph {n} of some length, so that this is an article.</p>" for n in range(4))
OTHER_HALF = HALF.replace("Paragraph", "Further paragraph")
ARTICLE = f"<article>{HALF}</article>"


def page(body: str, head: str = "") -> bytes:
    """A web page with these elements."""
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()


def pdf(*pages: list[str], title: str = "", trailer: str = "") -> bytes:
    """A PDF file of ``pages``, each a list of lines (ASCII)."""
    numbers = range(4, 4 + 2 * len(pages), 2)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{' '.join(f'{n} 0 R' for n in numbers)}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, lines in zip(numbers, pages, strict=True):
        shown = "BT /F1 12 Tf 72 720 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {number + 1} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream")
    objects.append(f"<< /Title ({title}) >>")
    file, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(file))
        file += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    file += (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n"
        f"<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R {trailer} >>\n"
        f"startxref\n{len(file)}\n%%EOF\n"
    )
    return file.encode("ascii")


def locked_pdf() -> bytes:
    """A PDF that asks for a password which nobody has."""
    blank = "00" * 32
    locked = f"/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <{blank}> /U <{blank}> >>"
    return pdf(["A secret"], trailer=f"{locked} /ID [<{'ab' * 16}> <{'ab' * 16}>]")


def hop(
    url: str = ADDRESS, body: bytes = b"", *, status: int = 200, headers=(), asked=(), at=NOW, **more
) -> Hop:
    return Hop(
        url=url,
        status=status,
        reason=more.get("reason", "OK"),
        http_version=more.get("http_version", "HTTP/1.1"),
        request_headers=[("Host", "press.example"), *asked],
        response_headers=list(headers),
        body=body,
        ip="192.0.2.10",
        started_at=at,
    )


def fetched(
    raw: bytes = PAGE.encode(), *, body: bytes | None = None, before=(), media_type=HTML, **answer
) -> Fetched:
    """What fetching would give: ``raw`` as received, ``body`` decoded, after the redirects ``before``."""
    at = NOW + timedelta(seconds=len(before))
    last = hop(body=raw, at=at, **answer)
    return Fetched(
        requested_url=before[0].url if before else last.url,
        hops=[*before, last],
        final_url=last.url,
        status=last.status,
        headers=last.response_headers,
        body=raw if body is None else body,
        raw=raw,
        media_type=media_type,
        captured_at=NOW,
        ip=last.ip,
    )


def keep_fetched(source, answer: Fetched, *, by, now=NOW):
    """The snapshot of ``answer``, kept as a capture of ``source`` keeps it."""
    return keep_read(read_fetched(source, answer, by=by), now=now)
