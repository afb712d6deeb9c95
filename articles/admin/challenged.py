"""Readers' challenges on My desk, and on the pages of what they doubt."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.access import may
from articles.admin.desk_lists import Listed, Row, listed, moment
from articles.models import Article, Challenge, Claim, Quote
from articles.models.section import in_scope
from articles.noticing import challenge_path
from newsroom.core.merged import rows_of

# Of one article, claim or quote.
SHOWN = 20


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


def open_challenges(about: Article | Claim | Quote, user) -> list[Challenge]:
    """The oldest open ones about sentences of an article, or about what rests on a claim or quote, wherever ``user``
    works. One query."""
    if isinstance(about, Article):
        doubted = Q(edition__article=about)
    elif isinstance(about, Claim):
        doubted = Q(statement__claim__in=rows_of(about))
    else:
        doubted = Q(statement__quotes__quote=about)
    rows = Challenge.objects.filter(doubted, in_scope(user, "edition__article__"), resolved_at=None)
    return list(rows.select_related("taken_by").order_by("pk")[:SHOWN])
