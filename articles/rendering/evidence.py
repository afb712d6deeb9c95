"""What the page prints of a document's evidence: the groups in the text, the sources below, who is quoted."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from html import escape

from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.rendering.dates import day, day_of, told_dates
from articles.rendering.knowing import excerpt, segment_marks
from articles.rendering.pages import article_path, spoken_language, spoken_path
from articles.rendering.text import at_copy, at_passage, web_address
from articles.rendering.withdrawals import Withdrawal, Withdrawals
from articles.rules.exemptions import Reason
from sources.models import Source

SUPPORTS = "supports"
# In the order printed, with the first letter of a use's id: stances of one source in one segment stay apart.
_STANCES = {SUPPORTS: "r", "contradicts": "x", "context": "c"}
_QUOTATION_MARKS = {"pl": ("„", "”")}
_ENGLISH_MARKS = ("“", "”")


class Evidence:
    """One pass over a document's statements, in the active language.

    ``after`` is the HTML printed at the end of a segment, by its key, with its address and the form for
    doubts about it if sentences are ``addressed``;
    ``segments`` the attributes of its mark; ``sources`` and ``speakers`` are what the
    template prints below the text, every use linked both ways; ``labelled`` are the places (segments' keys,
    ``headline``, ``standfirst``, ``source:…``) that are printed and labelled as not yet checked.
    """

    def __init__(self, document: dict, withdrawn: Withdrawals, *, addressed: bool = True):
        content = document["content"]
        self._language = content["language"]
        # An archive says it once for all.
        self.labelled = set() if document["archive"] else set(document["not_yet_checked"]) & _places(content)
        self._sentences = f"{article_path(document['article']['slug'])}sentences/" if addressed else ""
        self._here = escape(_("Address of this sentence"))
        self._doubt = escape(_("Something wrong with this sentence?"))
        self._back = _("Back to use %(letter)s: “%(excerpt)s”")
        # By source number.
        self.withdrawn = {s["number"]: withdrawn[s["id"]] for s in content["sources"] if s["id"] in withdrawn}
        self._labels = {
            s["number"]: _source_label(s, s["number"] in self.withdrawn) for s in content["sources"]
        }
        self._number_of = {source["id"]: source["number"] for source in content["sources"]}
        # By source number: the link back to each use, as HTML, and the passages it rests on there.
        self._uses: dict[int, list[tuple[str, list[dict]]]] = defaultdict(list)
        # By quote: the keys it stands in, and by what a source carries of it, the numbers of the sources.
        self._said_in: dict[str, list[str]] = defaultdict(list)
        self._carried: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        for statement in content["statements"]:
            self._note_quotes(statement)
        self.after = {statement["key"]: self._after(statement) for statement in content["statements"]}
        self.segments = segment_marks(content["statements"], self.withdrawn, addressed=addressed)
        self.sources = [self._source(source) for source in content["sources"]]
        self.speakers = self._speakers(content["quotes"])

    def _note_quotes(self, statement: dict) -> None:
        for quote in statement["quotes"]:
            self._said_in[quote].append(statement["key"])
        for entry in statement["evidence"]:
            if entry["quote"] and entry["stance"] == SUPPORTS:
                self._carried[entry["quote"]][entry["carries"]].add(entry["source"])

    def _after(self, statement: dict) -> str:
        """The group, what disputes it or is context, why it needs no source, and whether nobody has checked it."""
        links = {stance: self._links(statement, stance) for stance in _STANCES}
        printed = _group(links[SUPPORTS]) + _shared_origins(len(links[SUPPORTS]), statement)
        apart = []
        if links["contradicts"]:
            apart.append(_("disputed by") + _group(links["contradicts"]))
        if links["context"]:
            apart.append(_("for context see") + _group(links["context"]))
        if apart:
            printed += f' <span class="stance">({"; ".join(apart)})</span>'
        if reason := statement["exemption"]:
            label = Reason(reason).label if reason in Reason.values else reason
            printed += f' <small class="tag">[{escape(str(label))}]</small>'
        if told := told_dates(statement):
            printed += f' <small class="tag">[{escape(told)}]</small>'
        if statement["key"] in self.labelled:
            printed += f' <small class="tag unchecked">[{_("not yet checked")}]</small>'
        if self._sentences:
            address = f"{self._sentences}{escape(statement['key'])}/"
            printed += (
                f'<a class="here" href="{address}" aria-label="{self._here}"></a>'
                f'<a class="here doubt" href="{address}report/" aria-label="{self._doubt}"></a>'
            )
        return f'<span class="after">{printed}</span>'

    def _links(self, statement: dict, stance: str) -> list[str]:
        """A link to each source the statement cites in this way, ascending; each is noted as a use of it."""
        passages: dict[int, list[dict]] = defaultdict(list)
        for entry in statement["evidence"]:
            if entry["stance"] == stance:
                known = passages[entry["source"]]
                passage = {name: entry.get(name) for name in ("passage", "locator", "snapshot", "start")}
                if (entry["passage"] or entry["locator"]) and passage not in known:
                    known.append(passage)
        return [self._link(statement, stance, number, passages[number]) for number in sorted(passages)]

    def _link(self, statement: dict, stance: str, number: int, passages: list[dict]) -> str:
        anchor = f"{_STANCES[stance]}-{escape(statement['key'])}-{number}"
        letter = _letter(len(self._uses[number]))
        name = escape(self._back % {"letter": letter, "excerpt": excerpt(statement["wording"])})
        back = f'<a href="#{anchor}" role="doc-backlink" aria-label="{name}">{letter}</a>'
        self._uses[number].append((back, passages))
        name, printed = self._labels[number], self._printed(number)
        return f'<a id="{anchor}" href="#src-{number}" role="doc-noteref" aria-label="{name}">{printed}</a>'

    def _printed(self, number: int) -> str:
        """The number in brackets: struck where the source was withdrawn, which the link's name says too."""
        return f"<s>{number}</s>" if number in self.withdrawn else str(number)

    def _source(self, source: dict) -> dict:
        uses = self._uses[source["number"]]
        return {
            "number": source["number"],
            "title": _title(source),
            "confidential": source.get("confidential", False),
            # A label is ours: in the language of what cites it, not of what the source said.
            "lang": "" if source.get("label") else self._foreign(source["language"]),
            "url": web_address(source["url"]),
            "publisher": source["publisher"]["name"] if source["publisher"] else "",
            "creators": source["creators"],
            "kind": Source.Kind(source["kind"]).label
            if source["kind"] in Source.Kind.values
            else source["kind"],
            "published": day(source["published_on"]),
            "unchecked": f"source:{source['id']}" in self.labelled,
            "withdrawn": _withdrawn(self.withdrawn.get(source["number"])),
            "page": spoken_path("source", source["id"]),
            "origin": self._origin(source),
            "passages": _passages(uses, source),
            "uses": _row(back for back, passages in uses if not passages),
        }

    def _origin(self, source: dict) -> str:
        """Whose words it passes on, as HTML: another source of the article by its number, or one not cited here."""
        origin = source.get("origin")
        if not origin or origin == source["id"]:
            return ""
        if number := self._number_of.get(origin):
            return format_html(_("goes back to {source}"), source=self._numbers({number}))
        return _("goes back to another source")

    def _speakers(self, quotes: dict[str, dict]) -> list[dict]:
        """Who is quoted, in order of appearance, each with what they said and where it stands in the text."""
        speakers: dict[tuple, dict] = {}
        for quote_id in self._said_in:
            quote = quotes[quote_id]
            name, role = quote["speaker"]["name"] if quote["speaker"] else "", quote["role"]
            who = (quote["speaker"] or {}).get("id"), role
            page = spoken_path("speaker", quote["speaker"]["slug"]) if quote["speaker"] else ""
            speakers.setdefault(who, {"name": name, "role": role, "page": page, "quotes": []})
            speakers[who]["quotes"].append(self._quote(quote_id, quote))
        return list(speakers.values())

    def _quote(self, quote_id: str, quote: dict) -> dict:
        carried = self._carried[quote_id]
        return {
            "id": quote_id,
            "page": spoken_path("quote", quote_id),
            "words": _quoted(quote["words"], quote["language"]),
            "lang": self._foreign(quote["language"]),
            "original": quote["original"] and _quoted(quote["original"], quote["original_language"]),
            "original_lang": quote["original_language"],
            "translator": quote["translator"],
            "occasion": quote["occasion"],
            "said": day(quote["said_on"]),
            "said_in": [
                {"key": key, "letter": _letter(place)} for place, key in enumerate(self._said_in[quote_id])
            ],
            "has_words": self._numbers(carried["words"]),
            "reported": self._numbers((carried["report"] | carried[""]) - carried["words"]),
        }

    def _numbers(self, numbers: set[int]) -> str:
        """Links to these sources from outside the text, in brackets."""
        links = (
            f'<a href="#src-{n}" aria-label="{self._labels[n]}">{self._printed(n)}</a>'
            for n in sorted(numbers)
        )
        return mark_safe(f"[{', '.join(links)}]") if numbers else ""  # noqa: S308 (the labels are escaped)

    def _foreign(self, language: str) -> str:
        return language if language != self._language else ""


