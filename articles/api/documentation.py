"""What the description says of following."""

from drf_spectacular.utils import OpenApiParameter

from articles.rules.languages import Language
from articles.rules.subjects import NAME
from articles.rules.wanted import KINDS

CHANGES = """
Numbers rise in the order in which things became visible; an entry never comes in behind one that can be read already.
Ask for what follows with `after`, which is `last` of the answer before, whether or not it told you anything: `last`
also passes what you did not ask for or may not read. Not every number is told to everybody.

An entry says that something happened; what readers see now is asked of the article itself. Corrections, retractions
and take-downs reach whoever was ever entitled to the article. Who reads with a delay is told by an entry of kind
`opened` when an article is open to them, and from then on everything about it at once: what was entered before it is
passed over. The feed tells of what happens, not of what your products come to open otherwise: when they change, take
the export anew.

With `source`, `speaker`, `publisher` or `claim` an entry about an article is told if a sentence that rests on it is
new, changed or gone; several filters must all be met.

There is no long poll: a waiting request would keep a worker of ours from everybody else. Ask again every few seconds
(an answer without news is a 304), or take webhooks, which come within seconds.
"""

EMBARGOED = """
For partners whose products open it. Nobody may show any of it before its moment, which can change until then, or be
cancelled: ask anew right before you show anything. `embargoed/changed/` tells what changed, and so do webhooks
(`embargo.moved`, `embargo.cancelled`), at once and past everything else. The change feed tells of an edition from its
moment on, and nothing of what waits.
"""
CHANGED_MOMENTS = """
For partners whose products open what waits, and for whoever has fetched the edition while it waited, whatever their
products open now; the key must be for what waits under embargo. Of several entries about one edition the newest
holds. An edition that is cancelled is gone from the other doors, too; what it said may come back as another edition,
which then waits for a moment of its own. Entries are in no feed and have no numbers: that something waits nobody else
is told.
"""

_NAMED = {"type": "string", "pattern": f"^{NAME.pattern}$"}


def _named(name: str, text: str) -> OpenApiParameter:
    return OpenApiParameter(name, _NAMED, description=text)


WANTED = [
    OpenApiParameter(
        "kind",
        {"type": "array", "items": {"type": "string", "enum": sorted(KINDS)}, "minItems": 1},
        style="form",
        explode=False,
        description="Entries of these kinds alone, separated by commas.",
    ),
    _named("article", "About the article with this id."),
    _named("source", "In which a sentence that cites the source with this id is new, changed or gone."),
    _named(
        "speaker",
        "In which a sentence with words of the speaker with this id or slug is new, changed or gone.",
    ),
    _named(
        "publisher",
        "In which a sentence that cites something of the publisher with this id or slug is new, changed or gone.",
    ),
    _named("claim", "In which a sentence that rests on the claim with this id is new, changed or gone."),
    _named("treaty", "About articles that were ever about the treaty with this id or slug."),
    _named("section", "About articles that ever stood in the section with this id or slug."),
    OpenApiParameter(
        "language",
        {"type": "string", "enum": sorted(Language.values)},
        description="About articles in this language.",
    ),
]
