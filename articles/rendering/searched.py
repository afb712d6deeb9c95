"""The words by which editions are searched: kept with their renderings, made anew with them, and gone with them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Exists, OuterRef
from psycopg.types.json import Jsonb

from articles.models import Edition, Rendering, SearchedEdition
from articles.rules.subjects import party_slug

ENGLISH = "en"
CONFIGURATIONS = {True: "desk_english", False: "desk"}
# Of each kind of text the beginning is searched, as on the desk.
LONGEST_TEXT = 100_000
# What is searched by its name beside the text.
_NAMED = ("treaty:", "speaker:")
# Clocks of two processes may differ: whoever reads by the slower one still finds what was superseded just now.
CLOCKS_DIFFER = timedelta(minutes=1)

_WORDS = " || ".join(
    f"setweight(to_tsvector(%s::regconfig, desk_parted(%s)), '{weight}')" for weight in "ABCD"
)
_INDEX = """
WITH made AS (
    INSERT INTO articles_searchededition (edition_id, list_key, facets, {filled}, {empty})
    VALUES (%s, %s, %s, {words}, '') RETURNING edition_id
)
INSERT INTO articles_searchedstatement (statement_id, searched_id, words, is_claim, is_quote)
SELECT id, edition_id, to_tsvector(%s::regconfig, desk_parted(wording)), claim_id IS NOT NULL,
    EXISTS (SELECT 1 FROM articles_statementquote WHERE statement_id = statement.id)
FROM articles_statement statement JOIN made USING (edition_id)
"""


def enter_searched(made: Iterable[Rendering], documents: dict[int, dict]) -> None:
    """As :func:`keep_searched`, for editions made just now, which are searched by nothing yet."""
    for edition, place in _places(made).items():
        index(edition, place, documents[edition]["content"])


def keep_searched(made: Iterable[Rendering], documents: dict[int, dict]) -> None:
    """Let each entry in lists among ``made`` be found by the words of its edition, as long as that can still show.

    ``documents`` are those of the editions by row key; one without an entry is found by nothing. An edition that is
    searched already keeps its words, which never change, and takes the entry's place in lists.
    """
    places = _places(made)
    open_ended = Edition.objects.open_ended().filter(pk=OuterRef("pk")).order_by()
    editions = Edition.objects.filter(pk__in=documents).annotate(can_show=Exists(open_ended)).order_by("pk")
    for edition, searched, can_show in editions.values_list("pk", "searched__list_key", "can_show"):
        place = places.get(edition)
        if searched is None:
            if place is not None and can_show:
                index(edition, place, documents[edition]["content"])
        elif place is None:
            SearchedEdition.objects.filter(edition=edition).delete()
        elif place != searched:
            SearchedEdition.objects.filter(edition=edition).update(list_key=place)


def _places(made: Iterable[Rendering]) -> dict[int, str]:
    """The places in lists of those editions that have one, by row key."""
    return {
        rendering.edition_id: rendering.list_key
        for rendering in made
        if rendering.representation == Rendering.Representation.CARD
    }


def forget_superseded(article, *, now: datetime) -> None:
    """Let editions of ``article`` be found no more that have been superseded at ``now``: they never show again."""
    over = Edition.objects.superseded(now - CLOCKS_DIFFER).filter(article=article)
    SearchedEdition.objects.filter(edition__in=over).delete()


def facets_of(content: dict) -> dict[str, str]:
    """What a search can be narrowed down by: kind and value of each subject, with its name as printed."""
    found = {f"language:{content['language']}": ""}
    for treaty in content["treaties"]:
        found[f"treaty:{treaty['id']}"] = treaty["title"]
        found |= {f"party:{slug}": party for party in treaty["parties"] if (slug := party_slug(party))}
    for quote in content["quotes"].values():
        if speaker := quote["speaker"]:
            found[f"speaker:{speaker['id']}"] = speaker["name"]
    for source in content["sources"]:
        if publisher := source.get("publisher"):
            found[f"publisher:{publisher['id']}"] = publisher["name"]
    return found


def index(edition: int, place: str, content: dict) -> None:
    """Let the edition with this row key be found, at its ``place`` in lists. One query."""
    english = content["language"] == ENGLISH
    configuration = CONFIGURATIONS[english]
    filled, empty = ("english", "plain") if english else ("plain", "english")
    texts = [part for text in _texts(content) for part in (configuration, text[:LONGEST_TEXT])]
    with connection.cursor() as cursor:
        cursor.execute(
            _INDEX.format(filled=filled, empty=empty, words=_WORDS),
            [edition, place, Jsonb(facets_of(content)), *texts, configuration],
        )


def _texts(content: dict) -> tuple[str, str, str, str]:
    """What stands in an edition, by the weights A to D."""
    names = [name for facet, name in facets_of(content).items() if facet.startswith(_NAMED)]
    statements = content["statements"]
    quotes = [statement["wording"] for statement in statements if statement["quotes"]]
    others = [
        statement["wording"] for statement in statements if statement["claim"] or not statement["quotes"]
    ]
    captions = [block["text"] for block in content["blocks"] if block["kind"] == "figure"]
    tags = [tag["name"] for tag in content.get("tags", ())]
    bylines = [person["name"] for person in content["bylines"]]
    beside = [content["standfirst"]["text"], *bylines, *tags, *names]
    return content["headline"]["text"], "\n".join(beside), "\n".join(quotes), "\n".join(others + captions)
