"""How we know: what each sentence is and rests on, as a mark in the text, a line of a table and a place in a picture.

Table and picture are bounded however long the article is: where it has more sentences than a picture has columns,
neighbours stand together in one.
"""

from collections.abc import Container
from html import escape
from itertools import batched

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.rendering.pages import spoken_path
from articles.rules.exemptions import Reason

SUPPORTS, CONTRADICTS, CONTEXT = STANCES = ("supports", "contradicts", "context")
# Of the picture and the table.
MOST_COLUMNS = 120
MOST_ROWS = 40
EXCERPT = 60
# In CSS pixels.
_STEP, _LABEL, _TOP = 12, 34, 4
# What is drawn in a place, from the corner of it: a square, a cross, a frame. Told apart by shape, not by colour.
_SHAPES = {
    SUPPORTS: "h8v8h-8z",
    CONTRADICTS: "l8 8m0-8l-8 8",
    CONTEXT: "h8v8h-8zm2 2v4h4v-4z",
}


def kind_of(statement: dict) -> str:
    """What a statement is, as a class of its mark: ``claim``, ``quote``, ``both``, ``exempt``, or ``open`` for one that
    rests on nothing yet."""
    if statement["quotes"]:
        return "both" if statement["claim"] else "quote"
    if statement["claim"]:
        return "claim"
    return "exempt" if statement["exemption"] else "open"


def told_kind(statement: dict) -> str:
    """The same in words; of an exempted one, why it needs no source."""
    if reason := statement["exemption"]:
        return str(Reason(reason).label) if reason in Reason.values else reason
    return {
        "claim": _("claim"),
        "quote": _("quote"),
        "both": _("claim and quote"),
        "open": _("not yet known"),
    }[kind_of(statement)]


def numbers_of(statement: dict) -> dict[str, set[int]]:
    """The numbers of the sources it cites, by stance."""
    cited: dict[str, set[int]] = {stance: set() for stance in STANCES}
    for entry in statement["evidence"]:
        cited[entry["stance"]].add(entry["source"])
    return cited


def rests_on(statement: dict, withdrawn: Container[int] = ()) -> str:
    """In words: which sources, how many origins they go back to, which dispute it, which were withdrawn."""
    cited = numbers_of(statement)
    told = []
    if supporting := cited[SUPPORTS]:
        told.append(_supported(supporting, statement.get("origins", len(supporting))))
    if cited[CONTRADICTS]:
        told.append(_("disputed by %(sources)s") % {"sources": _listed(cited[CONTRADICTS])})
    if cited[CONTEXT]:
        told.append(_("for context %(sources)s") % {"sources": _listed(cited[CONTEXT])})
    gone = {number for numbers in cited.values() for number in numbers if number in withdrawn}
    if gone:
        told.append(_("withdrawn: %(sources)s") % {"sources": _listed(gone)})
    return "; ".join(told)


def _supported(numbers: set[int], origins: int | None) -> str:
    """The sources, and of one sentence alone how many origins they go back to."""
    if origins is None:
        return _listed(numbers)
    counted = ngettext("%(n)d origin", "%(n)d origins", origins) % {"n": origins}
    return f"{_listed(numbers)} ({counted})"


def segment_marks(
    statements: list[dict], withdrawn: Container[int], *, addressed: bool = True
) -> dict[str, str]:
    """What is added to the mark of each segment, by its key: the class of its kind, and for whoever opens a card what
    it rests on and, if sentences are ``addressed``, the page of its claim. HTML."""
    marks = {}
    for statement in statements:
        told = rests_on(statement, withdrawn)
        rests = f' data-rests="{escape(told)}"' if told else ""
        page = f' data-claim="{escape(claim_page(statement))}"' if addressed and statement["claim"] else ""
        marks[statement["key"]] = (
            f'class="s {kind_of(statement)}" id="s-{escape(statement["key"])}"{rests}{page}'
        )
    return marks


def claim_page(statement: dict) -> str:
    """Where the claim that a statement rests on has its page, with everywhere else that it stands; "" without one."""
    return spoken_path("claim", statement["claim"]) if statement["claim"] else ""