def _places(content: dict) -> set[str]:
    """Every place a reader can see a label at: not a byline or standfirst that is missing."""
    return {
        *(statement["key"] for statement in content["statements"]),
        *(f"source:{source['id']}" for source in content["sources"]),
        *(name for name in ("headline", "standfirst") if content[name]["text"]),
        *(f"figure:{block['figure']['key']}" for block in content["blocks"] if "figure" in block),
    }


def _passages(uses: list[tuple[str, list[dict]]], source: dict) -> list[dict]:
    """The passages in order, each once with the links back to every use that rests on it."""
    found: dict[tuple[str, str], dict] = {}
    backs: dict[tuple[str, str], list[str]] = defaultdict(list)
    for back, passages in uses:
        for entry in passages:
            exact = entry["passage"]["exact"] if entry["passage"] else ""
            found.setdefault((exact, entry["locator"]), entry)
            backs[exact, entry["locator"]].append(back)
    return [
        {
            **(entry["passage"] or {}),
            "locator": where,
            "original": at_passage(source["url"], entry["passage"]) if exact else "",
            "copy": at_copy(source["id"], entry["snapshot"], entry["start"], language=spoken_language()),
            "captured": day_of(datetime.fromisoformat(entry["snapshot"]["captured_at"]))
            if entry["snapshot"]
            else None,
            "uses": _row(backs[exact, where]),
        }
        for (exact, where), entry in found.items()
    ]


