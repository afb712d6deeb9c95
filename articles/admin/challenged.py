"""Readers' challenges on My desk."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.access import may
from articles.admin.desk_lists import Listed, Row, listed, moment
from articles.models import Challenge
from articles.models.section import in_scope
from articles.noticing import challenge_path


def challenges_for(user) -> Listed:
    """Those that ``user`` looks into, then those that nobody does: of everything they work on, if they resolve any;
    else of their own articles. The oldest first."""
    rows = Challenge.objects.filter(in_scope(user, "edition__article__"), resolved_at=None)
    free = Q(taken_by=None)
    if not may(user, "resolve_challenge"):
        free &= Q(edition__article__created_by=user) | Q(edition__article__byline__person__user=user)
    rows = rows.filter(Q(taken_by=user) | free).select_related("edition__article")
    rows = rows.defer("edition__article__body").order_by("taken_by_id", "pk").distinct()

    def row(challenge: Challenge) -> Row:
        about = f"“{challenge.wording[:80]}”: {challenge.words[:120]} ({moment(challenge.at)})"
        tags = [("stop", str(challenge.get_doubt_display()))]
        tags += [("", _("mine"))] if challenge.taken_by_id else []
        return Row(str(challenge.article), challenge_path(challenge), about, tags)

    more = f"{reverse('admin:articles_challenge_changelist')}?resolved_at__isempty=1"
    return listed("challenges", gettext_lazy("Readers doubt"), rows, row, more=more)
