"""Write one capture as a WARC/1.1 file: what was asked and answered, what we know about it, and the text read of it."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from urllib.parse import urlsplit

from django.conf import settings
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.utils import Digester
from warcio.warcwriter import WARCWriter

from sources.capture.fetching import Fetched, Hop

SOFTWARE = "newsroom/1"

# Of the one who asks or the one who visits, not of the document.
_PERSONAL = frozenset("cookie cookie2 set-cookie set-cookie2 authorization proxy-authorization".split())
# No longer true of what is stored: the chunks are put together.
_UNDONE = frozenset({"transfer-encoding"})


@dataclass(frozen=True)
class Handed:
    """A document that no server sent but a person gave us, at ``captured_at`` (aware UTC)."""

    data: bytes
    media_type: str
    captured_at: datetime


def write_warc(captured: Fetched | Handed, *, text: str, about: dict[str, str]) -> bytes:
    """The WARC of a capture, each record a gzip member of its own with SHA-256 digests of block and payload.

    A ``warcinfo``; a ``response`` and a ``request`` for each hop, or a ``resource`` with an address of its own
    (``urn:uuid:…``) for what was handed in; a ``metadata`` with ``about``; a ``conversion`` with ``text``, if any.
    Cookies and credentials are left out and the metadata says so, as does it of a transfer coding that is undone.
    """
    file = BytesIO()
    warc = _Warc(file, captured.captured_at)
    if isinstance(captured, Handed):
        urn = uuid.uuid4().urn
        document = warc.add("resource", urn, captured.data, content_type=captured.media_type).rec_headers
    else:
        for hop in captured.hops:
            document = warc.add_hop(hop)
        about = about | {
            "via": captured.requested_url,
            "hopsFromSeed": "R" * (len(captured.hops) - 1),
            "headers-left-out": ", ".join(sorted(set().union(*map(_left_out, captured.hops)))),
        }
    warc.add_about(document, "metadata", _fields(about), "application/warc-fields", concurrent=True)
    if text:
        warc.add_about(document, "conversion", text.encode(), "text/plain; charset=utf-8")
    return file.getvalue()


class _Warc(WARCWriter):
    """warcio's writer with SHA-256, for which it has no setting, and with moments that are given to it."""

    def __init__(self, file, now: datetime):
        super().__init__(file, gzip=True, warc_version="WARC/1.1")
        self.now = now
        self.info_id = None
        info = {
            "software": SOFTWARE,
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "operator": settings.NEWSROOM_NAME,
            "description": "Page source as received, not a rendered page.",
        }
        info = self.add("warcinfo", "", _fields(info), content_type="application/warc-fields")
        self.info_id = info.rec_headers.get_header("WARC-Record-ID")

    @staticmethod
    def _create_digester():
        return Digester("sha256")

    def add(self, kind: str, uri: str, data: bytes, *, content_type: str, **headers) -> ArcWarcRecord:
        """Write a record that holds no HTTP message."""
        record = self.make(kind, uri, data, content_type=content_type, **headers)
        self.write_record(record)
        return record

    def make(self, kind, uri, data, *, content_type="", http=None, at=None, **headers) -> ArcWarcRecord:
        headers = {
            "WARC-Date": moment(at or self.now),
            "WARC-Warcinfo-ID": self.info_id,
            **{f"WARC-{name.replace('_', '-')}": value for name, value in headers.items()},
        }
        return self.create_warc_record(
            uri,
            kind,
            payload=BytesIO(data),
            length=len(data),
            warc_content_type=content_type,
            warc_headers_dict={name: value for name, value in headers.items() if value},
            http_headers=http,
        )

    def add_hop(self, hop: Hop) -> StatusAndHeaders:
        """Write what was answered and what was asked; gives the WARC headers of the answer."""
        parts = urlsplit(hop.url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        asked = _AsSent(f"GET {target} HTTP/1.1", _kept(hop.request_headers, _PERSONAL), is_http_request=True)
        answered = _AsSent(
            f"{hop.status} {hop.reason}".rstrip(),
            _kept(hop.response_headers, _PERSONAL | _UNDONE),
            protocol=hop.http_version,
        )
        common = {"at": hop.started_at, "IP_Address": hop.ip}
        response = self.make("response", hop.url, hop.body, http=answered, **common)
        self.write_request_response_pair(self.make("request", hop.url, b"", http=asked, **common), response)
        return response.rec_headers

    def add_about(self, document, kind: str, data: bytes, content_type: str, *, concurrent=False) -> None:
        """Write a record that is about ``document``, given by its WARC headers."""
        identity = document.get_header("WARC-Record-ID")
        links = {"Refers_To": identity} | ({"Concurrent_To": identity} if concurrent else {})
        self.add(kind, document.get_header("WARC-Target-URI"), data, content_type=content_type, **links)


class _AsSent(StatusAndHeaders):
    """The head of an HTTP message in the bytes it had: warcio would escape whatever is not ASCII."""

    def to_ascii_bytes(self, header_filter=None):
        return self.to_bytes(header_filter, "latin-1")


def _kept(headers: list[tuple[str, str]], left_out: frozenset[str]) -> list[tuple[str, str]]:
    """``headers`` but those; a value that went over several lines stands on one (RFC 9112, 5.2)."""
    return [(name, " ".join(value.splitlines())) for name, value in headers if name.lower() not in left_out]


def _left_out(hop: Hop) -> set[str]:
    named = {name.lower() for name, _ in hop.request_headers + hop.response_headers}
    return named & (_PERSONAL | _UNDONE)


def _fields(values: dict[str, str]) -> bytes:
    """``values`` as application/warc-fields, each on one line; empty ones are not said."""
    lines = ((name, " ".join(value.split())) for name, value in values.items())
    return "".join(f"{name}: {value}\r\n" for name, value in lines if value).encode("utf-8", "replace")


def moment(at: datetime, precision: str = "microseconds") -> str:
    """``at`` in UTC as WARC 1.1 and RFC 3339 write it: 2026-05-27T14:02:11.000000Z."""
    return at.astimezone(UTC).isoformat(timespec=precision).replace("+00:00", "Z")
