"""Which article a draft is a language version of: what may be named, asked whenever a draft is saved."""

from articles.access import raise_if_may_not
from articles.models import Article
from newsroom.core.errors import DomainError


def raise_if_no_translation(article: Article, *, by) -> None:
    """Raises DomainError where ``article`` cannot be a version of what it names, in its language.

    A version is of an original, never of another version; an article and its versions have a language each. Raises
    ``not_an_original``, ``same_language``, ``translated_already``; ``not_allowed`` or ``out_of_scope`` where ``by`` may
    not see the original. Four queries at most.
    """
    own = Article.objects.filter(translation_of=article.pk) if article.pk else Article.objects.none()
    original = article.translation_of
    if original is None:
        if own.filter(language=article.language).exists():
            raise DomainError("same_language", "It has a version in this language already.", "language")
        return
    raise_if_may_not(by, "see", original)
    # Its other versions, and whether it is one itself, are decided one after another.
    original = Article.objects.select_for_update(no_key=True).get(pk=original.pk)
    if original.translation_of_id or original.pk == article.pk or own.exists():
        raise DomainError(
            "not_an_original",
            "Name the original: an article that is no version of another. What has versions is one.",
            "translation_of",
        )
    if original.language == article.language:
        raise DomainError("same_language", "A version is in another language than its original.", "language")
    others = Article.objects.filter(translation_of=original, language=article.language)
    if others.exclude(pk=article.pk).exists():
        raise DomainError(
            "translated_already", "The original has a version in this language already.", "translation_of"
        )
