"""What may be asked of a list besides a page of it: filters, members, a count; read, and described, in one place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from articles.filtering import Filters, Span
from articles.rules.languages import Language
from articles.rules.subjects import NAME, About
from articles.searching import LONGEST, Words, words_of
from articles.subjects import values_named
from newsroom.api.documentation import LIST_PARAMETERS
from newsroom.api.parameters import MOMENT, flag_in, limit_in, moment_in, names_in, text_in
from newsroom.api.views import PublicView
from newsroom.core.errors import DomainError

# By which subjects lists are filtered, and how each is named.
_ID, _SLUG = "by its id", "by its id or slug"
SUBJECTS: Mapping[str, tuple[About, str]] = {
    "treaty": (About.TREATY, _SLUG),
    "party": (About.PARTY, "by the slug of its name"),
    "author": (About.AUTHOR, _SLUG),
    "tag": (About.TAG, "by its slug"),
    "section": (About.SECTION, _SLUG),
    "source": (About.SOURCE, _ID),
    "speaker": (About.SPEAKER, _SLUG),
    "publisher": (About.PUBLISHER, _SLUG),
    "claim": (About.CLAIM, _ID),
    "quote": (About.QUOTE, _ID),
}
# By how much a request with these parameters counts for more than a page of the list.
COSTS = {"text": 1, "count": 2, "include": 1, "changed_since": 1, "changed_until": 1}
_NAME_TOLD = "An id or a name in an address: small letters, figures and hyphens"
# What the times of a list are of, by the names that its parameters begin with.
OF_ARTICLES = {"published": "When the article first appeared"}
OF_EDITIONS = {"published": "When the edition began to show"}
CHANGED = {
    "changed": "When the edition that shows now began to show (the list is then in this order, newest first)"
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks of a list; ``kept`` are its parameters, for the links to further pages."""

    limit: int
    filters: Filters = field(default_factory=Filters)
    fields: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    count: bool = False
    kept: Mapping[str, str] = field(default_factory=dict)

    @property
    def filtered(self) -> bool:
        return self.filters != Filters()


