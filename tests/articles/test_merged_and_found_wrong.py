"""What was merged is found wrong: wherever an edition names either, what waits is held and readers are told."""

from datetime import timedelta

import pytest

from articles.embargoing import embargo_source
from articles.merging import merge
from articles.models import Change, Release
from articles.recalling import close, recall
from articles.withdrawing import reinstate_source, withdraw_source
from newsroom.core.errors import DomainError
from tests.making import NOW, Desk, make_claim, make_source

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def desk():
    return Desk(slug="the-story")


def merged(kept, gone, by):
    return merge(kept, gone, by=by, now=LATER, note="The same document.")


@pytest.mark.parametrize("waits", [False, True])
def test_withdrawing_what_stands_for_a_source_is_told_where_the_other_was_printed(client, desk, waits):
    edition = desk.publish(at=NOW + timedelta(days=1) if waits else None)
    kept = make_source(desk.reporter)
    merged(kept, desk.first, desk.editor)
    withdraw_source(kept, withdrawn_by="publisher", reason="It was made up.", by=desk.editor, now=LATER)
    changes = set(Change.objects.filter(kind="source_withdrawn").values_list("source", flat=True))
    if waits:
        # Design, rule 8.
        assert Release.objects.get(edition=edition).showing.isempty
        assert changes == set()
        return
    assert "It was made up." in client.get("/articles/the-story/").text
    assert changes == {desk.first.pk}
    assert [r.wording for r in kept.recalls.get().told.all()] == ["Two states signed a treaty on 27 May 2026"]
    reinstate_source(kept, reason="It was not.", by=desk.editor, now=LATER)
    assert "It was made up." not in client.get("/articles/the-story/").text


def test_what_waits_moves_with_the_embargo_of_what_stands_for_its_source(desk):
    edition = desk.publish(at=NOW + timedelta(days=1))
    kept, until = make_source(desk.reporter), NOW + timedelta(days=2)
    merged(kept, desk.first, desk.editor)
    embargo_source(kept, until=until, by=desk.editor, now=LATER)
    assert Release.objects.get(edition=edition).showing.lower == until
    embargo_source(kept, until=None, by=desk.editor, now=LATER)
    assert Release.objects.get(edition=edition).showing.lower == LATER


def test_recalling_what_stands_for_a_claim_finds_what_was_printed_of_the_other(desk):
    desk.publish()
    waiting = Desk(slug="another")
    edition = waiting.publish(at=NOW + timedelta(days=1))
    kept = make_claim(desk.reporter)
    merged(kept, desk.claim, desk.editor)
    merged(kept, waiting.claim, desk.editor)
    recalled = recall(kept, reason="They did not sign.", by=desk.editor, now=LATER)
    assert {told.article.slug for told in recalled.told.all()} == {"the-story", "another"}
    assert Release.objects.get(edition=edition).showing.isempty
    with pytest.raises(DomainError) as refusal:
        close(recalled, by=desk.editor, now=LATER)
    assert refusal.value.code == "still_shown"


def test_what_leads_readers_on_from_what_was_printed_is_printed(desk):
    desk.publish()
    kept = make_source(desk.reporter)
    assert not kept.is_printed
    merged(kept, desk.first, desk.editor)
    assert kept.is_printed


def test_an_act_on_what_was_merged_is_one_on_what_stands_for_it(desk):
    kept, claim = make_source(desk.reporter), make_claim(desk.reporter)
    merged(kept, desk.first, desk.editor)
    merged(claim, desk.claim, desk.editor)
    # As an old page does, which does not know of the merge.
    until = NOW + timedelta(days=2)
    assert embargo_source(desk.first, until=until, by=desk.editor, now=LATER) == kept
    given = {"withdrawn_by": "publisher", "reason": "It was made up.", "by": desk.editor, "now": LATER}
    assert withdraw_source(desk.first, **given) == kept
    assert recall(desk.claim, reason="They did not sign.", by=desk.editor, now=LATER).claim == claim
