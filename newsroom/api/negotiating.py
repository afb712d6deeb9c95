"""In which form an answer is wanted: by the parameter ``format``, else by Accept (RFC 9110, 12.5.1)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.http.request import MediaType
from rest_framework.exceptions import NotAcceptable

from newsroom.core.errors import DomainError

# As many kinds as are read of one header.
MOST_RANGES = 50
_RANGE = re.compile(r'(?:[^,"]|"[^"]*")+')


@dataclass(frozen=True, slots=True)
class Form:
    """A form of an answer: its name in ``format``, its media type and, where types are shared, its profile."""

    name: str
    media_type: str
    profile: str = ""

    @property
    def content_type(self) -> str:
        return f'{self.media_type}; profile="{self.profile}"' if self.profile else self.media_type

    def liked(self, wanted: str, profile: str) -> int:
        """How closely a range of media types names it: 0 not at all, 4 with its profile."""
        kind = self.media_type.partition("/")[0]
        if profile:
            return 4 if (wanted, profile) == (self.media_type, self.profile) else 0
        return {self.media_type: 3, f"{kind}/*": 2, "*/*": 1}.get(wanted, 0)


JSON_FORM = Form("json", "application/json")


def form_for(query: QueryDict, accept: str, forms: Sequence[Form]) -> Form:
    """Which of ``forms`` is wanted most, the first of those that are wanted alike.

    Raises NotAcceptable if none is accepted, and DomainError ``parameter_malformed`` for a format that is none.
    """
    if len(forms) > 1 and (named := query.get("format")) is not None:
        for form in forms:
            if form.name == named:
                return form
        known = ", ".join(form.name for form in forms)
        raise DomainError("parameter_malformed", "One of: %(known)s.", "format", known=known)
    ranges = [_read(part) for part in _RANGE.findall(accept)[:MOST_RANGES]]
    if not ranges:
        return forms[0]
    best = max(forms, key=lambda form: _weight(form, ranges))
    if _weight(best, ranges) == 0:
        raise NotAcceptable()
    return best


def _weight(form: Form, ranges: list[tuple[str, str, float]]) -> float:
    """How much it is wanted: what names it most closely decides."""
    found = [(form.liked(wanted, profile), weight) for wanted, profile, weight in ranges]
    closest, weight = max(found)
    return weight if closest else 0


def _read(part: str) -> tuple[str, str, float]:
    """Media type, profile and weight of one range; a weight that is none counts as one."""
    try:
        told = MediaType(part)
    except ValueError:  # Too long, or in an encoding that there is not.
        return "", "", 0
    return f"{told.main_type}/{told.sub_type}", told.params.get("profile", ""), told.quality
