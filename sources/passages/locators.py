"""Read where in a source something stands: a page, a time, an article and paragraph of a treaty."""

import re
from dataclasses import dataclass

_MARK = r"[0-9]{1,4}[a-z]?|[a-z]|[ivxlc]{1,8}"
_PAGE = re.compile(
    r"(?:pages?|pp?|strony|strona|stronie|str|ss?)\.?\s*([0-9]{1,6})(?:\s*[-–—]\s*([0-9]{1,6}))?", re.I
)
_TIME = re.compile(r"[0-9]{1,3}:[0-5][0-9](?::[0-5][0-9])?")
_ARTICLE = re.compile(
    r"(?:articles?|arts?|artykuł|artykułu|artykule)\.?\s*([0-9]{1,4}[a-z]?|[ivxlc]{1,8})((?:\W.*)?)",
    re.I,
)
_PART = re.compile(
    r"[\s,]*(?:"
    rf"\(\s*({_MARK})\s*\)|"
    rf"(?:paragraphs?|paras?|points?|ustęp|ustępu|ust|punkt|punktu|pkt|litera|lit)\b\.?\s*\(?({_MARK})(?![a-z0-9])\)?|"
    rf"§\s*({_MARK})(?![a-z0-9])"
    r")",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Locator:
    """``kind`` is page, time, article or other; ``value`` its one form: ``4`` or ``4-6``, ``12:30`` or
    ``1:02:30``, ``4(2)(a)``, and for other the text as it is."""

    kind: str
    value: str


def parse_locator(text: str) -> Locator:
    """What ``text`` names, in English or Polish; anything unknown is *other*, never an error."""
    text = " ".join(text.split())
    if page := _PAGE.fullmatch(text):
        return Locator("page", "-".join(filter(None, page.groups())))
    if _TIME.fullmatch(text):
        return Locator("time", text)
    if (article := _ARTICLE.fullmatch(text)) and (parts := _parts(article[2])) is not None:
        return Locator("article", article[1] + "".join(f"({part})" for part in parts))
    return Locator("other", text)


def _parts(rest: str) -> list[str] | None:
    """The paragraph, point and letter after the number of an article; None if something else stands there."""
    parts, at = [], 0
    while at < len(rest):
        part = _PART.match(rest, at)
        if not part:
            return None
        parts += filter(None, part.groups())
        at = part.end()
    return parts
