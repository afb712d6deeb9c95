"""What would be published of a draft as it stands: the same document, by the same template, stored nowhere."""

from dataclasses import dataclass
from datetime import datetime

from articles.documents import build_content, build_document
from articles.dossier import open_dossier
from articles.illustrating.previewed import inside_the_page, with_one_file_each
from articles.models import Article
from articles.readiness import Blocker, assess, standing
from articles.receipts import corrections_up_to, last_told
from articles.rendering.article import article_html
from articles.rendering.entries import Shown
from articles.rendering.withdrawals import withdrawn_in
from articles.rules.kinds import UNLISTED, Kind
from sources.models import Source


@dataclass(frozen=True)
class Preview:
    """``document`` is what publishing would freeze, ``standing`` what keeps it from that, ``waived`` what passes."""

    document: dict
    standing: list[Blocker]
    waived: list[Blocker]


def preview_of(article: Article, *, now: datetime) -> Preview:
    """The draft of ``article`` as its next edition, if it were published ``now``."""
    dossier = open_dossier(article)
    content = build_content(dossier)
    assessed = assess(dossier, content, now=now)
    waived = [blocker for blocker in assessed if blocker.waiver]
    told, last = last_told(article), article.editions.order_by("number").last()
    gone = told is not None and told.kind in UNLISTED
    document = build_document(
        content,
        article=article,
        last=last,
        kind=Kind.REINSTATEMENT if gone else Kind.UPDATE if told else Kind.FIRST,
        note="",
        not_yet_checked=sorted({blocker.place for blocker in waived}),
    )
    return Preview(document, standing(assessed), waived)


def is_embargoed(document: dict, *, now: datetime) -> bool:
    """Whether ``document`` rests on a source that is under embargo at ``now``."""
    cited = [source["id"] for source in document["content"]["sources"]]
    return Source.objects.filter(public_id__in=cited, embargoed_until__gt=now).exists()


def preview_html(article: Article, document: dict, *, at: datetime, marked: dict) -> str:
    """The page of ``document``, a preview of ``article`` (its draft, or what was pinned of it), as it would be at
    ``at``; ``marked`` is what the page says of that: ``title``, ``text``, and ``comment`` where it takes comments."""
    told, number = last_told(article), document["edition"]["number"]
    corrections = tuple(t for t in corrections_up_to(told) if t.number < number) if told else ()
    shown = Shown(since=at, first=article.editions.began() or at, corrections=corrections)
    content = document["content"]
    document = document | {"content": content | {"blocks": with_one_file_each(content["blocks"])}}
    return article_html(document, shown, withdrawn_in([document]), marked, inside_the_page)
