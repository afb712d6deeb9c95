"""Stories for feeds, and how feeds are read."""

from datetime import timedelta

from lxml import etree

from articles import corrections
from articles.models import Edition
from tests.making import NOW, Desk

FORMS = {"atom.xml": "atom", "feed.json": "jsonfeed", "rss.xml": "rss"}
ALL = [f"/feeds/{which}{form}" for which in ("", "corrections/") for form in FORMS]
ATOM = "{http://www.w3.org/2005/Atom}"
DELETED = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
NOTE = "It was signed on 28 May, not on 27 May."
SIGNED = "Two states signed a treaty on 28 May 2026"


def later(**delta):
    return NOW + timedelta(**delta)


def items(client, path: str = "/feeds/feed.json") -> list[dict]:
    return client.get(path).json()["items"]


def atom(client, path: str = "/feeds/atom.xml"):
    return etree.fromstring(client.get(path).content)


def tombstones(client, path: str = "/feeds/atom.xml") -> dict[str, str]:
    found = atom(client, path).findall(DELETED)
    return {stone.get("ref"): "".join(stone.itertext()).strip() for stone in found}


def id_of(desk: Desk) -> str:
    return f"tag:localhost,2026:article-{desk.article.public_id}"


def corrected(*, slug: str = "a-treaty", minutes: int = 10, kind: str = "correction", **options) -> Desk:
    desk = Desk(slug=slug)
    desk.publish()
    desk.now = later(minutes=minutes)
    desk.save(body=desk.body(signed=SIGNED))
    desk.publish(kind=kind, note=NOTE, **options)
    return desk


def end(desk: Desk, how: str, **options) -> Edition:
    acting = {"by": desk.duty, "now": later(minutes=30)}
    match how:
        case "retract":
            return corrections.retract(desk.reload(), note="It was made up.", **acting, **options)
        case "unpublish":
            return corrections.unpublish(desk.reload(), reason="Rights.", **acting, **options)
    return corrections.take_down(desk.reload(), reason="A court said so.", **acting)
