"""What an article rests on, as archived copies: the evidence of one edition or of the draft, to be given out whole."""

import json
from datetime import datetime

from articles.dossier import open_dossier
from articles.models import Article, Edition
from newsroom.core.errors import DomainError
from sources.models import Snapshot


def snapshots_of_edition(article: Article, *, number: int | None, now: datetime) -> list[Snapshot]:
    """The snapshots that the document of an edition names, by row id: of ``number``, or of the one that shows at
    ``now`` (aware). Raises DomainError ``edition_unknown``.

    Editions from before there were snapshots name none. Of a confidential source none is named, nor given out.
    """
    editions = article.editions.all() if number is not None else Edition.objects.current(now)
    wanted = {"article": article} | ({} if number is None else {"number": number})
    edition = editions.filter(**wanted).select_related("content").first()
    if edition is None:
        said = "shows no edition" if number is None else f"has no edition {number}"
        raise DomainError(
            "edition_unknown", "%(article)s %(said)s.", "edition", article=article.slug, said=said
        )
    return _given_out(public_id__in=_named_in(json.loads(edition.content.document)))


def snapshots_of_draft(article: Article) -> list[Snapshot]:
    """The snapshots in which the draft's citations have their passages, by row id."""
    cited = {c.snapshot_id for seen in open_dossier(article).segments for c in seen.citations}
    return _given_out(pk__in=cited - {None})


def _named_in(document: dict) -> set[str]:
    evidence = (entry for statement in document["content"]["statements"] for entry in statement["evidence"])
    return {entry["snapshot"]["id"] for entry in evidence if entry.get("snapshot")}


def _given_out(**named) -> list[Snapshot]:
    snapshots = Snapshot.objects.filter(source__confidential=False, **named)
    return list(snapshots.select_related("source").order_by("pk"))
