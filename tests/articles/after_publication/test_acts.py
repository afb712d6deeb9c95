"""Every act in every state comes to what the table says, and is refused with the code it names."""

import pytest
from django.db import transaction

from articles import addresses, archiving, scheduling
from articles.corrections import confirm_removal, retract, seal, take_down, unpublish
from articles.corrections.notices import state_of
from articles.models import Edition
from articles.rules.after_publication import ACTS, ON_WHAT_WAITS, REFUSALS, Shows, Waits, result_of
from articles.rules.kinds import PUBLISHABLE
from newsroom.core.errors import DomainError
from tests.articles.after_publication.story import Story, in_state, moment
from tests.making import make_user

pytestmark = pytest.mark.django_db
NOW = moment(hours=1)


def publish(story: Story, kind: str):
    story.now = NOW
    # For a minor edit a letter; for the others something else.
    said = "The obsidian treaty wos signed" if kind == "minor" else "The third treaty was signed"
    story.save(body=story.body(signed=said))
    return story.publish(kind=kind, note="A note.")


def waiting(story: Story) -> Edition:
    found = Edition.objects.waiting(NOW).filter(article=story.article).first()
    return found or Edition.objects.filter(article=story.article).first() or Edition(article=story.article)


DOING = {
    "retract": lambda s: retract(s.article, by=s.duty, now=NOW, note="Wrong."),
    "retract_closing": lambda s: retract(s.article, by=s.duty, now=NOW, note="Wrong.", closes_history=True),
    "unpublish": lambda s: unpublish(s.article, by=s.duty, now=NOW, reason="Moved."),
    "take_down": lambda s: take_down(s.article, by=s.duty, now=NOW, reason="An order."),
    "confirm_removal": lambda s: confirm_removal(s.article, by=s.editor, now=NOW),
    "seal": lambda s: seal(s.article, by=make_user("duty_editor"), now=NOW, legal_basis="An order."),
    "change_address": lambda s: addresses.change_address(s.article, slug="elsewhere", by=s.editor, now=NOW),
    "archive": lambda s: archiving.archive(s.article, by=s.editor, now=NOW),
    "reschedule": lambda s: scheduling.reschedule(waiting(s), at=moment(days=3), by=s.duty, now=NOW),
    "cancel": lambda s: scheduling.cancel(waiting(s), by=s.duty, now=NOW),
    **{str(kind): (lambda s, kind=kind: publish(s, kind)) for kind in PUBLISHABLE},
}


def test_every_act_of_the_table_is_tried():
    assert DOING.keys() == {str(act) for act in ACTS} | ON_WHAT_WAITS.keys()


def let_wait(story: Story, state: Shows, waits: Waits) -> None:
    """Let a further edition wait for its moment, on top of what shows."""
    if waits == Waits.NONE:
        return
    story.now = moment(minutes=40)
    story.save(body=story.body(signed="Another treaty was signed"))
    kind = {Shows.NOTHING: "first", Shows.TEXT: "update"}.get(state, "reinstatement")
    story.publish(kind=kind, note="A note.", at=moment(days=2), embargoed=waits == Waits.EMBARGOED)


class Undone(Exception):
    """Ends an act that was tried, so that the next finds what it found."""


def outcome(act: str, story: Story) -> tuple | str:
    """What ``act`` comes to: what shows and what waits, or the code of its refusal; then it is undone."""
    story.reload()
    try:
        with transaction.atomic():
            DOING[act](story)
            reached = state_of(story.article, now=NOW)
            raise Undone
    except Undone:
        return reached
    except DomainError as refused:
        return refused.code


def expected(act: str, state: Shows, waits: Waits) -> tuple | str:
    try:
        return result_of(act, state, waits)
    except DomainError as refused:
        return refused.code


@pytest.mark.parametrize("waits", list(Waits))
@pytest.mark.parametrize("state", list(Shows))
def test_every_act_comes_to_what_the_table_says(state, waits):
    story = in_state(state)
    if state == Shows.TAKEN_DOWN:
        confirm_removal(story.article, by=story.editor, now=moment(minutes=30))
    let_wait(story, state, waits)
    assert state_of(story.article, now=NOW) == (state, waits)
    found = {act: outcome(act, story) for act in DOING}
    told = {act: expected(act, state, waits) for act in DOING}
    if state == Shows.TAKEN_DOWN:
        told["confirm_removal"] = "confirmed_already"
    if waits != Waits.NONE:
        # Of which kind the next may be is asked of what readers will know by then; that one waits is refused anyway.
        for kind in PUBLISHABLE:
            assert found.pop(kind) in REFUSALS.keys() | {"not_minor"}
            told.pop(kind)
    assert found == told
    assert state_of(story.article, now=NOW) == (state, waits)


def test_a_take_down_is_confirmed_and_stays():
    story = in_state(Shows.TAKEN_DOWN)
    assert outcome("confirm_removal", story) == expected("confirm_removal", Shows.TAKEN_DOWN, Waits.NONE)