def _shared_origins(sources: int, statement: dict) -> str:
    """That the sources of a group pass on fewer origins than a reader would count; as HTML, or nothing."""
    origins = statement.get("origins", sources)
    if not 0 < origins < sources:
        return ""
    cited = ngettext("%(n)d source", "%(n)d sources", sources) % {"n": sources}
    counted = ngettext("%(n)d origin", "%(n)d origins", origins) % {"n": origins}
    return f' <span class="stance">[{cited}, {counted}]</span>'


def _row(links: Iterable[str]) -> str:
    return mark_safe(" ".join(links))  # noqa: S308 (escaped as they were made)


def _withdrawn(withdrawal: Withdrawal | None) -> dict | None:
    """What the source's entry says of its withdrawal; the template escapes the reason."""
    if withdrawal is None:
        return None
    return {
        "by_publisher": withdrawal.by == Source.WithdrawnBy.PUBLISHER,
        "on": day_of(withdrawal.at)["text"],
        "reason": withdrawal.reason,
    }


def _title(source: dict) -> str:
    """Its title, of a confidential source its label; "" for one not yet identified."""
    return source.get("label") or source["title"]


def _source_label(source: dict, withdrawn: bool) -> str:
    """The accessible name of a link to the source: contains the number a reader sees. HTML-escaped."""
    title = _title(source) or _("not yet identified")
    label = _("Source %(number)d, withdrawn: %(title)s") if withdrawn else _("Source %(number)d: %(title)s")
    return escape(label % {"number": source["number"], "title": title})


def _group(links: list[str]) -> str:
    """A group as it is printed: the space and the first number never part from the word before."""
    if not links:
        return ""
    first, *rest = links
    if not rest:
        return f'<span class="cite"> [{first}]</span>'
    return f'<span class="cite"> [{first},</span><span class="more"> {", ".join(rest)}]</span>'


def _quoted(words: str, language: str) -> str:
    before, behind = _QUOTATION_MARKS.get(language, _ENGLISH_MARKS)
    return f"{before}{words}{behind}"


def _letter(place: int) -> str:
    """a, b, … z, aa, ab, …"""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters
