"""Which capture stands for a source where a citation names none."""

import pytest

from articles.dossier import held_snapshots
from tests.making import make_snapshot, make_source, make_user

pytestmark = pytest.mark.django_db
PASTED = {"way": "pasted", "reason": "It was read out to us."}
WALL = {"way": "fetched", "reason": "", "obstacle": "login_wall"}
FETCHED = {"way": "fetched", "reason": ""}


@pytest.mark.parametrize(
    ("captures", "which"),
    [
        ([FETCHED, FETCHED], 1),
        # What somebody hands in later does not put a genuine copy aside.
        ([FETCHED, PASTED], 0),
        ([PASTED, FETCHED], 1),
        ([PASTED, PASTED], 1),
        ([PASTED, WALL], 0),
        ([WALL], None),
        ([], None),
    ],
)
def test_the_latest_that_can_be_taken_for_the_source_and_fetched_before_handed_in(captures, which):
    source = make_source(make_user("reporter"))
    made = [make_snapshot(source, f"Words {n}.", **capture) for n, capture in enumerate(captures)]
    assert held_snapshots([source.pk]) == ({} if which is None else {source.pk: made[which]})
