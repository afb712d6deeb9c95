"""Write what the newsroom says of itself, and let readers see it once a second person has read it."""

from datetime import datetime

from django.db import IntegrityError, transaction

from articles.access import raise_if_may_not
from articles.body.unmarked import unmarked_html
from articles.models import SitePage, SitePageApproval
from articles.purging import site_page_key
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.core.purging import purge_after_commit
from newsroom.core.typed import typed

LONGEST_TITLE = 100
LONGEST_TEXT = 50_000


@transaction.atomic
def write_page(
    subject: str, language: str, *, title: str, body: str, after: int, by, now: datetime
) -> SitePage:
    """A further text of the page; readers go on seeing the one before until this one is approved.

    ``after`` is the number of the text it was written over, 0: there was none. Raises DomainError ``not_allowed``,
    ``page_changed``, ``title_missing``, ``text_missing``, ``text_too_long``, ``nothing_changed``.
    """
    raise_if_may_not(by, "write_page")
    latest = _latest(subject, language)
    if (latest.number if latest else 0) != after:
        raise _changed()
    title = typed(title, "title", limit=LONGEST_TITLE, lines=False)
    if not title:
        raise DomainError("title_missing", "Give the page a title.", "title")
    if len(body) > LONGEST_TEXT:
        raise DomainError(
            "text_too_long", "This has more than %(limit)s characters.", "body", limit=LONGEST_TEXT
        )
    body = unmarked_html(body)
    if not body:
        raise DomainError("text_missing", "Write the text of the page.", "body")
    if latest and (latest.title, latest.body) == (title, body):
        raise DomainError("nothing_changed", "Nothing of it is different.")
    page = SitePage(subject=subject, language=language, number=after + 1, title=title, body=body)
    page.written_by, page.written_at = by, now
    try:
        with transaction.atomic():
            page.save()
    except IntegrityError:  # Two at once: the number is given once.
        raise _changed() from None
    record("page.written", page, by=by, now=now, number=page.number)
    return page


@transaction.atomic
def approve_page(page: SitePage, *, by, now: datetime) -> SitePage:
    """Let readers see ``page``, the latest text of its page, instead of what they saw before.

    Raises DomainError ``not_allowed``, ``own_text``, ``page_changed``, ``approved_already``.
    """
    raise_if_may_not(by, "approve_page")
    if page.written_by_id == by.pk:
        raise DomainError("own_text", "You wrote this text yourself: somebody else has to read it.")
    if _latest(page.subject, page.language) != page:
        raise _changed()
    _approval, is_new = SitePageApproval.objects.get_or_create(page=page, defaults={"by": by, "at": now})
    if not is_new:
        raise DomainError("approved_already", "Readers see this text already.")
    record("page.approved", page, by=by, now=now, number=page.number)
    purge_after_commit([site_page_key(page.subject)])
    return page


def _latest(subject: str, language: str) -> SitePage | None:
    return SitePage.objects.filter(subject=subject, language=language).order_by("-number").first()


def _changed() -> DomainError:
    return DomainError("page_changed", "Somebody else has written a text of this page meanwhile.")
