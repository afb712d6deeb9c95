"""What kind of file it is, told by its bytes alone: what a server or a file's name says is not believed."""

import re

from newsroom.core.errors import DomainError
from sources.capture.reading.encodings import BOMS, decode

HTML, PLAIN, PDF = "text/html", "text/plain", "application/pdf"

# WHATWG MIME Sniffing, 7.1: what a page begins with, after white space; and more that pages begin with in life.
_BEGINS_PAGE = re.compile(
    r"<(?:!doctype\s+html|html|head|script|iframe|h[1-6]|div|font|table|a|style|title|b|body|br|p"
    r"|meta|link|base|section|article|main|header|nav|span|ul|ol|center)[\s/>]|<!--",
    re.IGNORECASE,
)
_BEFORE_PAGE = re.compile(r"\s*(?:<\?xml[^>]*\?>|<!--.*?-->)", re.DOTALL | re.IGNORECASE)
_LOOKED_AT = 1500

# WHATWG MIME Sniffing, 3: a binary data byte.
_BINARY = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")


def media_type_of(data: bytes) -> str:
    """``text/html``, ``text/plain`` or ``application/pdf``.

    Raises DomainError ``media_type_refused`` for everything else, also for no bytes at all.
    """
    if data.startswith(b"%PDF-"):
        return PDF
    if _is_page(_beginning(data)):
        return HTML
    text = decode(data)
    if not text or _BINARY.search(text):
        raise DomainError("media_type_refused", "Only web pages, plain text and PDF files can be kept.")
    return PLAIN


def _beginning(data: bytes) -> str:
    for mark, encoding in BOMS.items():
        if data.startswith(mark):
            return data[len(mark) : _LOOKED_AT].decode(encoding, "replace")
    return data[:_LOOKED_AT].decode("ascii", "replace")


def _is_page(text: str) -> bool:
    start = 0
    while before := _BEFORE_PAGE.match(text, start):
        start = before.end()
    rest = text[start:].lstrip()
    # A text may begin with a remark; a page goes on with an element.
    return bool(_BEGINS_PAGE.match(rest) or (start and "<html" in rest.lower()))