@dataclass(frozen=True)
class Offer:
    """What may be asked of a door. ``entry`` describes what it tells; ``include`` and ``exclude`` are the names of
    related things that can be told in addition, or left out; a door of one record is not ``paged``."""

    entry: type[serializers.Serializer]
    subjects: tuple[str, ...] = ()
    times: Mapping[str, str] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()
    text: bool = False
    language: bool = False
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    counts: bool = False
    paged: bool = True

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The members that an answer can have, but for what can be included."""
        return tuple(name for name in self.entry().fields if name not in self.include)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of its parameters."""
        return frozenset(parameter.name for parameter in self.parameters)

    @cached_property
    def parameters(self) -> list[OpenApiParameter]:
        """Its parameters, described."""
        found = [*LIST_PARAMETERS] if self.paged else []
        found += [
            _text(name, f"Only what is about this {name}, {SUBJECTS[name][1]}.") for name in self.subjects
        ]
        if self.language:
            codes = {"type": "string", "enum": [str(code) for code in Language.values]}
            found.append(OpenApiParameter("language", codes, description="Only what is in this language."))
        if self.kinds:
            kinds = {"type": "string", "enum": [str(kind) for kind in self.kinds]}
            found.append(OpenApiParameter("kind", kinds, description="Only editions of this kind."))
        if self.text:
            words = {"type": "string", "minLength": 1, "maxLength": LONGEST}
            told = 'Only what has these words, as the site\'s own search reads them: "a phrase", -not, this or that.'
            told += _more("text")
            found.append(OpenApiParameter("text", words, description=told))
        moment = {"type": "string", "pattern": f"^{MOMENT}$"}
        for name, when in self.times.items():
            told = f"{when}: %s this moment, or day in UTC, which is included.{_more(f'{name}_since')}"
            found += [
                OpenApiParameter(f"{name}_since", moment, description=told % "from"),
                OpenApiParameter(f"{name}_until", moment, description=told % "up to"),
            ]
        found.append(_names("fields", self.fields, "Only these members of each entry."))
        if self.include:
            told = f"Tell also these of each entry.{_more('include')}"
            found.append(_names("include", self.include, told))
        if self.exclude:
            found.append(_names("exclude", self.exclude, "Leave these out."))
        if self.counts:
            told = "Also say how many there are; of very many only that there are at least so many."
            told += _more("count")
            found.append(OpenApiParameter("count", {"type": "boolean", "default": False}, description=told))
        return found

    def described(self, name: str) -> OpenApiParameter:
        """The description of one of its parameters."""
        return next(parameter for parameter in self.parameters if parameter.name == name)

    def asked(self, query: QueryDict) -> Asked:
        """What ``query`` asks for. Raises DomainError ``parameter_malformed``, and those of a search, at the name.

        One query for each subject that may be known by several names.
        """
        if query.keys() <= {"limit", "cursor"}:
            return Asked(limit=limit_in(query))
        fields = names_in(query, "fields", self.fields)
        return Asked(
            limit=limit_in(query),
            filters=self._filters(query),
            fields=fields and (*fields, *names_in(query, "include", self.include)),
            include=names_in(query, "include", self.include),
            exclude=names_in(query, "exclude", self.exclude),
            count=flag_in(query, "count"),
            kept={name: value for name, value in query.items() if name not in {"limit", "cursor"}},
        )

    def _filters(self, query: QueryDict) -> Filters:
        about = [
            (SUBJECTS[name][0], values_named(SUBJECTS[name][0], value))
            for name in self.subjects
            if (value := text_in(query, name, NAME, _NAME_TOLD)) is not None
        ]
        if language := self._one_of(query, "language", Language.values):
            about.append((About.LANGUAGE, (language,)))
        return Filters(
            about=tuple(about),
            kind=self._one_of(query, "kind", self.kinds),
            words=_words(query),
            **{name: _span(query, name) for name in self.times},
        )

    @staticmethod
    def _one_of(query: QueryDict, name: str, known) -> str:
        value = query.get(name)
        if value is not None and value not in known:
            raise DomainError(
                "parameter_malformed", "One of %(known)s.", name, known=", ".join(str(one) for one in known)
            )
        return value or ""


def _more(name: str) -> str:
    """What is said of a parameter with which a request counts as more than one."""
    cost = COSTS.get(name, 0)
    return f" The request counts as {cost} more." if cost else ""


class ListView(PublicView):
    """A list of which more may be asked than a page. What asks more of the database counts as more requests."""

    offer: ClassVar[Offer]

    @property
    def cost(self) -> int:
        return 1 + sum(COSTS.get(name, 0) for name in self.request.query_params)


def _words(query: QueryDict) -> Words | None:
    if (text := query.get("text")) is None:
        return None
    try:
        words = words_of(text, "text")
    except DomainError as error:
        raise DomainError("parameter_malformed", "%(told)s", "text", told=error.message) from error
    if words is None:
        raise DomainError("parameter_malformed", "Say which words, or leave this out.", "text")
    return words


def _span(query: QueryDict, name: str) -> Span:
    since, until = moment_in(query, f"{name}_since"), moment_in(query, f"{name}_until", last=True)
    if since and until and since > until:
        raise DomainError("parameter_malformed", "This is before the beginning.", f"{name}_until")
    return Span(since, until)


def _text(name: str, told: str) -> OpenApiParameter:
    schema = {"type": "string", "pattern": f"^{NAME.pattern}$"}
    return OpenApiParameter(name, schema, description=told)


def _names(name: str, known: tuple[str, ...], told: str) -> OpenApiParameter:
    items = {
        "type": "array",
        "items": {"type": "string", "enum": list(known)},
        "minItems": 1,
        "uniqueItems": True,
    }
    return OpenApiParameter(name, items, description=told, style="form", explode=False)
