"""What a list must have to meet a search, as a condition on its rows: where nothing is ranked."""

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

from articles.searching.asking import Words, english_query, plain_query


def meeting(words: Words, *, english: str = "searched__english", plain: str = "searched__plain") -> Q:
    """That these columns, of which one is filled or both are one, meet ``words``."""
    return Q(**{english: SearchQuery(english_query(words), config="desk_english", search_type="raw")}) | Q(
        **{plain: SearchQuery(plain_query(words), config="desk", search_type="raw")}
    )
