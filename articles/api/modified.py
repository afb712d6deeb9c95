"""Since when an article is told as it is: what asks with If-Modified-Since is answered by."""

import gzip
import json
from datetime import datetime

from articles.reading import Found
from newsroom.core.kept_made import KeptByDigest

# Some tens of thousands of moments.
_KNOWN = KeptByDigest(most_bytes=2**20)


def modified_at(found: Found, *, gzipped: bool) -> datetime | None:
    """The moment since which the edition shows, or a source of it is withdrawn, if that came later.

    None where it cannot be told: of a confidential source that was withdrawn only the day is public, and a notice is
    always sent.
    """
    if found.gone:
        return None
    iso = _KNOWN.get(found.etag, lambda: _last_moment(gzip.decompress(found.body) if gzipped else found.body))
    return datetime.fromisoformat(iso.decode()) if iso else None


def _last_moment(body: bytes) -> bytes:
    told = json.loads(body)
    withdrawn = [source for source in told["sources"] if source["withdrawn"]]
    if any(source["confidential"] for source in withdrawn):
        return b""
    moments = [told["changed_at"], *(source["withdrawn"]["at"] for source in withdrawn)]
    return max(moments, key=datetime.fromisoformat).encode()
