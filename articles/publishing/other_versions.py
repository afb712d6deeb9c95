"""What becomes of an article is told on the pages of its language versions (articles.rendering.language_versions)."""

from django.db.models import Q

from articles.models import Article, Edition
from articles.purging import keys_of
from articles.rendering.rebuilding import mark_outdated
from newsroom.core.deferring import defer
from newsroom.core.purging import purge_after_commit


def versions_to_make_anew(article: Article) -> None:
    """Let the pages of the other versions of ``article``, and its own, be made anew: what is public of it has changed.

    Nothing for an article without versions, at the price of one query. Part of the act; the queue does the work, or
    the next reader.
    """
    # Not one of them alone: for a single row the server would rather look through all editions than ask the indexes.
    tied = Q(article=article, translation_of__isnull=False) | Q(translation_of=article)
    if not list(Edition.objects.filter(tied).order_by().values_list("pk", flat=True)):
        return
    roots = Edition.objects.filter(article=article).values("translation_of")
    showing = Edition.objects.listed_as_told()
    of_it = showing.version_of([article.pk]) | showing.version_of(roots)
    shown = list(of_it.select_related("article"))
    others = [edition.article for edition in shown if edition.article_id != article.pk]
    if others:
        mark_outdated(Edition.objects.filter(pk__in=[edition.pk for edition in shown]))
        purge_after_commit([key for other in others for key in keys_of(other)])
        defer("articles.tasks.remake_outdated", lock="remake_outdated")
