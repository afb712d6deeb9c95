"""Which characters the bytes of a page or text stand for."""

import codecs
import re

BOMS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}

# What a page may say of itself. Python has other codecs, some of which are no encodings of text at all.
_KNOWN = re.compile(
    r"utf-8|utf-16(-[lb]e)?|cp125\d|iso8859-\d+|koi8-[ru]|mac-roman|gbk?|gb2312|gb18030|big5|shift_jis|euc_(jp|kr)"
)
# A label of the web that means more than it says (WHATWG Encoding, 4.2).
_WIDER = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gbk"}
_META = re.compile(rb"""<meta[^>]{0,500}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_META_WITHIN = 2048
# Letters in the windows encodings, in the ISO ones controls, which are in no text.
_UPPER_CONTROLS = re.compile(rb"[\x80-\x9f]")

# What tells Polish: letters that are signs or figures in windows-1252 (unlike ć, ę, ń, ó, which are æ, ê, ñ, ó there).
# A sign in the middle of a word speaks against an encoding.
_POLISH_IN_WORD = re.compile("(?<=[a-zćęńóśł])[łżźą](?=[a-zćęńóśł])")
_SIGN_IN_WORD = re.compile("(?<=[a-z])[¡¢¤¥¦§¨©ª«¬®¯°±²³´¶¸¹º»¼½¾¿ˇ˘˛˙˝](?=[a-z])")


def decode(data: bytes, declared: str = "") -> str | None:
    """``data`` as text, or None where it is in no encoding known here.

    In this order: a byte order mark; UTF-8 if it is that; ``declared`` (the label of a Content-Type); windows-1250
    or ISO-8859-2 if that makes Polish words, else windows-1252.
    """
    for mark, encoding in BOMS.items():
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding)
    for encoding in ("utf-8", known(declared)):
        if encoding and (text := _decoded(data, encoding)) is not None:
            return text
    return _guessed(data)


def declared_in_page(data: bytes) -> str:
    """The label that a page's ``meta`` element gives, empty where there is none."""
    found = _META.search(data[:_META_WITHIN])
    return found[1].decode("ascii") if found else ""


def known(label: str) -> str:
    """Python's name of the encoding that ``label`` means on the web; empty for what is none."""
    try:
        name = codecs.lookup(label.strip()).name
    except (LookupError, ValueError):
        return ""
    name = _WIDER.get(name, name)
    return name if _KNOWN.fullmatch(name) else ""


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _guessed(data: bytes) -> str | None:
    read = [_decoded(data, "cp1252"), _decoded(data, "cp1250")]
    if not _UPPER_CONTROLS.search(data):
        read.append(_decoded(data, "iso8859-2"))
    return max((text for text in read if text is not None), key=_likelihood, default=None)


def _likelihood(text: str) -> int:
    return len(_POLISH_IN_WORD.findall(text)) - 2 * len(_SIGN_IN_WORD.findall(text))