def evidence_map(content: dict, withdrawn: Container[int], *, addressed: bool = True) -> dict | None:
    """The context of ``articles/knowing.html``: the picture as SVG and the rows of the table, which lead to the pages
    of claims if sentences are ``addressed``; None where there is nothing to show."""
    statements = content["statements"]
    if not statements:
        return None
    size = -(-len(statements) // MOST_COLUMNS)
    groups = [list(group) for group in batched(statements, size)]
    drawn = sorted(source["number"] for source in content["sources"])[:MOST_ROWS]
    return {
        "picture": _picture(groups, drawn) if drawn else "",
        "rows": [_row(group, withdrawn, addressed) for group in groups],
        "counts": _counts(content),
        "together": size > 1,
        "more_sources": len(content["sources"]) > len(drawn),
    }


def _counts(content: dict) -> str:
    """How many sentences and sources, as the name of the picture says."""
    statements, sources = len(content["statements"]), len(content["sources"])
    return _("%(statements)s, %(sources)s") % {
        "statements": ngettext("%(n)d sentence", "%(n)d sentences", statements) % {"n": statements},
        "sources": ngettext("%(n)d source", "%(n)d sources", sources) % {"n": sources},
    }


def _row(group: list[dict], withdrawn: Container[int], addressed: bool) -> dict:
    """A line of the table; neighbours that stand together are told as one."""
    first = group[0]
    kinds = dict.fromkeys(told_kind(statement) for statement in group)
    together = first
    if len(group) > 1:
        together = {"evidence": [entry for each in group for entry in each["evidence"]], "origins": None}
    return {
        "key": first["key"],
        "wording": excerpt(first["wording"]),
        "more": ngettext("and %(n)d more", "and %(n)d more", len(group) - 1) % {"n": len(group) - 1}
        if len(group) > 1
        else "",
        "kind": ", ".join(kinds),
        "claim": claim_page(first) if addressed and len(group) == 1 else "",
        "rests_on": rests_on(together, withdrawn),
    }


def _picture(groups: list[list[dict]], drawn: list[int]) -> SafeString:
    """Sentences from left to right, sources from top to bottom, and where they meet how the one rests on the other."""
    line_of = {number: line for line, number in enumerate(drawn)}
    paths: dict[str, list[str]] = {stance: [] for stance in STANCES}
    for column, group in enumerate(groups):
        cited = [numbers_of(statement) for statement in group]
        for stance in STANCES:
            for number in sorted(set().union(*(one[stance] for one in cited)) & line_of.keys()):
                x, y = _LABEL + column * _STEP + 2, _TOP + line_of[number] * _STEP + 2
                paths[stance].append(f"M{x} {y}{_SHAPES[stance]}")
    width, height = _LABEL + len(groups) * _STEP, 2 * _TOP + len(drawn) * _STEP
    lines = "".join(f"M{_LABEL} {_TOP + line * _STEP + 6}H{width}" for line in range(len(drawn)))
    labels = "".join(
        f'<text x="{_LABEL - 6}" y="{_TOP + line * _STEP + 10}">{number}</text>'
        for number, line in line_of.items()
    )
    shapes = "".join(
        f'<path class="{stance}" d="{"".join(path)}"/>' for stance, path in paths.items() if path
    )
    return mark_safe(  # noqa: S308 (numbers and our own words)
        f'<svg role="img" aria-labelledby="map-h" aria-describedby="map-d" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}"><path class="lines" d="{lines}"/>{labels}{shapes}</svg>'
    )


def excerpt(wording: str) -> str:
    """The beginning of a sentence, whole words; what goes on behind another begins with its first word."""
    wording = wording.lstrip(" ,;:–—-.")
    return wording if len(wording) <= EXCERPT else wording[:EXCERPT].rsplit(" ", 1)[0] + "…"


def _listed(numbers: set[int]) -> str:
    return ", ".join(f"[{number}]" for number in sorted(numbers))
