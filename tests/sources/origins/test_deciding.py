"""What a person may say about origins, and that no two people can close a circle."""

import threading
from itertools import pairwise

import pytest
from django.db import connection, transaction

from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from sources.models import Likeness, Source
from sources.origins import clear_origin, confirm_origin, proposals_for, reject_likeness
from tests.making import NOW, make_source, make_user
from tests.sources.origins.waiting import until_one_waits


@pytest.fixture
def by():
    return make_user("reporter")


@pytest.fixture
def alike(by):
    one, other = make_source(by), make_source(by)
    return Likeness.objects.create(left=one, right=other, score=0.8, found_at=NOW)


def derives(source):
    source.refresh_from_db()
    return source.derives_from, source.derivation


def audited():
    return [
        (event.act, event.object_id, event.by, event.at, event.data)
        for event in AuditEvent.objects.order_by("pk")
    ]


@pytest.mark.django_db
def test_confirming_says_from_where_and_how_and_settles_the_proposal(alike, by):
    one, other = alike.left, alike.right
    done = confirm_origin(one, other, how="press_release", by=by, now=NOW)
    assert done == one
    assert derives(one) == (other, "press_release")
    assert derives(other) == (None, "")
    alike.refresh_from_db()
    assert (alike.state, alike.decided_by, alike.decided_at) == ("confirmed", by, NOW)
    told = {"of": other.public_id, "how": "press_release", "former": None}
    assert audited() == [("source.origin_set", one.public_id, by, NOW, told)]


@pytest.mark.django_db
def test_an_origin_can_be_said_of_a_pair_nobody_proposed(by):
    one, other = make_source(by), make_source(by)
    confirm_origin(one, other, how="translation", by=by, now=NOW)
    assert derives(one) == (other, "translation")
    assert not Likeness.objects.exists()


@pytest.mark.django_db
def test_another_origin_takes_the_place_of_the_first_and_opens_its_proposal_again(alike, by):
    one, first, second = alike.left, alike.right, make_source(by)
    confirm_origin(one, first, how="wire_copy", by=by, now=NOW)
    confirm_origin(one, second, how="quotes", by=by, now=NOW)
    assert derives(one) == (second, "quotes")
    alike.refresh_from_db()
    assert (alike.state, alike.decided_by, alike.decided_at) == ("proposed", None, None)
    assert proposals_for(one) == [alike]
    told = {"of": second.public_id, "how": "quotes", "former": first.public_id}
    assert audited()[-1][4] == told


@pytest.mark.django_db
def test_clearing_takes_a_confirmation_back(alike, by):
    confirm_origin(alike.right, alike.left, how="wire_copy", by=by, now=NOW)
    clear_origin(alike.right, by=by, now=NOW)
    assert derives(alike.right) == (None, "")
    assert proposals_for(alike.left) == [alike]
    told = {"of": alike.left.public_id, "how": "wire_copy"}
    assert audited()[-1] == ("source.origin_cleared", alike.right.public_id, by, NOW, told)
    with pytest.raises(DomainError) as refused:
        clear_origin(alike.right, by=by, now=NOW)
    assert refused.value.code == "origin_missing"


@pytest.mark.django_db
def test_what_shares_an_origin_by_way_of_others_needs_no_decision(alike, by):
    wire = make_source(by)
    confirm_origin(alike.left, wire, how="wire_copy", by=by, now=NOW)
    assert proposals_for(alike.left) == [alike]
    confirm_origin(alike.right, wire, how="wire_copy", by=by, now=NOW)
    assert proposals_for(alike.left) == proposals_for(alike.right) == []


@pytest.mark.django_db
def test_rejecting_settles_it_and_is_recorded(alike, by):
    reject_likeness(alike, by=by, now=NOW)
    alike.refresh_from_db()
    assert (alike.state, alike.decided_by, alike.decided_at) == ("rejected", by, NOW)
    assert audited() == [
        ("likeness.rejected", alike.left.public_id, by, NOW, {"other": alike.right.public_id})
    ]
    assert derives(alike.left) == derives(alike.right) == (None, "")


@pytest.mark.django_db
@pytest.mark.parametrize("first", ["confirmed", "rejected"])
def test_what_is_decided_cannot_be_rejected_anew(alike, by, first):
    if first == "confirmed":
        confirm_origin(alike.left, alike.right, how="wire_copy", by=by, now=NOW)
    else:
        reject_likeness(alike, by=by, now=NOW)
    with pytest.raises(DomainError) as refused:
        reject_likeness(alike, by=by, now=NOW)
    assert refused.value.code == "likeness_decided"


