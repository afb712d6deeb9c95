"""How the desk shows the statements of a draft: their wording in pieces, so that every mark can be seen."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from articles.body.model import Block
from articles.body.quotations import Quotation
from articles.dossier import Dossier
from articles.quoting import undecided_quotations
from articles.rules.exemptions import Reason
from articles.seen import SUPPORTS, Seen

DISMISSED = {"title": _("title"), "term": _("term"), "scare": _("scare quotes")}


@dataclass(frozen=True)
class Piece:
    """Words that share a mark: "", ``words``, ``dismissed`` or ``undecided``; ``label`` says it in words."""

    text: str
    mark: str = ""
    label: str = ""


def pieces(block: Block, start: int, end: int, undecided: list[tuple[int, int]] = ()) -> list[Piece]:
    """``block.text[start:end]`` cut where a mark begins or ends."""
    marks = [(m.start, m.end, "words", _("words of a quote")) for m in block.words]
    marks += [(m.start, m.end, "dismissed", DISMISSED[m.reason]) for m in block.dismissed]
    marks += [(begin, stop, "undecided", _("undecided")) for begin, stop in undecided]
    found, at = [], start
    for begin, stop, mark, label in sorted(marks, key=lambda mark: mark[:2]):
        begin, stop = max(begin, at), min(stop, end)
        if begin >= stop:
            continue
        if at < begin:
            found.append(Piece(block.text[at:begin]))
        found.append(Piece(block.text[begin:stop], mark, label))
        at = stop
    return [*found, Piece(block.text[at:end])] if at < end else found


def undecided_in(seen: Seen, quotations: list[Quotation]) -> list[tuple[int, int]]:
    """What a person has to decide on in a segment: the parts of ``quotations`` in it that no mark covers."""
    decided = [(mark.start, mark.end) for mark in (*seen.block.words, *seen.block.dismissed)]
    found = []
    for quotation in quotations:
        start = max(quotation.inner_start, seen.segment.start)
        end = min(quotation.inner_end, seen.segment.end)
        if start < end and not any(begin < end and start < stop for begin, stop in decided):
            found.append((start, end))
    return found


@dataclass
class Shown:
    """One statement as the pages show it. ``kind`` is ``claim``, ``quote``, ``exempt`` or ``bare``."""

    seen: Seen
    kind: str
    pieces: list[Piece]
    group: list[int]
    undecided: list[tuple[int, int]]
    # How many sources support it, and to how many origins they go back.
    sources: int
    origins: int

    @property
    def key(self) -> str:
        return self.seen.key

    @property
    def place(self) -> str:
        return f"{self.seen.paragraph}.{self.seen.sentence}"

    @property
    def is_part(self) -> bool:
        """Whether the sentence says more than this segment, its stop aside."""
        return len(self.seen.sentence_text) > len(self.seen.wording) + 2

    @property
    def exemption(self):
        return Reason(self.seen.exemption).label if self.seen.exemption else ""


def kind_of(seen: Seen) -> str:
    """What the segment rests on, in one word."""
    if seen.quotes:
        return "quote"
    if seen.claim:
        return "claim"
    return "exempt" if seen.exemption else "bare"


def shown(dossier: Dossier) -> list[Shown]:
    """Every statement of the draft, in reading order."""
    language = dossier.article.language
    quotations = {
        number: undecided_quotations(block, language)
        for number, block in enumerate(dossier.body.paragraphs, start=1)
    }
    rows = []
    for seen in dossier.segments:
        undecided = undecided_in(seen, quotations[seen.paragraph])
        cut = pieces(seen.block, seen.segment.start, seen.segment.end, undecided)
        supporting = seen.sources(SUPPORTS)
        counted = len(supporting), dossier.origins_of(supporting)
        rows.append(Shown(seen, kind_of(seen), cut, dossier.group(seen), undecided, *counted))
    return rows
