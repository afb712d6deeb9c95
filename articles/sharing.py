"""Let somebody without an account read a draft by a link that ends, and can be ended.

The one module by which a door for outsiders comes to the desk side: :func:`open_link` hands out a finished page, and
nothing a page of the site would not show (articles.documents); :func:`comment_by_link` brings a guest's words in.
"""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import Case, F, Q, When
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from articles.access import raise_if_may_not
from articles.commenting import comment
from articles.draft_locks import lock
from articles.models import Article, Comment, Edition, ShareLink
from articles.previewing import is_embargoed, preview_html, preview_of
from articles.rendering.dates import moment
from articles.rendering.pages import interface_language
from articles.rules.canonical import canonical_json
from articles.rules.kinds import UNLISTED
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.core.typed import typed

# A link that nobody remembers ends by itself.
LONGEST = timedelta(days=30)
# Of one article at a time.
MOST_OPEN = 50
TOKEN_BYTES = 32
LABEL_LENGTH = 200
# What guests may say about one article, by whatever links: so many comments within so long.
MOST_SAID, WITHIN = 30, timedelta(hours=1)
# What one link opens for all who have it: so often within so long; more is a machine.
MOST_OPENED, OPENED_WITHIN = 60, timedelta(minutes=1)
# Characters of a sentence by which a guest chooses it.
CHOSEN_BY = 60


@dataclass(frozen=True)
class Opened:
    """What a link opens: the finished page, and the link itself."""

    link: ShareLink
    html: str


