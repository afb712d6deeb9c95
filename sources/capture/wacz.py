"""Pack archived captures into one WACZ 1.1.1 (Webrecorder), which replay tools open."""

import hashlib
import io
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from cdxj_indexer.main import CDXJIndexer, CompressedWriter, SortingWriter

from newsroom.core.errors import DomainError
from sources.capture.archive import DOCUMENTS, PIECE, damage_told, documents, open_file
from sources.capture.warc import SOFTWARE, moment
from sources.models import Snapshot

VERSION = "1.1.1"
# Lines of the index that are compressed together; players read it block by block.
_LINES = 1024


def write_wacz(snapshots: Iterable[Snapshot], file: BinaryIO, *, title: str, now: datetime) -> None:
    """Write the archived files of ``snapshots``, each once, as a WACZ to ``file``, with index, pages and digests.

    A page is the document of a snapshot: its final address, or the ``urn:uuid:`` of one that was handed in. Memory
    stays flat. Raises DomainError ``snapshots_missing`` where there are none, ``source_confidential``,
    ``snapshot_missing``, or ``snapshot_damaged``, in which case ``file`` is worth nothing.
    """
    pages, index = [], _Index()
    with ZipFile(file, "w") as archive:
        package = _Package(archive, now)
        for snapshot in {snapshot.warc_sha256: snapshot for snapshot in snapshots}.values():
            if snapshot.source.confidential:
                raise DomainError("source_confidential", "Nothing of a confidential source is given out.")
            name = f"{snapshot.warc_sha256}.warc.gz"
            with open_file(snapshot) as warc, damage_told():
                if package.copy(f"archive/{name}", warc) != snapshot.warc_sha256:
                    raise DomainError(
                        "snapshot_damaged",
                        "The file of snapshot %(snapshot)s was changed.",
                        snapshot=snapshot.public_id,
                    )
                pages.append(_page(snapshot, warc))
                index.add(name, warc)
        if not pages:
            raise DomainError("snapshots_missing", "There is no archived copy to export.")
        entries, lines = index.written()
        package.add("indexes/index.cdx.gz", entries, ZIP_STORED)
        package.add("indexes/index.idx", lines)
        header = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}
        package.add("pages/pages.jsonl", b"".join(_line(entry) for entry in [header, *pages]))
        package.close(title, pages[0])


def _page(snapshot: Snapshot, warc) -> dict:
    warc.seek(0)
    *_, document = documents(warc)
    headers = document.rec_headers
    return {
        "url": headers.get_header("WARC-Target-URI"),
        "ts": headers.get_header("WARC-Date"),
        "title": snapshot.found.get("title") or snapshot.source.title or str(snapshot),
        "id": snapshot.public_id,
        "size": snapshot.size,
    }


class _Index:
    """The documents of all files by address and moment, sorted, in compressed blocks (CDXJ)."""

    def __init__(self):
        self._blocks, self._lines = io.BytesIO(), io.StringIO()
        self._sorted = SortingWriter(
            CompressedWriter(
                self._lines,
                data_out=self._blocks,
                data_out_name="index.cdx.gz",
                num_lines=_LINES,
                digest_records=True,
            )
        )

    def add(self, name: str, warc) -> None:
        warc.seek(0)
        CDXJIndexer(self._sorted, [warc], filename=name, records=",".join(DOCUMENTS)).process_all()

    def written(self) -> tuple[bytes, bytes]:
        """The blocks, and the lines that say which block begins with what."""
        self._sorted.flush()
        return self._blocks.getvalue(), self._lines.getvalue().encode()


class _Package:
    """The members of a WACZ with their digests, as ``datapackage.json`` lists them."""

    def __init__(self, archive: ZipFile, now: datetime):
        self.archive = archive
        self.now = now.astimezone(UTC)
        self.resources: list[dict] = []

    def copy(self, path: str, stream) -> str:
        """Add what is in ``stream`` as it is, and return its SHA-256: players read ranges of what is not compressed."""
        size, digest = 0, hashlib.sha256()
        with self.archive.open(self._member(path, ZIP_STORED), "w") as member:
            while piece := stream.read(PIECE):
                size += len(piece)
                digest.update(piece)
                member.write(piece)
        self._list(path, size, digest.hexdigest())
        return digest.hexdigest()

    def add(self, path: str, data: bytes, compression: int = ZIP_DEFLATED) -> None:
        self.archive.writestr(self._member(path, compression), data)
        self._list(path, len(data), hashlib.sha256(data).hexdigest())

    def close(self, title: str, main: dict) -> None:
        """Write the list of members, and its digest, which is what a signature would be of."""
        made = moment(self.now, "seconds")
        listed = {
            "profile": "data-package",
            "wacz_version": VERSION,
            "title": title,
            "created": made,
            "modified": made,
            "software": SOFTWARE,
            "mainPageURL": main["url"],
            "mainPageDate": main["ts"],
            "resources": self.resources,
        }
        data = _line(listed)
        digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
        for path, content in (("datapackage.json", data), ("datapackage-digest.json", _line(digest))):
            self.archive.writestr(self._member(path, ZIP_DEFLATED), content)

    def _list(self, path: str, size: int, sha256: str) -> None:
        name = path.rpartition("/")[2]
        self.resources.append({"name": name, "path": path, "hash": f"sha256:{sha256}", "bytes": size})

    def _member(self, path: str, compression: int) -> ZipInfo:
        member = ZipInfo(path, self.now.timetuple()[:6])
        member.compress_type = compression
        return member


def _line(entry: dict) -> bytes:
    return json.dumps(entry, ensure_ascii=False).encode() + b"\n"
