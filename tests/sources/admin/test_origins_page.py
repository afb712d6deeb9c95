"""Origins: proposals are decided by a person, and the picture shows what was decided."""

import pytest
from django.urls import reverse

from sources.models import Likeness, Source
from tests.articles.admin.pages import done, html_of, offered_acts, press_on, queries, refusals_on
from tests.making import NOW, make_publisher, make_source, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def rita():
    return make_user("reporter")


@pytest.fixture
def wire(rita):
    return make_source(rita, title="Wire story", publisher=make_publisher("Reuters"))


@pytest.fixture
def copy(rita):
    return make_source(rita, title="Gazette story")


def at(source):
    return reverse("admin:sources_source_origins", args=[source.pk])


def alike(one, other, score=0.93):
    left, right = sorted((one, other), key=lambda source: source.pk)
    return Likeness.objects.create(left=left, right=right, score=score, found_at=NOW)


def test_a_proposal_shows_how_alike_and_why_and_is_confirmed(reporter, wire, copy):
    alike(wire, copy)
    html = html_of(reporter, at(copy))
    assert "93 % alike" in html
    assert "is the text of an agency" in html
    assert f"with={wire.public_id}" in html
    assert '<option value="wire_copy" selected>' in html
    typed = {"which": "derives", "how": "wire_copy"}
    assert done(press_on(reporter, at(copy), "confirm", of={"other": wire.public_id}, **typed))
    copy.refresh_from_db()
    assert (copy.derives_from, copy.derivation) == (wire, "wire_copy")
    shown = html_of(reporter, at(copy))
    assert '<svg xmlns="http://www.w3.org/2000/svg" role="img"' in shown
    assert 'data-other="' not in shown


def test_it_can_be_the_other_that_copies(reporter, wire, copy):
    alike(wire, copy)
    typed = {"which": "is_origin", "how": "quotes"}
    assert done(press_on(reporter, at(wire), "confirm", of={"other": copy.public_id}, **typed))
    copy.refresh_from_db()
    assert (copy.derives_from, copy.derivation) == (wire, "quotes")


def test_a_rejected_proposal_is_gone_and_remembered(reporter, wire, copy):
    alike(wire, copy)
    assert done(press_on(reporter, at(copy), "reject"))
    html = html_of(reporter, at(copy))
    assert "1 rejected proposal" in html
    assert "reject" not in offered_acts(html)


def test_an_origin_is_set_by_hand_and_cleared(reporter, wire, copy):
    assert "derive" in offered_acts(html_of(reporter, at(copy)))
    typed = {"act": "derive", "of": f"Wire story [{wire.public_id}]", "how": "translation"}
    assert done(reporter.post(at(copy), typed, follow=True))
    copy.refresh_from_db()
    assert (copy.derives_from, copy.derivation) == (wire, "translation")
    assert done(press_on(reporter, at(copy), "clear"))
    copy.refresh_from_db()
    assert copy.derives_from is None


def test_the_origin_may_be_given_by_its_address_which_is_entered_and_captured(reporter, copy):
    typed = {"act": "derive", "of": " https://wire.example/1 ", "how": "wire_copy"}
    assert done(reporter.post(at(copy), typed, follow=True))
    copy.refresh_from_db()
    assert (copy.derives_from.url, copy.derives_from.captures.count()) == ("https://wire.example/1", 1)


def test_circles_are_refused_on_their_field(reporter, wire, copy):
    Source.objects.filter(pk=copy.pk).update(derives_from=wire, derivation="wire_copy")
    answer = reporter.post(at(wire), {"act": "derive", "how": "quotes", "of": f"[{copy.public_id}]"})
    assert refusals_on(answer.content.decode()) == {"origin_cycle"}


FORGED = [
    ({"act": "confirm", "other": "zzzzzzzzzzzz", "which": "derives", "how": "quotes"}, "record_unknown"),
    ({"act": "confirm", "other": "x" * 50, "which": "derives", "how": "quotes"}, "max_length"),
    ({"act": "reject", "likeness": "99999"}, "record_unknown"),
    ({"act": "derive", "of": "Wire story", "how": "quotes"}, "source_unknown"),
    ({"act": "derive", "of": "[zzzzzzzzzzzz]", "how": "quotes"}, "record_unknown"),
    ({"act": "derive", "of": "x", "how": ""}, "required"),
    ({"act": "clear"}, "origin_missing"),
]


@pytest.mark.parametrize(("facts", "code"), FORGED)
def test_forged_forms_are_refused_with_a_page(reporter, copy, facts, code):
    answer = reporter.post(at(copy), facts)
    assert answer.status_code == 200
    assert code in refusals_on(answer.content.decode())
    copy.refresh_from_db()
    assert copy.derives_from is None


def test_a_proposal_of_two_others_is_not_rejected_from_here(reporter, rita, wire, copy):
    pair = alike(wire, copy)
    stranger = make_source(rita)
    answer = reporter.post(at(stranger), {"act": "reject", "likeness": pair.pk})
    assert refusals_on(answer.content.decode()) == {"record_unknown"}


def test_the_page_costs_the_same_with_one_proposal_and_with_ten(reporter, rita, wire, copy):
    alike(wire, copy)
    html_of(reporter, at(copy))
    few = queries(reporter, at(copy))
    for _ in range(9):
        alike(make_source(rita, publisher=wire.publisher), copy)
    assert queries(reporter, at(copy)) == few