@transaction.atomic
def share(
    article: Article,
    *,
    by,
    now: datetime,
    expires_at: datetime,
    pinned: bool,
    may_comment: bool = False,
    label: str = "",
) -> tuple[ShareLink, str]:
    """A link to the draft, and the token of its address, which is told only now.

    ``pinned`` keeps what it shows as the draft stands; else it follows the draft. A draft that rests on a source under
    embargo can be shared: the desk decides, and the page says so. Raises DomainError ``not_allowed``, ``sealed``,
    ``expires_too_late``, ``moment_passed``, ``article_gone``, ``legal_hold``, ``too_many_links``.
    """
    article = lock(article)
    raise_if_may_not(by, "share", article)
    _raise_if_no_end(expires_at, now)
    if _is_gone(article, now):
        raise DomainError("article_gone", "The article was taken from readers: no link to it is made.")
    if article.standing_hold:
        raise DomainError("legal_hold", "The article is under legal hold: nobody outside reads it.")
    if article.share_links.filter(revoked_at=None, expires_at__gt=now).count() >= MOST_OPEN:
        raise DomainError(
            "too_many_links", "There are %(most)d open links already: revoke one first.", None, most=MOST_OPEN
        )
    preview = preview_of(article, now=now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = ShareLink.objects.create(
        article=article,
        token_digest=_digest(token),
        label=typed(label, "label", limit=LABEL_LENGTH, lines=False),
        pinned=canonical_json(preview.document) if pinned else "",
        may_comment=may_comment,
        made_by=by,
        made_at=now,
        expires_at=expires_at,
    )
    facts = {"link": link.public_id, "expires_at": expires_at.isoformat(), "pinned": pinned}
    facts |= {"may_comment": may_comment, "embargoed": is_embargoed(preview.document, now=now)}
    record("article.shared", article, by=by, now=now, **facts)
    return link, token


@transaction.atomic
def revoke_share(link: ShareLink, *, by, now: datetime) -> ShareLink:
    """End a link at once. Raises DomainError ``not_allowed``, ``revoked_already``."""
    raise_if_may_not(by, "revoke_share", link.article)
    link = ShareLink.objects.select_for_update(of=("self",)).select_related("article").get(pk=link.pk)
    if link.revoked_at:
        raise DomainError("revoked_already", "This link was revoked already.")
    link.revoked_by, link.revoked_at = by, now
    link.save(update_fields=["revoked_by", "revoked_at"])
    record("article.share_revoked", link.article, by=by, now=now, link=link.public_id)
    return link


def open_link(token: str, *, now: datetime, form: dict | None = None) -> Opened | None:
    """What the link with this token shows at ``now``, and that it was used; None for every reason not to open.

    ``form`` is what its form for comments holds, where it takes some: ``name``, ``place`` and ``text`` as typed,
    ``error`` or ``done``. The link is found by the digest of the token, so how long that takes tells nothing about
    other tokens. Raises DomainError ``too_many_openings``.
    """
    link = find_link(token, now=now)
    if link is None:
        return None
    _count(link, now)
    if link.pinned:
        document, at = json.loads(link.pinned), link.made_at
    else:
        document, at = preview_of(link.article, now=now).document, now
    marked = _marked(link, document, embargoed=is_embargoed(document, now=now))
    if link.may_comment:
        with translation.override(interface_language(document["content"]["language"])):
            marked["comment"] = {"places": places_of(document), **(form or {})}
    return Opened(link, preview_html(link.article, document, at=at, marked=marked))


@transaction.atomic
def comment_by_link(token: str, *, name: str, place: str, text: str, now: datetime) -> Comment | None:
    """What a guest called ``name`` says about ``place``; None where the link does not open or takes no comments.

    Raises what :func:`articles.commenting.comment` raises, and DomainError ``too_many_comments`` from guests, each in
    the language of the page.
    """
    link = find_link(token, now=now)
    if link is None or not link.may_comment:
        return None
    with translation.override(interface_language(link.article.language)):
        said = Comment.objects.filter(article=link.article, by=None, at__gt=now - WITHIN)
        if len(said.values("pk")[:MOST_SAID]) >= MOST_SAID:
            raise DomainError("too_many_comments", "There are many comments already: try again in an hour.")
        return comment(link.article, by=None, guest_name=name, place=place, text=text, now=now)


def find_link(token: str, *, now: datetime) -> ShareLink | None:
    """The link with this token, if it opens at ``now``."""
    link = ShareLink.objects.filter(token_digest=_digest(token)).select_related("article").first()
    if link is None or not link.is_open(now):
        return None
    article = link.article
    closed = article.sealed_at or article.trashed_at or article.standing_hold
    return None if closed or _is_gone(article, now) else link


def places_of(document: dict) -> list[tuple[str, str]]:
    """What a page can be commented on, the whole first, and by which words it is chosen."""
    content = document["content"]
    whole = [("", _("The whole article")), ("headline", _("Headline")), ("standfirst", _("Standfirst"))]
    sentences = [
        (said["key"], f"{said['paragraph']}.{said['sentence']} {Truncator(said['wording']).chars(CHOSEN_BY)}")
        for said in content["statements"]
    ]
    return [*whole, *sentences]


def _count(link: ShareLink, now: datetime) -> None:
    """Count one opening, in one statement, so that all processes count together; refuse it above the most."""
    recent = Q(counted_from__gt=now - OPENED_WITHIN)
    counted = ShareLink.objects.filter(~recent | Q(counted__lt=MOST_OPENED), pk=link.pk).update(
        counted=Case(When(recent, then=F("counted") + 1), default=1),
        counted_from=Case(When(recent, then=F("counted_from")), default=now),
        uses=F("uses") + 1,
        last_used_at=now,
    )
    if not counted:
        raise DomainError("too_many_openings", "This link is opened too often: try again in a minute.")


def _digest(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def _is_gone(article: Article, now: datetime) -> bool:
    """Whether the article is retracted, unpublished or taken down: what beats every channel beats this one (rule 7)."""
    edition = Edition.objects.current(now).filter(article=article).first()
    return edition is not None and edition.kind in UNLISTED


def _raise_if_no_end(expires_at: datetime, now: datetime) -> None:
    if expires_at <= now:
        raise DomainError("moment_passed", "The moment it ends has passed.", "expires_at")
    if expires_at > now + LONGEST:
        raise DomainError(
            "expires_too_late", "A link is open for %(days)d days at most.", "expires_at", days=LONGEST.days
        )


def _marked(link: ShareLink, document: dict, *, embargoed: bool) -> dict:
    """What the page says of itself, in its own language."""
    with translation.override(interface_language(document["content"]["language"])):
        until, made = moment(link.expires_at)["text"], moment(link.made_at)["text"]
        said = [
            _("This is how the draft stood on %(when)s; it does not change.") % {"when": made}
            if link.pinned
            else _("This is the draft as it stands now; it may change.")
        ]
        if embargoed:
            said.append(_("It rests on sources under embargo: keep it to yourself until it is published."))
        said.append(_("The link is open until %(when)s. Please do not pass it on.") % {"when": until})
        return {"title": _("Preview, not published."), "text": " ".join(said)}
