"""What the desk offers while somebody marks a sentence: claims, quotes, sources and speakers to choose from.

Nothing here waits: every search reads few words, returns few rows and is given little time; what was not found by then
is not offered.
"""

import re
from collections.abc import Iterable

from django.contrib.postgres.search import TrigramSimilarity
from django.db import OperationalError, connection, transaction
from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Upper
from psycopg.errors import QueryCanceled

from articles.models import Article, Claim, Quote, Treaty
from sources.addresses import normalise_url
from sources.models import Publisher, Source, Speaker

MOST_OFFERED = 12
MOST_LIKE = 5
# Words of a search that count; speakers, publishers and treaties one of them may mean; articles of those treaties.
MOST_WORDS = 8
MOST_MEANT = 40
MOST_ARTICLES = 200
# Of words that are compared, in characters.
LONGEST_COMPARED = 400
PATIENCE_MS = 1_500
# Two wordings of one thing share about half of their trigrams; two things of one story about a third.
ALIKE = 0.42
_WORD = re.compile(r"[^\s\"“”„«»‘’‚()\[\]]{1,60}")


class TookTooLong(Exception):
    """The search was stopped before it found anything."""


def records_like(model: type[Model], words: str) -> list[Model]:
    """Claims or quotes that say nearly ``words``, the nearest first. Raises :class:`TookTooLong`."""
    field = "label" if model is Claim else "words"
    words = words[:LONGEST_COMPARED].upper().strip()
    if not words:
        return []
    # The expression of the index.
    alike = model.objects.annotate(folded=Upper(field)).filter(folded__trigram_similar=words)
    alike = alike.annotate(likeness=TrigramSimilarity("folded", words)).filter(likeness__gte=ALIKE)
    return _in_time(_told(alike.order_by("-likeness", "-pk"))[:MOST_LIKE])


def records_named(model: type[Model], words: str, *, by) -> list[Model]:
    """Claims or quotes with all of ``words``, in their text or in the name of the speaker, or in a story about a treaty
    of that name that ``by`` may see; the newest first. Raises :class:`TookTooLong`."""
    tokens = _WORD.findall(words)[:MOST_WORDS]
    if not tokens:
        return []
    field = "label" if model is Claim else "words"
    holds = Q()
    for token in tokens:
        here = Q(**{f"{field}__icontains": token})
        if model is Quote:
            here |= Q(speaker__in=_ids(Speaker, token, "name"))
        holds &= here
    found = _in_time(_told(model.objects.filter(holds).order_by("-pk"))[:MOST_OFFERED])
    if len(found) < MOST_OFFERED and (about := _in_stories_about(tokens, by)):
        rest = model.objects.filter(public_id__in=about).exclude(pk__in=[record.pk for record in found])
        found += _in_time(_told(rest.order_by("-pk"))[: MOST_OFFERED - len(found)])
    return found


def sources_named(words: str) -> list[Source]:
    """The source at the address ``words``, else those with all the words in title, address, publisher or public label;
    the newest first. Raises :class:`TookTooLong`."""
    known = Source.objects.filter(merged_into=None).select_related("publisher")
    if key := normalise_url(words.strip()):
        return list(known.filter(url_key=key))
    tokens = _WORD.findall(words)[:MOST_WORDS]
    if not tokens:
        return []
    holds = Q()
    for token in tokens:
        holds &= (
            Q(title__icontains=token)
            | Q(url__icontains=token)
            | Q(public_label__icontains=token)
            | Q(publisher__in=_ids(Publisher, token, "name"))
        )
    return _in_time(known.filter(holds).order_by("-pk")[:MOST_OFFERED])


def speakers_named(words: str) -> list[Speaker]:
    """Speakers whose name has all of ``words``. Raises :class:`TookTooLong`."""
    tokens = _WORD.findall(words)[:MOST_WORDS]
    holds = Q()
    for token in tokens:
        holds &= Q(name__icontains=token)
    return (
        _in_time(Speaker.objects.filter(holds, merged_into=None).order_by("name", "pk")[:MOST_OFFERED])
        if tokens
        else []
    )


def _ids(model: type[Model], token: str, field: str) -> list[int]:
    found = (
        model.objects.filter(**{f"{field}__icontains": token}).order_by("-pk").values_list("pk", flat=True)
    )
    return _in_time(found[:MOST_MEANT])


def _in_stories_about(tokens: list[str], by) -> set[str]:
    """Public ids of what the newest stories about a treaty of that name rest on."""
    holds = Q()
    for token in tokens:
        holds &= Q(title__icontains=token)
    treaties = Treaty.objects.filter(holds).order_by("-pk").values_list("pk", flat=True)[:MOST_MEANT]
    stories = Article.objects.visible_to(by).not_trashed().filter(treaties__in=list(treaties)).order_by("-pk")
    rows = _in_time(stories.values_list("rests_on", flat=True)[:MOST_ARTICLES])
    return {public_id for row in rows for public_id in row}


def _told(records: QuerySet) -> QuerySet:
    # The record that stands for two is offered, never the one that was merged into it.
    if records.model is Quote:
        return records.select_related("speaker", "role")
    return records.filter(merged_into=None)


def _in_time(rows: Iterable) -> list:
    """The rows, if the server has them in time."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            # Told what will do, the index of trigrams gives a third of the rows to be compared.
            cursor.execute(
                "SELECT set_config('statement_timeout', %s, true),"
                " set_config('pg_trgm.similarity_threshold', %s, true)",
                [str(PATIENCE_MS), str(ALIKE)],
            )
            found = list(rows)
            cursor.execute(
                "SET LOCAL statement_timeout TO DEFAULT; SET LOCAL pg_trgm.similarity_threshold TO DEFAULT"
            )
            return found
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TookTooLong from None
        raise
