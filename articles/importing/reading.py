"""Takes the bytes of a story and gives its text, or refuses them with one clear line.

Control characters other than tabs and line ends are refused: they come from a wrong encoding or from
another kind of file. Invisible format characters (soft hyphen, joiners, zero-width space) are kept where
they stand, because a canonical text comes back byte for byte; only byte order marks at the start go.
"""

import re

from newsroom.core.errors import DomainError

MAX_BYTES = 2_000_000

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LINE_END = re.compile(r"\r\n?|[\x85\u2028\v\f]")
_START = re.compile(r"[\s\ufeff]+")
_BYTE_ORDER_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_OTHER_FILES = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "a rich text (RTF) document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a compressed file"),
)


def read_text(data: bytes) -> str:
    """Return the text in `data`: every line end a line feed, a final one kept, nothing blank before it.

    Raises `DomainError`: `empty` (nothing but white space), `too_large` (over MAX_BYTES), `not_text` (another
    kind of file, or control characters), `wrong_encoding` (anything but UTF-8). `place` is `byte N`, counted
    from 0, or `line N`, counted from 1.
    """
    if len(data) > MAX_BYTES:
        raise DomainError("too_large", "The text has more than %(most)s bytes.", most=f"{MAX_BYTES:,}")
    text = _decode(data)
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        message = f"Not plain text: control character U+{ord(control[0]):04X} on line {line}."
        raise DomainError("not_text", message, f"line {line}")
    text = _LINE_END.sub("\n", text).replace("\u2029", "\n\n")
    text = _START.sub("", text, count=1) if _START.match(text) else text
    if not text:
        raise DomainError("empty", "The text is empty.")
    return text


def _decode(data: bytes) -> str:
    for magic, what in _OTHER_FILES:
        if data.startswith(magic):
            raise DomainError("not_text", "Not plain text: this is %(what)s.", "byte 0", what=what)
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            raise DomainError(
                "wrong_encoding", "The text is %(name)s; save it as UTF-8.", "byte 0", name=name
            )
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        at = error.start
    if b"\x00" in data:
        message = f"Not plain text: zero bytes, and no UTF-8 at byte {at}."
        raise DomainError("not_text", message, f"byte {at}")
    message = f"The text is not UTF-8: 0x{data[at]:02X} at byte {at} does not belong there."
    raise DomainError("wrong_encoding", message, f"byte {at}")