@pytest.mark.django_db
def test_a_rejected_pair_can_still_be_confirmed_by_who_knows_better(alike, by):
    reject_likeness(alike, by=by, now=NOW)
    confirm_origin(alike.left, alike.right, how="wire_copy", by=by, now=NOW)
    alike.refresh_from_db()
    assert alike.state == "confirmed"


@pytest.mark.django_db
@pytest.mark.parametrize("length", [1, 2, 3, 6])
def test_a_circle_is_refused_however_long(by, length):
    line = [make_source(by) for _ in range(length)]
    for of, source in pairwise(line):
        confirm_origin(source, of, how="quotes", by=by, now=NOW)
    with pytest.raises(DomainError) as refused:
        confirm_origin(line[0], line[-1], how="quotes", by=by, now=NOW)
    assert (refused.value.code, refused.value.place) == ("origin_cycle", "of")
    assert derives(line[0]) == (None, "")


@pytest.mark.django_db
def test_a_source_may_move_to_another_place_of_its_own_tree(by):
    origin, first, second = (make_source(by) for _ in range(3))
    confirm_origin(first, origin, how="quotes", by=by, now=NOW)
    confirm_origin(second, first, how="quotes", by=by, now=NOW)
    confirm_origin(second, origin, how="quotes", by=by, now=NOW)
    assert derives(second) == (origin, "quotes")


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["", "copied", "WIRE_COPY"])
def test_how_it_derives_must_be_one_of_the_known_ways(by, how):
    one, other = make_source(by), make_source(by)
    with pytest.raises(DomainError) as refused:
        confirm_origin(one, other, how=how, by=by, now=NOW)
    assert (refused.value.code, refused.value.place) == ("derivation_unknown", "how")


@pytest.mark.django_db
def test_a_confidential_source_stands_in_no_chain(by):
    known = make_source(by)
    secret = make_source(by, confidential=True, public_label="an official", title="", url="")
    for pair in ((known, secret), (secret, known)):
        with pytest.raises(DomainError) as refused:
            confirm_origin(*pair, how="quotes", by=by, now=NOW)
        assert refused.value.code == "origin_confidential"


@pytest.mark.django_db
def test_who_may_not_keep_evidence_may_decide_nothing(alike):
    nobody = make_user("administrator")
    acts = [
        lambda: confirm_origin(alike.left, alike.right, how="quotes", by=nobody, now=NOW),
        lambda: clear_origin(alike.left, by=nobody, now=NOW),
        lambda: reject_likeness(alike, by=nobody, now=NOW),
    ]
    for act in acts:
        with pytest.raises(DomainError) as refused:
            act()
        assert refused.value.code == "not_allowed"
    assert audited() == []


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_not_close_a_circle():
    """The second is made to wait while the first has set its half but not yet committed."""
    by = make_user("reporter")
    one, other = make_source(by), make_source(by)
    codes = []

    def second():
        try:
            confirm_origin(other, one, how="quotes", by=by, now=NOW)
            codes.append("set")
        except DomainError as refused:
            codes.append(refused.code)
        finally:
            connection.close()

    person = threading.Thread(target=second)
    with transaction.atomic():
        confirm_origin(one, other, how="quotes", by=by, now=NOW)
        person.start()
        until_one_waits(person)
    person.join()
    assert codes == ["origin_cycle"]
    assert derives(one) == (other, "quotes")
    assert derives(other) == (None, "")


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_no_two_make_a_circle():
    """Everybody at once lets the next in a ring derive from the one before: one of them is refused."""
    by = make_user("reporter")
    ring = [make_source(by) for _ in range(5)]
    together, codes = threading.Barrier(len(ring), timeout=20), []

    def say(source, of):
        try:
            together.wait()
            confirm_origin(source, of, how="quotes", by=by, now=NOW)
        except DomainError as refused:
            codes.append(refused.code)
        finally:
            connection.close()

    people = [
        threading.Thread(target=say, args=[source, ring[number - 1]]) for number, source in enumerate(ring)
    ]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert codes == ["origin_cycle"]
    assert Source.objects.filter(derives_from=None).count() == 1
