"""Change the address of an article; the former ones lead to it for ever."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from articles.access import raise_if_may_not
from articles.draft_locks import lock
from articles.models import Article, Edition, FormerAddress
from articles.publishing.announcing import announce_move
from articles.purging import LISTS, keys_of
from articles.rendering.rebuilding import rebuild
from articles.taking_turns import while_nothing_is_published
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.core.purging import purge_after_commit


@transaction.atomic
def change_address(article: Article, *, slug: str, by, now: datetime) -> Article:
    """Let ``article`` stand at ``slug``; what it had becomes a redirect. A slug it had before may come back.

    Raises DomainError ``not_allowed``, ``slug_invalid``, ``slug_taken``, ``nothing_changed``.
    """
    # Whoever makes pages anew would put the former address back.
    now = while_nothing_is_published(now)
    article = lock(article)
    raise_if_may_not(by, "change_address", article)
    _raise_if_no_slug(article, slug)
    was, article.slug = article.slug, slug
    FormerAddress.objects.filter(article=article, slug=slug).delete()
    FormerAddress.objects.create(article=article, slug=was, until=now)
    article.save(update_fields=["slug"])
    record("article.moved", article, by=by, now=now, was=was, slug=slug)
    # The address stands in the finished bytes.
    rebuild(article.editions.values_list("pk", flat=True))
    purge_after_commit([*keys_of(article), LISTS])
    if Edition.objects.released(now).filter(article=article).exists():
        announce_move(article, now=now)
    return article


def _raise_if_no_slug(article: Article, slug: str) -> None:
    try:
        Article._meta.get_field("slug").clean(slug, article)
    except ValidationError as error:
        raise DomainError("slug_invalid", " ".join(error.messages), "slug") from None
    if slug == article.slug:
        raise DomainError("nothing_changed", "This is its address already.", "slug")
    if Article.slug_taken(slug, but=article):
        raise DomainError("slug_taken", "This address is, or was, that of another article.", "slug")
