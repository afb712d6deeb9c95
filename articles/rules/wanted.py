"""Which entries of the change feed a follower asks for."""

from dataclasses import asdict, dataclass, fields

from articles.rules.change_kinds import CHANGE_KINDS
from articles.rules.entitlements import CUT_BY
from articles.rules.kinds import UNLISTED, Kind
from articles.rules.languages import Language
from articles.rules.subjects import NAME, About
from newsroom.core.errors import DomainError

KINDS = frozenset(kind for kind, _label in CHANGE_KINDS)
# Nobody who is told of an article can choose not to be told of these.
ALWAYS = frozenset({*UNLISTED, Kind.CORRECTION, Kind.CLARIFICATION})

# What is followed sentence by sentence; what whole articles are about is what products are cut by.
BY_SENTENCE = (About.SOURCE, About.SPEAKER, About.PUBLISHER, About.CLAIM)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Everything, or what all of these ask for: ``kinds`` of entry (none: any); an ``article``; what is said of one
    ``source``, ``speaker``, ``publisher`` or ``claim``; articles of a ``treaty``, ``section`` or ``language``.

    Each is named as lists name it (:func:`articles.subjects.values_named`): by public id or, where it has one, by slug;
    an article by public id. "" asks for nothing.
    """

    kinds: tuple[str, ...] = ()
    article: str = ""
    source: str = ""
    speaker: str = ""
    publisher: str = ""
    claim: str = ""
    treaty: str = ""
    section: str = ""
    language: str = ""

    @property
    def everything(self) -> bool:
        return self == Wanted()

    @property
    def sentences(self) -> dict[str, str]:
        """What it follows sentence by sentence: kind of record → its id."""
        return {kind: value for kind in BY_SENTENCE if (value := getattr(self, kind))}

    @property
    def subjects(self) -> dict[str, str]:
        """What the articles it follows are about: kind → value."""
        return {kind: value for kind in CUT_BY if (value := getattr(self, kind))}

    def as_json(self) -> dict:
        """As it is kept; :func:`wanted` reads it again."""
        return {
            name: list(value) if name == "kinds" else value for name, value in asdict(self).items() if value
        }


NAMES = frozenset({"kind", *(field.name for field in fields(Wanted) if field.name != "kinds")})


def wanted(*, kinds=(), **named: str) -> Wanted:
    """What these ask for, whoever typed them. Raises DomainError ``parameter_malformed``
    at the name of what means nothing."""
    if unknown := sorted(set(map(str, kinds)) - KINDS):
        raise DomainError(
            "parameter_malformed", "No entry is of the kind “%(kind)s”.", "kind", kind=unknown[0][:40]
        )
    for name, value in named.items():
        if name not in NAMES or name == "kind":
            raise DomainError("parameter_malformed", "Nothing is followed by this.", str(name)[:40])
        if value and not (isinstance(value, str) and NAME.fullmatch(value)):
            raise DomainError("parameter_malformed", "This is neither an id nor a name in an address.", name)
    language = named.get("language")
    if language and language not in Language.values:
        raise DomainError("parameter_malformed", "Nothing is written in this language.", "language")
    return Wanted(kinds=tuple(sorted(set(kinds))), **named)
