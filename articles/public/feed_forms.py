"""A feed as Atom (RFC 4287, tombstones of RFC 6721), RSS 2.0 or JSON Feed 1.1."""

from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from io import StringIO

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, rfc2822_date, rfc3339_date

from articles.public.feed_entries import Entry, Gone
from articles.rendering.entries import utc
from newsroom.core.answering import as_json

# When nothing has ever happened.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
JSON_FEED = "https://jsonfeed.org/version/1.1"


@dataclass(frozen=True)
class Feed:
    """What every form says: ``name`` of the newsroom, ``home`` of the site and ``own`` address of the feed, whole."""

    id: str
    name: str
    title: str
    description: str
    language: str
    home: str
    own: str
    entries: list[Entry]
    gone: list[Gone]

    @property
    def updated(self) -> datetime:
        """The last moment at which anything in it changed."""
        moments = [entry.updated for entry in self.entries] + [gone.moment for gone in self.gone]
        return max(moments, default=NEVER)

    @property
    def everything(self) -> list[Entry | Gone]:
        """Newest first: for the forms that have no other way to say that something is gone."""
        return sorted([*self.entries, *self.gone], key=lambda each: each.moment, reverse=True)


class _Atom(Atom1Feed):
    def root_attributes(self):
        return super().root_attributes() | {"xmlns:at": TOMBSTONES}

    def latest_post_date(self):
        return self.feed["updated"]

    def item_attributes(self, item):
        return {"xml:lang": item["entry"].language}

    def add_item_elements(self, handler, item):
        entry = item["entry"]
        handler.addQuickElement("id", entry.id)
        handler.addQuickElement("title", entry.title)
        handler.addQuickElement("published", rfc3339_date(entry.published))
        handler.addQuickElement("updated", rfc3339_date(entry.updated))
        handler.addQuickElement("link", "", {"rel": "alternate", "type": "text/html", "href": item["link"]})
        for name in entry.authors:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.endElement("author")
        handler.addQuickElement("summary", entry.summary, {"type": "text"})
        handler.addQuickElement("content", entry.html, {"type": "html"})

    def write_items(self, handler):
        super().write_items(handler)
        for gone in self.feed["gone"]:
            when = {"ref": gone.id, "when": rfc3339_date(gone.moment)}
            handler.startElement("at:deleted-entry", when)
            handler.addQuickElement("at:comment", gone.notice, {"type": "text", "xml:lang": gone.language})
            handler.endElement("at:deleted-entry")


class _Rss(Rss201rev2Feed):
    def rss_attributes(self):
        return super().rss_attributes() | {
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }

    def latest_post_date(self):
        return self.feed["updated"]

    def add_item_elements(self, handler, item):
        match item["entry"]:
            case Gone() as gone:
                self._add(handler, gone, gone.notice, f"<p>{escape(gone.notice)}</p>", gone.moment)
            case entry:
                for name in entry.authors:
                    handler.addQuickElement("dc:creator", name)
                self._add(handler, entry, entry.summary, entry.html, entry.published)

    def _add(self, handler, each: Entry | Gone, summary: str, html: str, at: datetime) -> None:
        handler.addQuickElement("title", each.title)
        if each.address:
            handler.addQuickElement("link", each.address)
        handler.addQuickElement("guid", each.id, {"isPermaLink": "false"})
        handler.addQuickElement("pubDate", rfc2822_date(at))
        handler.addQuickElement("dc:language", each.language)
        handler.addQuickElement("description", summary)
        handler.addQuickElement("content:encoded", html)


def as_atom(feed: Feed) -> bytes:
    """Atom, the form that can say by itself that an entry is gone."""
    return _written(_Atom, feed, feed.entries)


def as_rss(feed: Feed) -> bytes:
    """RSS 2.0, where what is gone stays under its id as a notice."""
    return _written(_Rss, feed, feed.everything)


def as_json_feed(feed: Feed) -> bytes:
    """JSON Feed 1.1, as RSS, with an extension object for what only machines want."""
    return as_json(
        {
            "version": JSON_FEED,
            "title": feed.title,
            "home_page_url": feed.home,
            "feed_url": feed.own,
            "description": feed.description,
            "language": feed.language,
            "authors": [{"name": feed.name, "url": feed.home}],
            "items": [_item(each) for each in feed.everything],
        }
    )


def _written(form, feed: Feed, entries: list) -> bytes:
    generator = form(
        title=feed.title,
        link=feed.home,
        description=feed.description,
        subtitle=feed.description,
        language=feed.language,
        author_name=feed.name,
        author_link=feed.home,
        feed_url=feed.own,
        feed_guid=feed.id,
        updated=feed.updated,
        gone=feed.gone,
    )
    for entry in entries:
        generator.add_item(title=entry.title, link=entry.address, description=None, entry=entry)
    written = StringIO()
    generator.write(written, "utf-8")
    return written.getvalue().encode()


def _item(each: Entry | Gone) -> dict:
    match each:
        case Gone():
            item = {
                "content_text": each.notice,
                "date_published": utc(each.moment),
                "_newsroom": {"kind": each.kind},
            }
        case Entry():
            item = {
                "content_html": each.html,
                "summary": each.summary,
                "date_published": utc(each.published),
                "date_modified": utc(each.updated),
                "_newsroom": each.own,
            }
            if each.authors:
                item["authors"] = [{"name": name} for name in each.authors]
    url = {"url": each.address} if each.address else {}
    return {"id": each.id, **url, "title": each.title, "language": each.language, **item}


# Name of the form in addresses → media type, and how it is written.
FORMS = {
    "atom.xml": ("application/atom+xml; charset=utf-8", as_atom),
    "feed.json": ("application/feed+json", as_json_feed),
    "rss.xml": ("application/rss+xml; charset=utf-8", as_rss),
}
