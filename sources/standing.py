"""What has become of a source, as one state: said once, for a row in Python and for a list in SQL."""

from django.db.models import Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from sources.models import Source
from sources.models.source import IDENTIFIED


class SourceState(TextChoices):
    UNIDENTIFIED = "unidentified", _("unidentified")
    IDENTIFIED = "identified", _("identified")
    CHANGED = "changed", _("changed")
    DEAD = "dead", _("link dead")
    WITHDRAWN = "withdrawn", _("withdrawn")


# The first that holds is the state: what forbids citing it, then what keeps a reader from finding it, then whether
# its address still answers (the snapshot serves), then whether it still says what is cited. A test runs both forms
# over the same cases.
_HELD_AGAINST_IT = {
    SourceState.WITHDRAWN: (Q(withdrawn_at__isnull=False), lambda s: s.withdrawn_at is not None),
    SourceState.UNIDENTIFIED: (~IDENTIFIED, lambda s: not s.is_identified),
    SourceState.DEAD: (Q(dead_since__isnull=False), lambda s: s.dead_since is not None),
    SourceState.CHANGED: (Q(changed_at__isnull=False), lambda s: s.changed_at is not None),
}


def state_of(source: Source) -> SourceState:
    """The state of ``source``, read from its row alone."""
    holds = (state for state, (_sql, holds) in _HELD_AGAINST_IT.items() if holds(source))
    return next(holds, SourceState.IDENTIFIED)


def in_state(sources: QuerySet[Source], state: str) -> QuerySet[Source]:
    """Those of ``sources`` whose :func:`state_of` is ``state``. Raises ValueError for an unknown one."""
    state = SourceState(state)
    for stronger, (condition, _python) in _HELD_AGAINST_IT.items():
        if stronger == state:
            return sources.filter(condition)
        sources = sources.exclude(condition)
    return sources
