"""Two versions of one draft: the one that was typed and the one that somebody saved meanwhile, side by side.

Nothing is merged. A person chooses one of them whole, and the other is kept: what was saved in the versions, what was
typed set aside.
"""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from articles.admin.differences import differences
from articles.body.html import parse_html, render_html
from articles.drafting import draft_with
from articles.models import Article
from articles.versions.comparing import compare
from articles.versions.listing import versions
from articles.versions.reading import stands
from articles.versions.restoring import set_aside
from newsroom.core.errors import DomainError


def as_stored(article: Article) -> str:
    """The body as HTML that has passed the allowlist in this very call, so safe to show."""
    return mark_safe(render_html(parse_html(article.body)))  # noqa: S308


def conflict_of(article: Article, form) -> dict | None:
    """What the page shows of ``form``, which is based on an older version than the stored ``article``."""
    if not form.is_stale:
        return None
    saved = next(iter(versions(article)[0]), None)
    told = {"theirs": article, "theirs_body": as_stored(article), "by": saved and saved.by, "changes": None}
    try:
        mine = draft_with(article, **form.draft())
    except DomainError:
        # What was typed cannot be saved at all; it stands in the form, with the reason.
        return told
    changed = compare(stands(article), stands(mine))
    return told | {
        "mine": mine,
        "mine_body": as_stored(mine),
        "changes": differences(changed["texts"], changed["statements"]),
    }


def put_aside(request, article: Article, form):
    """Set aside what was typed into ``form`` and show it beside the draft as it stands; None if it cannot be kept."""
    form.asks_version = False
    if not form.is_valid():
        return None
    draft, now = form.draft(), timezone.now()
    based_on = form.cleaned_data.get("version") or article.version
    kept = set_aside(article, by=request.user, now=now, based_on=based_on, **draft)
    messages.success(
        request, _("What you typed was set aside; it stands here beside the draft as it is now.")
    )
    page = reverse("admin:articles_article_versions", args=[article.pk])
    return HttpResponseRedirect(f"{page}?a={article.version}&b={kept.name}#compared")
