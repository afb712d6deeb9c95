"""Sources as reference managers take them: CSL-JSON, BibTeX and RIS (standards/11).

Built from sources as an edition printed them. A confidential source and one that nobody could look up stay out: this
is the one function that leaves them out.
"""

import json
import re
from collections import defaultdict
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from articles.rendering.dates import day_of
from articles.rendering.pages import address

# Kind of source → type in CSL 1.0.2, in RIS.
_TYPES = {
    "article": ("article-newspaper", "NEWS"),
    "statement": ("webpage", "PRESS"),
    "document": ("report", "GOVDOC"),
    "treaty_text": ("treaty", "LEGAL"),
    "transcript": ("document", "GEN"),
    "interview": ("interview", "PCOMM"),
    "data": ("dataset", "DATA"),
    "post": ("post", "ELEC"),
}
_OTHER = ("document", "GEN")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_BIBTEX = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "&%$#_{}"},
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "\\": r"\textbackslash{}",
    }
)
_LINES = re.compile(r"\s+")


def references(article: dict) -> list[dict]:
    """The CSL-JSON items of an article's sources, from the API's detail of it; ids are ``src-<number>``."""
    captured: dict[int, list[dict]] = defaultdict(list)
    claims: dict[int, set[str]] = defaultdict(set)
    for statement in article["statements"]:
        for entry in statement["evidence"]:
            if snapshot := entry.get("snapshot"):
                captured[entry["source"]].append(snapshot)
            if statement["claim"] and not entry["quote"]:
                claims[entry["source"]].add(statement["claim"])
    note = f"{article['address']}, edition {article['number']}"
    return [
        reference(
            source,
            key=f"src-{source['number']}",
            snapshots=captured[source["number"]],
            claims=sorted(claims[source["number"]]),
            note=note,
        )
        for source in article["sources"]
        if can_be_named(source)
    ]


def can_be_named(source: dict) -> bool:
    """Whether a reader could look the source up: it is not confidential, and has a title or an address."""
    return not source.get("confidential") and bool(source["title"] or source["url"])


def reference(source: dict, *, key: str, snapshots: list[dict], claims=(), note: str = "") -> dict:
    """One CSL-JSON item; ``snapshots`` are the captures its passages stand in, of which the newest is named.

    ``source["withdrawn"]``, where it is set, has ``at`` (ISO 8601 with offset) and ``reason``; the note says both.
    """
    kind = source["kind"]
    publisher = source["publisher"]["name"] if source["publisher"] else ""
    creators = [name.strip() for name in source["creators"].split(";") if name.strip()]
    item = {
        "id": key,
        "type": _TYPES.get(kind, _OTHER)[0],
        "title": source["title"] or source["url"],
        "author": [{"literal": name} for name in creators],
        "container-title" if kind == "article" else "publisher": publisher,
        "issued": _date(source["published_on"]),
        "URL": source["url"],
        "language": source["language"],
        "note": "; ".join(filter(None, [note, _withdrawn(source.get("withdrawn"))])),
        "custom": {"sourceId": source["id"], **({"claimIds": list(claims)} if claims else {})},
    }
    if snapshots:
        newest = max(snapshots, key=lambda snapshot: snapshot["captured_at"])
        item["accessed"] = _date(newest["captured_at"][:10])
        item["archive"] = f"{settings.NEWSROOM_NAME} snapshots"
        item["archive_location"] = address(reverse("source", args=[source["id"]]))
        item["custom"]["sha256"] = newest["sha256"]
    return {name: value for name, value in item.items() if value}


def _withdrawn(withdrawn: dict | None) -> str:
    """In English, as a file for machines is; the day is the one that the page of the article prints."""
    if not withdrawn:
        return ""
    on = day_of(datetime.fromisoformat(withdrawn["at"]))["iso"]
    return f"Withdrawn on {on}: {_one_line(withdrawn['reason'])}"


def as_csl(items: list[dict]) -> str:
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def as_bibtex(items: list[dict]) -> str:
    """BibTeX in UTF-8; titles and bodies in double braces, so that neither case nor name order is touched."""
    return "\n".join(_entry(item) for item in items) + ("\n" if items else "")


def as_ris(items: list[dict]) -> str:
    """RIS: a tag, two spaces, a dash; lines end in CR LF."""
    kinds = dict([*_TYPES.values(), _OTHER])
    lines = []
    for item in items:
        lines.append(("TY", kinds[item["type"]]))
        lines += [("AU", author["literal"]) for author in item.get("author", ())]
        lines.append(("TI", item["title"]))
        lines.append(("T2", item.get("container-title", "")))
        lines.append(("PB", item.get("publisher", "")))
        lines.append(("DA", "/".join(_parts(item, "issued"))))
        lines.append(("PY", "".join(_parts(item, "issued")[:1])))
        lines.append(("UR", item.get("URL", "")))
        lines.append(("Y2", "/".join(_parts(item, "accessed"))))
        lines.append(("AN", item.get("archive_location", "")))
        lines.append(("LA", item.get("language", "")))
        lines.append(("N1", item.get("note", "")))
        lines.append(("ID", item["id"]))
        lines.append(("ER", None))
    written = (f"{tag}  - {_one_line(value or '')}" for tag, value in lines if value is None or value)
    return "".join(f"{line}\r\n" for line in written)


def _entry(item: dict) -> str:
    issued = _parts(item, "issued")
    fields = [
        ("author", " and ".join(f"{{{_tex(author['literal'])}}}" for author in item.get("author", ()))),
        ("title", f"{{{_tex(item['title'])}}}"),
        ("publisher", _tex(item.get("container-title") or item.get("publisher", ""))),
        ("year", issued[0] if issued else ""),
        ("month", _MONTHS[int(issued[1]) - 1] if issued else ""),
        ("day", str(int(issued[2])) if issued else ""),
        ("howpublished", rf"\url{{{_url(item['URL'])}}}" if "URL" in item else ""),
        ("urldate", "-".join(_parts(item, "accessed"))),
        ("note", _tex(item.get("note", ""))),
        ("language", _tex(item.get("language", ""))),
    ]
    # Months are names BibTeX knows, which stand bare.
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'}," for name, value in fields if value]
    return "\n".join([f"@misc{{{item['id']},", *lines, "}"])


def _date(day: str | None) -> dict | None:
    return {"date-parts": [[int(part) for part in day.split("-")]]} if day else None


def _parts(item: dict, name: str) -> list[str]:
    """Year, month and day as digits, or nothing."""
    parts = item[name]["date-parts"][0] if name in item else []
    return [f"{part:02d}" for part in parts]


def _tex(text: str) -> str:
    return _one_line(text).translate(_BIBTEX)


def _url(url: str) -> str:
    r"""Inside \url{} nothing is escaped, so that what could end it is encoded instead."""
    return "".join(f"%{ord(sign):02X}" if sign in "{}\\" else sign for sign in url)


def _one_line(text: str) -> str:
    return _LINES.sub(" ", text).strip()
