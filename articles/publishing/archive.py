"""Release what was published before the evidence rules."""

from datetime import UTC, date, datetime

from django.db import transaction

from articles.access import raise_if_may_not
from articles.documents import build_content
from articles.dossier import open_dossier
from articles.draft_locks import lock
from articles.models import Article, Edition
from articles.publishing.announcing import announce
from articles.publishing.editions import Making, make_edition
from articles.readiness import NotReady, draft_blockers
from articles.rules.kinds import Kind
from articles.rules.stages import MOVES
from articles.taking_turns import while_sources_stand
from articles.versions.reading import says_what_it_said_first
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError


@transaction.atomic
def release_as_archive(article: Article, *, published_on: date, by, now: datetime) -> Edition:
    """Release an imported old story under the visible label "published before our evidence rules".

    Nobody has checked it, and it says so on every sentence; ``published_on`` is its original date, before today in
    UTC. Raises :class:`articles.readiness.NotReady` with the absolute blockers of the draft, or DomainError
    ``not_allowed``, ``not_an_import`` (it came with no archive), ``published_already``, ``changed_since_import``,
    ``date_not_past``.
    """
    while_sources_stand()
    article = lock(article)
    raise_if_may_not(by, "release_as_archive", article)
    imported = getattr(article, "imported", None)
    if imported is None or not imported.archive:
        raise DomainError(
            "not_an_import", "Only what was imported with an archive can be released as archive."
        )
    if article.editions.exists():
        raise DomainError("published_already", "This article has an edition already.")
    if article.version != 1 and not says_what_it_said_first(article):
        raise DomainError("changed_since_import", "The draft is no longer what was imported.", "version")
    if published_on >= now.astimezone(UTC).date():
        raise DomainError("date_not_past", "An archive story is of a day before today.", "published_on")
    dossier = open_dossier(article)
    if absolute := [blocker for blocker in draft_blockers(dossier, shows_from=now) if blocker.absolute]:
        raise NotReady(absolute)
    making = Making(
        kind=Kind.FIRST,
        note="",
        by=by,
        now=now,
        shows_from=now,
        waived=tuple(sorted(dossier.by_key)),
        archive={"published_on": published_on.isoformat()},
    )
    edition = make_edition(article, build_content(dossier), making, told=None, dossier=dossier)
    article.stage = MOVES["release_as_archive"][1]
    article.under_way = False
    article.save(update_fields=["stage", "under_way"])
    record("article.released_as_archive", article, by=by, now=now, published_on=published_on.isoformat())
    announce(edition, now=now)
    return edition
