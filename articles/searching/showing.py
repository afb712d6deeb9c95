"""Show what was found: the entry of each article, and the sentences in which the words stand, marked."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from articles.models import Rendering
from articles.searching.asking import Search, Where, english_query, plain_query, singly

# Of one article, those that have the words best.
MOST_SENTENCES = 3
# Characters that no text of ours has (newsroom.core.typed): the server puts them around each word it finds.
_START, _STOP = "\x01", "\x02"
_PLACE = re.compile(f"{_START}([^{_START}{_STOP}]*){_STOP}")
_MARKS = f"HighlightAll=true, StartSel={_START}, StopSel={_STOP}"

_STATEMENT = """
WITH asked AS MATERIALIZED (
    SELECT to_tsquery('desk_english', %(english)s) AS english, to_tsquery('desk', %(plain)s) AS plain
),
shown AS MATERIALIZED (
    SELECT edition_id, english <> '' AS is_english, convert_from(plain_bytes.plain, 'UTF8') AS card,
        CASE WHEN english <> '' THEN (SELECT english FROM asked) ELSE (SELECT plain FROM asked) END AS query
    FROM articles_searchededition JOIN articles_rendering plain_bytes USING (edition_id)
    WHERE edition_id = ANY (%(editions)s) AND representation = %(card)s
),
said AS MATERIALIZED (
    SELECT edition_id, statement_id, row_number() OVER (
        PARTITION BY edition_id ORDER BY ts_rank_cd(words, query) DESC, statement_id
    ) AS place
    FROM shown JOIN articles_searchedstatement ON searched_id = edition_id
    WHERE words @@ query {of_kind}
)
SELECT edition_id, card, '', card::json->>'headline', 0, {headline}
FROM shown
UNION ALL
SELECT shown.edition_id, '', key, wording, position, {wording}
FROM said JOIN shown ON shown.edition_id = said.edition_id
JOIN articles_statement statement ON statement.id = statement_id
WHERE place <= {most}
ORDER BY 5
"""
_MARKED = (
    "ts_headline(CASE WHEN is_english THEN 'desk_english'::regconfig ELSE 'desk'::regconfig END,"
    " desk_parted({text}), query, %(marks)s)"
)
_OF_KIND = {
    None: "",
    Where.CLAIM: "AND is_claim",
    Where.QUOTE: "AND is_quote",
    Where.ARTICLE: "AND FALSE",
}


@dataclass(frozen=True)
class Marked:
    """A text, and where in it what was sought stands: pairs of start and end in code points, ascending."""

    text: str
    places: tuple[tuple[int, int], ...] = ()

    def pieces(self) -> Iterator[tuple[str, bool]]:
        """The text piece by piece, each with whether it was sought."""
        at = 0
        for start, end in self.places:
            yield self.text[at:start], False
            yield self.text[start:end], True
            at = end
        yield self.text[at:], False


@dataclass(frozen=True)
class Sentence:
    """A statement that was found: its key, which is its address on the article's page, and its wording."""

    key: str
    wording: Marked


def show(editions: list[int], asked: Search) -> list[tuple[dict, Marked, list[Sentence]]]:
    """Of each edition, in the order given, its entry in lists, its headline and its best sentences in reading order.

    Without words nothing is marked, and no sentence is better than another. At most one query.
    """
    if not editions:
        return []
    arguments = {
        "editions": editions,
        "card": Rendering.Representation.CARD,
        "marks": _MARKS,
        "english": english_query(singly(asked.words)) if asked.words else "",
        "plain": plain_query(singly(asked.words)) if asked.words else "",
    }
    statement = _STATEMENT.format(
        of_kind=_OF_KIND[asked.where],
        headline=_MARKED.format(text="card::json->>'headline'"),
        wording=_MARKED.format(text="wording"),
        most=MOST_SENTENCES,
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        rows = cursor.fetchall()
    cards: dict[int, tuple[dict, Marked]] = {}
    sentences: dict[int, list[Sentence]] = {edition: [] for edition in editions}
    for edition, card, key, text, _position, marked in rows:
        if key:
            sentences[edition].append(Sentence(key, _placed(text, marked)))
        else:
            cards[edition] = json.loads(card), _placed(text, marked)
    return [(*cards[edition], sentences[edition]) for edition in editions if edition in cards]


def _placed(text: str, marked: str) -> Marked:
    """``text`` with the places that the server marked in its copy, which has one character for each of ``text``."""
    if not marked or len(marked.replace(_START, "").replace(_STOP, "")) != len(text):
        return Marked(text)
    places = []
    for number, found in enumerate(_PLACE.finditer(marked)):
        start = found.start() - 2 * number
        places.append((start, start + len(found[1])))
    return Marked(text, tuple(places))
