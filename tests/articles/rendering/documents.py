"""Documents of editions made by hand, for tests that need no database."""

from datetime import UTC, datetime

from articles.rendering.entries import Shown

NOON = datetime(2026, 5, 27, 11, 0, tzinfo=UTC)  # 12:00 in London, in summer time
LATER = datetime(2026, 5, 29, 8, 30, tzinfo=UTC)


def an_id(prefix: str, number: int) -> str:
    return f"{prefix}{number:0{12 - len(prefix)}d}"


def source(number: int, **more) -> dict:
    return {
        "number": number,
        "id": an_id("s", number),
        "title": f"Title {number}",
        "url": f"https://press.example/{number}",
        "publisher": {"id": an_id("p", 1), "slug": "daily-example", "name": "Daily Example"},
        "kind": "article",
        "creators": "",
        "published_on": "2026-05-27",
        "language": "",
        "confidential": False,
        "label": "",
        "origin": None,
        "usage_terms": "",
    } | more


def quote(words: str, **more) -> dict:
    return {
        "words": words,
        "language": "en",
        "speaker": {"id": an_id("k", 1), "slug": "ada-sample", "name": "Ada Sample", "kind": "person"},
        "role": "Minister",
        "occasion": "",
        "said_on": None,
        "original": "",
        "original_language": "",
        "translator": "",
    } | more


def evidence(number: int, stance: str = "supports", **more) -> dict:
    return {
        "source": number,
        "quote": None,
        "stance": stance,
        "carries": "",
        "passage": None,
        "locator": "",
        "snapshot": None,
        "start": None,
        "seen_by_eye": False,
    } | more


class Draft:
    """Collects paragraphs; every sentence is one segment, its stop outside."""

    def __init__(self, language: str = "en", **content):
        self.content = {
            "language": language,
            "headline": {"text": "A treaty is signed", "rests_on": []},
            "standfirst": {"text": "Two states sign", "rests_on": []},
            "bylines": [{"id": an_id("b", 1), "slug": "rita", "name": "Rita Reporter"}],
            "treaties": [],
            "blocks": [],
            "statements": [],
            "quotes": {},
            "sources": [],
        } | content

    def says(self, wording: str, *cited: dict, kind: str = "p", marks=(), **statement) -> "Draft":
        number = len(self.content["statements"])
        supporting = {e["source"] for e in cited if e["stance"] == "supports"}
        key = f"sentence{chr(97 + number // 26)}{chr(97 + number % 26)}"
        segment = {"mark": "segment", "start": 0, "end": len(wording), "key": key}
        self.content["blocks"].append({"kind": kind, "text": f"{wording}.", "marks": [segment, *marks]})
        self.content["statements"].append(
            {
                "key": key,
                "wording": wording,
                "paragraph": number + 1,
                "sentence": 1,
                "claim": an_id("c", number) if cited else None,
                "quotes": [],
                "exemption": None,
                "group": sorted(supporting),
                "origins": len(supporting),
                "evidence": list(cited),
            }
            | statement
        )
        known = {entry["number"] for entry in self.content["sources"]}
        for number in sorted({e["source"] for e in cited} - known):
            self.content["sources"].append(source(number))
        return self

    def quotes(self, words: str, *, by: int = 1, carries: str = "words", **more) -> "Draft":
        quote_id = an_id("q", len(self.content["quotes"]) + 1)
        self.content["quotes"][quote_id] = quote(words, **more)
        before = "Ada Sample called it “"
        words_mark = {
            "mark": "words",
            "start": len(before),
            "end": len(before) + len(words),
            "quote": quote_id,
        }
        cited = evidence(by, quote=quote_id, carries=carries)
        return self.says(f"{before}{words}”", cited, marks=[words_mark], claim=None, quotes=[quote_id])

    def document(self, *, number: int = 1, kind: str = "first", note: str = "", **more) -> dict:
        return {
            "schema": 1,
            "article": {"id": "abcdef012345", "slug": "a-treaty"},
            "edition": {
                "number": number,
                "kind": kind,
                "note": note,
                "previous": "" if number == 1 else "0" * 64,
            },
            "content": self.content,
            "not_yet_checked": [],
            "archive": None,
            "final_newline": True,
        } | more


def shown(since: datetime = NOON, first: datetime | None = None) -> Shown:
    return Shown(since=since, first=first or since)
