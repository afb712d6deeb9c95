"""Count what is asked for against what may be asked for, in PostgreSQL, so that all processes count together.

Each count has a window that begins with the first request and ends after a fixed time. Whoever asks often is not
written down each time: a process takes several units at once and gives them out from memory, the fewer the less is
left, so that the last ones are counted one by one. What it took is counted already, so nobody ever gets more than
their rate; a unit that lies in a process when the window ends is lost.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from threading import Lock

from django.db import connection

from newsroom.core.prepared import rows_of
from newsroom.partners.usage import used_since

RATE, QUOTA = "default", "month"
WINDOW = timedelta(minutes=1)
# Of what is left, the share that a process takes at once, and the most.
SHARE, MOST_AT_ONCE = 16, 50
# For how long a process remembers by itself that a month is used up: the quota may be raised.
REFUSED_FOR = timedelta(minutes=1)
# Subjects that a process remembers.
MOST_KEPT = 10_000

# %(wanted)s units of the rate, of which %(cost)s are needed now; what was taken of it is then asked of the month.
_COUNT = """
INSERT INTO partners_counter AS kept (subject, ends, used) {asked}
ON CONFLICT (subject) DO UPDATE SET
    ends = CASE WHEN kept.ends <= %(now)s THEN EXCLUDED.ends ELSE kept.ends END,
    used = CASE WHEN kept.ends <= %(now)s THEN EXCLUDED.used
        WHEN kept.used + %(cost)s <= {most} THEN LEAST(kept.used + EXCLUDED.used, {most})
        ELSE kept.used END
RETURNING new.ends AS ends, new.used AS used, old.ends IS NULL AS fresh,
    new.used - CASE WHEN old.ends > %(now)s THEN old.used ELSE 0 END AS taken
"""
_RATE = _COUNT.format(
    asked="VALUES (%(subject)s, %(ends)s, LEAST(%(wanted)s, %(rate)s)::bigint)", most="%(rate)s"
)
_MONTH = _COUNT.format(
    asked="SELECT %(month)s, %(month_ends)s, LEAST(rate.taken, %(quota)s) FROM rate WHERE rate.taken > 0",
    most="%(quota)s",
)
_OF_RATE = f"WITH rate AS ({_RATE}) SELECT ends, used, taken FROM rate"  # noqa: S608 - its own words
_OF_BOTH = f"""WITH rate AS ({_RATE}), month AS ({_MONTH})
SELECT rate.ends, rate.used, rate.taken, month.taken, month.fresh, COALESCE(month.used,
    (SELECT used FROM partners_counter WHERE subject = %(month)s AND ends > %(now)s), 0)
FROM rate LEFT JOIN month ON true"""  # noqa: S608 - its own words


@dataclass(frozen=True)
class Budget:
    """What ``subject`` may ask for: ``rate`` units a minute and, of the partner's month, ``quota`` (0: any number)."""

    subject: str
    rate: int
    partner: int | None = None
    quota: int = 0


@dataclass(frozen=True)
class Policy:
    """One limit as it stands: ``left`` of ``most`` within ``seconds``, for another ``ends_in`` seconds."""

    name: str
    most: int
    seconds: int
    left: int
    ends_in: int


@dataclass(frozen=True)
class Standing:
    """How a request stands: by which policies, and which of them it would break (none: it is let through)."""

    policies: tuple[Policy, ...]
    broken: tuple[str, ...] = ()


@dataclass
class _Taken:
    """What a process holds of a budget: ``held`` units to give out until ``ends``, ``left`` of the others."""

    budget: Budget
    ends: datetime
    held: int
    left: int
    month_ends: datetime
    month_left: int
    # What was refused, and until when it is again without asking.
    refused: int = 0
    refused_until: datetime | None = None
    broken: tuple[str, ...] = ()


_kept: dict[str, _Taken] = {}
_lock = Lock()


def take(budget: Budget, cost: int, *, now: datetime) -> Standing:
    """Take ``cost`` units (1 or more) of ``budget``, or none if there are not so many. No query or one."""
    with _lock:
        taken = _kept.get(budget.subject)
        if taken and (taken.budget != budget or taken.ends <= now or taken.month_ends <= now):
            taken = None
        if taken and taken.held >= cost:
            taken.held -= cost
            return _standing(taken, now)
        if taken and taken.refused_until and now < taken.refused_until and cost >= taken.refused:
            return _standing(taken, now, taken.broken)
        spare = taken.left if taken else 0
    # What is lost when a minute ends is nothing; of a month it would be.
    wanted = cost if budget.quota else max(cost, min(spare // SHARE, MOST_AT_ONCE))
    found = _counted(budget, cost, wanted, now)
    with _lock:
        # Another thread may have taken some meanwhile: what it left is not lost.
        other = _kept.get(budget.subject)
        if other and other.budget == budget and other.ends == found.ends:
            found.held += other.held
        if not found.broken:
            found.held -= cost
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[budget.subject] = found
        return _standing(found, now, found.broken)


def forget() -> None:
    """Let this process forget what it holds."""
    with _lock:
        _kept.clear()


def month_of(now: datetime) -> tuple[datetime, datetime]:
    """When the month of ``now`` began (UTC), and when it ends."""
    begins = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return begins, (begins + timedelta(days=32)).replace(day=1)


def _counted(budget: Budget, cost: int, wanted: int, now: datetime) -> _Taken:
    begins, month_ends = month_of(now)
    given = {
        "subject": budget.subject,
        "ends": now + WINDOW,
        "now": now,
        "cost": cost,
        "wanted": wanted,
        "rate": budget.rate,
    }
    if not budget.quota:
        ((ends, used, taken),) = rows_of(_OF_RATE, given)
        month_left, month_taken = 0, taken
    else:
        month = f"m:{budget.partner}"
        given |= {"month": month, "month_ends": month_ends, "quota": budget.quota}
        ((ends, used, taken, month_taken, fresh, month_used),) = rows_of(_OF_BOTH, given)
        if fresh:
            month_used += _brought_forward(month, budget.partner, begins)
        month_taken, month_left = month_taken or 0, max(0, budget.quota - month_used)
    granted = min(taken, month_taken)
    broken = () if granted >= cost else (RATE,) if taken < cost else (QUOTA,)
    found = _Taken(budget, ends, granted, max(0, budget.rate - used), month_ends, month_left, broken=broken)
    if broken:
        found.refused = cost
        found.refused_until = ends if broken == (RATE,) else now + REFUSED_FOR
    return found


def _brought_forward(month: str, partner: int | None, begins: datetime) -> int:
    """Where the count of a month is new, add to it what was used of it before; returns how much that was."""
    used = used_since(partner, begins.date())
    if used:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE partners_counter SET used = used + %s WHERE subject = %s", [used, month])
    return used


def _standing(taken: _Taken, now: datetime, broken: tuple[str, ...] = ()) -> Standing:
    seconds = int(WINDOW.total_seconds())
    found = [Policy(RATE, taken.budget.rate, seconds, taken.left + taken.held, _until(taken.ends, now))]
    if taken.budget.quota:
        begins, ends = month_of(now)
        length = int((ends - begins).total_seconds())
        left = taken.month_left + taken.held
        found.append(Policy(QUOTA, taken.budget.quota, length, left, _until(ends, now)))
    return Standing(tuple(found), broken)


def _until(moment: datetime, now: datetime) -> int:
    return max(0, ceil((moment - now).total_seconds()))
