"""What a misspelt word may have meant: words that are public now, nearest first."""

import re
from datetime import datetime
from difflib import SequenceMatcher

from django.db import connection, transaction

from articles.models.searched import LONGEST_WORD
from articles.searching.asking import Words
from articles.searching.bounded import listed, rows

# Words of one search that are looked at, what is offered for it, and words near one that are looked at.
MOST_ASKED, MOST_OFFERED, NEAREST = 4, 3, 20
SHORTEST = 3
# A word that many have is soon met among the newest: only for one that is not, the index is asked.
NEWEST = 200
# Of two words: the share of threes of letters that the server compares, low enough for two letters that changed
# places, and of letters in order that they must have in common to be offered.
ALIKE, IN_ORDER = 0.2, 0.65

# Sorted, so that two who learn the same words never wait for each other in a circle.
_LEARN = """
INSERT INTO articles_searchedword (word, folded)
SELECT DISTINCT ON (word) word, lower(unaccent(word))
FROM articles_statement statement, regexp_split_to_table(lower(wording), '[^[:alpha:]]+') AS word
WHERE edition_id = %s AND length(word) BETWEEN {shortest} AND {longest} ORDER BY word
ON CONFLICT DO NOTHING
"""
_HAS_IT = "english @@ to_tsquery('desk_english', quote_literal({0})) OR plain @@ to_tsquery('desk', quote_literal({0}))"
_FORGET = """
DELETE FROM articles_searchedword known USING (
    SELECT DISTINCT regexp_split_to_table(lower(wording), '[^[:alpha:]]+') AS word
    FROM articles_statement statement JOIN articles_edition edition ON edition.id = edition_id WHERE article_id = %s
) AS said
WHERE known.word = said.word
AND NOT EXISTS (SELECT 1 FROM articles_searchededition WHERE {has_it})
"""
_SHOWN = f"({_HAS_IT.format('word')}) AND (%(language)s = '' OR facets ? %(language)s) AND edition_id IN ({{listed}})"
# What is no word to the server (the, of) is not misspelt.
_NEAR = """
WITH asked AS (
    SELECT lower(unaccent(word)) AS folded, place FROM unnest(%(words)s::text[]) WITH ORDINALITY AS given (word, place)
    WHERE numnode(to_tsquery('desk_english', quote_literal(word))) > 0
),
near AS MATERIALIZED (
    SELECT place, word, known.folded, asked.folded AS typed FROM asked CROSS JOIN LATERAL (
        SELECT word, folded FROM articles_searchedword
        WHERE folded %% asked.folded ORDER BY similarity(folded, asked.folded) DESC, word LIMIT {nearest}
    ) AS known
)
SELECT place, word, folded, typed FROM near
WHERE EXISTS (
    SELECT 1 FROM (SELECT * FROM articles_searchededition ORDER BY list_key DESC LIMIT {newest}) AS newest WHERE {shown}
) OR EXISTS (SELECT 1 FROM articles_searchededition WHERE {shown})
"""


def offers(words: Words, *, now: datetime, language: str = "") -> list[str]:
    """Other searches that find something at ``now``, in place of ``words``, which found nothing. One query.

    A word that no listed edition (of ``language``, where one is given) has is replaced by those most like it; none
    where every word is known.
    """
    typed = list(dict.fromkeys(word for term in words.sought for word in term.words if len(word) >= SHORTEST))
    typed = typed[:MOST_ASKED]
    near: dict[str, list[tuple[float, str]]] = {}
    known = set()
    for place, word, folded, asked in _near(typed, now=now, language=language):
        likeness = SequenceMatcher(None, asked, folded).ratio()
        if folded == asked:
            known.add(typed[place - 1])
        elif likeness >= IN_ORDER:
            near.setdefault(typed[place - 1], []).append((-likeness, word))
    wrong = [word for word in typed if word not in known and word in near]
    if not wrong:
        return []
    offered = []
    for rank in range(MOST_OFFERED):
        text = words.text
        for word in wrong:
            meant = sorted(near[word])[min(rank, len(near[word]) - 1)][1]
            text = re.sub(rf"\b{word}\b", meant, text)
        offered.append(text)
    return list(dict.fromkeys(offered))


def _near(typed: list[str], *, now: datetime, language: str) -> list[tuple[int, str, str, str]]:
    if not typed:
        return []
    are_listed, arguments = listed(now)
    statement = _NEAR.format(nearest=NEAREST, newest=NEWEST, shown=_SHOWN.format(listed=are_listed))
    return rows(
        statement,
        arguments | {"words": typed, "language": f"language:{language}" if language else ""},
        **{"pg_trgm.similarity_threshold": ALIKE},
    )


@transaction.atomic
def learn_words(edition: int) -> None:
    """Let the words of the edition with this row key, which shows or has shown, be offered. Safe to run twice."""
    with connection.cursor() as cursor:
        cursor.execute(_LEARN.format(shortest=SHORTEST, longest=LONGEST_WORD), [edition])


def forget_searched(article) -> None:
    """Let no word stay that nothing but ``article`` has, which is not searched any more and is about to be erased."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET.format(has_it=_HAS_IT.format("known.word")), [article.pk])
