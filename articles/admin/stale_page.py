"""Claims whose shelf life is over, with every sentence that says them (N14)."""

from collections import defaultdict
from datetime import date

from django.contrib import admin
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Q
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.admin.my_desk import stale_claims
from articles.models import Article, Claim, Edition, Statement
from articles.models.section import in_scope
from newsroom.admin_site import standing_page
from newsroom.desk_admin import may_any

PAGE = 25
# Sentences, and drafts, of all claims of a page together.
MOST = 300


@standing_page("stale/", "stale")
def stale_page(request):
    if not may_any(request.user, ("see",)):
        raise PermissionDenied
    now = timezone.now()
    claims = list(_behind(request, stale_claims(now)).order_by("review_by", "pk")[: PAGE + 1])
    shown, more = claims[:PAGE], len(claims) > PAGE
    sentences, drafts = _said(shown, request.user, now), _drafts(shown, request.user)
    context = {
        **admin.site.each_context(request),
        "title": _("Claims to look at again"),
        "page_title": _("Claims to look at again"),
        "rows": [(claim, sentences[claim.pk], drafts[claim.public_id]) for claim in shown],
        "behind": f"{shown[-1].review_by.isoformat()}.{shown[-1].pk}" if more else "",
    }
    return TemplateResponse(request, "admin/articles/stale.html", context)


def _behind(request, claims):
    """From the place where the page before ended; raises BadRequest for one that there is none of."""
    place = request.GET.get("behind", "")
    if not place:
        return claims
    day, _dot, pk = place.partition(".")
    try:
        last = date.fromisoformat(day)
    except ValueError:
        raise BadRequest("no such place") from None
    if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        raise BadRequest("no such place")
    return claims.filter(Q(review_by__gt=last) | Q(review_by=last, pk__gt=int(pk)))


def _said(claims, user, now) -> dict[int, list[Statement]]:
    """The sentences of what readers have, and of what waits, by the row id of their claim, which may be another's in
    the edition: that was merged into it since. One query."""
    editions = Edition.objects.listed(now) | Edition.objects.waiting(now).filter(in_scope(user, "article__"))
    named = Claim.objects.filter(Q(pk__in=[claim.pk for claim in claims]) | Q(merged_into__in=claims))
    rows = Statement.objects.filter(claim__in=named.values("pk"), edition__in=editions)
    rows = rows.select_related("edition__article", "claim").defer("edition__article__body")
    found = defaultdict(list)
    for row in rows.order_by("-edition_id", "position")[:MOST]:
        found[row.claim.merged_into_id or row.claim_id].append(row)
    return found


def _drafts(claims, user) -> dict[str, list[Article]]:
    """The drafts that name them, by the public id of the claim. One query."""
    named = [claim.public_id for claim in claims]
    rows = Article.objects.visible_to(user).not_trashed().filter(rests_on__overlap=named, under_way=True)
    rows = rows.defer("body")
    found = defaultdict(list)
    for article in rows.order_by("-saved_at")[:MOST]:
        for public_id in set(article.rests_on) & set(named):
            found[public_id].append(article)
    return found
