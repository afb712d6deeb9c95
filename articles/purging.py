"""Surrogate keys: by which names caches know our answers, and which of them an act makes stale."""

from articles.models import Article
from sources.models import Source

# Everything that lists articles, statements or corrections: any act that shows or hides something makes it stale.
LISTS = "lists"


def article_key(name: str) -> str:
    """The key of what is about the article with this slug, present or former, or public id."""
    return f"article-{name}"


def source_key(public_id: str) -> str:
    """The key of what is about one source."""
    return f"source-{public_id}"


def site_page_key(subject: str) -> str:
    """The key of what the newsroom says of itself on one page, in every language."""
    return f"page-{subject}"


def keys_of(article: Article) -> list[str]:
    """Every key of what is about ``article``. One query."""
    former = article.former_addresses.values_list("slug", flat=True)
    return [article_key(name) for name in (article.slug, article.public_id, *former)]


def keys_of_source(source: Source) -> list[str]:
    """Every key of what tells about ``source`` itself; the articles that cite it have theirs."""
    return [source_key(source.public_id), LISTS]
