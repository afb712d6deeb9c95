"""Write a story out: as numbered text, JSON, Markdown or a page; from an edition's document or from the draft."""

import json
import re
from dataclasses import dataclass
from datetime import datetime

from articles.body.model import Block, Body, Figure, Segment
from articles.documents import build_content, build_document
from articles.dossier import open_dossier
from articles.models import Article, Edition
from articles.numbered_text import write
from articles.rendering.article import article_html
from articles.rendering.entries import Shown
from articles.rendering.figures import public_picture, widest_jpeg
from articles.rendering.pages import address
from articles.rendering.withdrawals import withdrawn_in
from articles.rules.canonical import canonical_json
from articles.rules.kinds import Kind
from newsroom.core.errors import DomainError

_MARKDOWN = re.compile(r"([\\`*_#<>|])")


@dataclass(frozen=True)
class Export:
    """A document to write out; ``edition`` is None for the draft as it stands."""

    document: dict
    edition: Edition | None = None

    @property
    def content(self) -> dict:
        return self.document["content"]


def export_edition(article: Article, number: int) -> Export:
    """The edition ``number`` of ``article``. Raises DomainError ``edition_unknown``."""
    edition = article.editions.filter(number=number).select_related("content").first()
    if edition is None:
        raise DomainError(
            "edition_unknown",
            "%(article)s has no edition %(number)s.",
            "edition",
            article=article.slug,
            number=number,
        )
    return Export(json.loads(edition.content.document), edition)


def export_draft(article: Article) -> Export:
    """The draft, in the document that publishing it would make; nothing is stored."""
    last = article.editions.order_by("number").last()
    document = build_document(
        build_content(open_dossier(article)),
        article=article,
        last=last,
        kind=Kind.UPDATE if last else Kind.FIRST,
        note="",
        not_yet_checked=[],
    )
    return Export(document)


def as_numbered(export: Export) -> str:
    """Numbered text: canonical, and for a text that was canonical when it was imported the same bytes."""
    groups = {statement["key"]: statement["group"] for statement in export.content["statements"]}
    return write(body_of(export.content), groups, final_newline=export.document["final_newline"])


def as_json(export: Export) -> str:
    """The document as canonical JSON; of an edition the very bytes its digest is of."""
    return canonical_json(export.document)


def as_page(export: Export, *, now: datetime) -> str:
    """The page readers see of an edition; for the draft, the page it would be if it were published ``now``."""
    withdrawn = withdrawn_in([export.document])
    if export.edition is None:
        return article_html(export.document, Shown(since=now, first=now), withdrawn)
    shown = Shown(
        since=export.edition.release.showing.lower or now,
        first=export.edition.article.editions.began() or now,
    )
    return article_html(export.document, shown, withdrawn)


def as_markdown(export: Export) -> str:
    """CommonMark: the story with its numbers, then the sources."""
    content = export.content
    groups = {statement["key"]: statement["group"] for statement in content["statements"]}
    parts = [f"# {_plain(content['headline']['text'])}"] if content["headline"]["text"] else []
    if content["standfirst"]["text"]:
        parts.append(f"**{_plain(content['standfirst']['text'])}**")
    for block, told in zip(body_of(content).blocks, content["blocks"], strict=True):
        if block.kind == "figure":
            parts.append(_figure(told))
            continue
        text = _plain(write(Body((block,)), groups, final_newline=False))
        parts.append(
            {"h2": "## ", "h3": "### ", "ul": "- ", "ol": "1. ", "blockquote": "> "}.get(block.kind, "")
            + text
        )
    parts += ["## Sources" if content["language"] == "en" else "## Źródła"] if content["sources"] else []
    parts += ["\n".join(f"{source['number']}. {_source(source)}" for source in content["sources"])]
    return "\n\n".join(part for part in parts if part) + "\n"


def body_of(content: dict) -> Body:
    """The body of a document: its blocks and segments, which is all that writing its text needs."""
    return Body(
        tuple(
            Block(
                block["kind"],
                block["text"],
                segments=tuple(
                    Segment(m["start"], m["end"], m["key"]) for m in block["marks"] if m["mark"] == "segment"
                ),
                figure=_shown(block),
            )
            for block in content["blocks"]
        )
    )


def _shown(block: dict) -> Figure | None:
    if "figure" not in block:
        return None
    figure = block["figure"]
    image = figure["image"] or {"id": "", "alt": ""}
    return Figure(figure["key"], image["id"], tuple(figure["rests_on"]), image["alt"])


def _figure(block: dict) -> str:
    image = block["figure"]["image"]
    if image is None:
        return _plain(block["text"])
    widest = widest_jpeg(image)
    picture = f"![{_plain(image['alt'])}](<{address(public_picture(widest['digest'], widest['form']))}>)"
    return "  \n".join(filter(None, [picture, _plain(block["text"]), _plain(image["credit"])]))


def _source(source: dict) -> str:
    title = _plain(source.get("label") or source["title"] or source["url"] or "…")
    named = f"[{title}](<{source['url']}>)" if source["url"] else title
    publisher = _plain(source["publisher"]["name"]) if source["publisher"] else ""
    return ", ".join(part for part in (named, publisher, source["published_on"]) if part)


def _plain(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)
