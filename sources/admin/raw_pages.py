"""What was captured, as it came: as text or as a file, never rendered, never with scripts (design, rule 12)."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse

from newsroom.core.errors import DomainError
from newsroom.desk_admin import may_any
from sources.admin.pages import SourcePage, page_of_source
from sources.admin.snapshot_page import snapshot_or_404
from sources.capture.archive import open_file, read_document, read_payload
from sources.capture.reading.encodings import declared_in_page, decode

# A browser runs nothing in what wears this, and takes it for nothing else than it is said to be.
LOCKED = {
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
SUFFIXES = {"text/html": "html", "text/plain": "txt", "application/pdf": "pdf"}
TEXT = "text/plain; charset=utf-8"
# In bytes: what a browser is asked to show as text.
SHOWN = 2 * 1024 * 1024


class RawPage(SourcePage):
    """A snapshot's bytes; takes no form."""

    def view(self, request, pk, snapshot):
        if not may_any(request.user, self.to_see):
            raise PermissionDenied
        try:
            answer = self.answer(snapshot_or_404(pk, snapshot))
        except DomainError as refusal:
            # The file is not there, or is not what its digest says.
            answer = HttpResponse(refusal.message, status=409, content_type=TEXT)
        for name, value in LOCKED.items():
            answer[name] = value
        return answer

    def answer(self, snapshot):
        raise NotImplementedError


@page_of_source
class SourceTextPage(RawPage):
    """The bytes as text: markup is read, not obeyed."""

    name = "raw"
    below = "snapshots/<slug:snapshot>/raw/"

    def answer(self, snapshot):
        if snapshot.media_type == "application/pdf":
            return _attachment(snapshot)
        data = read_document(snapshot)[:SHOWN]
        text = decode(data, declared_in_page(data)) or data.decode("utf-8", "replace")
        return HttpResponse(text, content_type=TEXT)


@page_of_source
class FilePage(RawPage):
    """The bytes as a file to be kept."""

    name = "file"
    below = "snapshots/<slug:snapshot>/file/"

    def answer(self, snapshot):
        return _attachment(snapshot)


@page_of_source
class WarcPage(RawPage):
    """The WARC with request and answer, as archived."""

    name = "warc"
    below = "snapshots/<slug:snapshot>/warc/"

    def answer(self, snapshot):
        name = f"{snapshot.public_id}.warc.gz"
        return FileResponse(
            open_file(snapshot), as_attachment=True, filename=name, content_type="application/gzip"
        )


def _attachment(snapshot):
    name = f"{snapshot.public_id}.{SUFFIXES.get(snapshot.media_type, 'bin')}"
    return HttpResponse(
        read_payload(snapshot),
        content_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
