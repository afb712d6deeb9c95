"""Fronts that editors arrange: what stands first, as far as readers can read it, and how it was before."""

from copy import deepcopy
from datetime import timedelta

import pytest
from django.urls import reverse

from articles.arranging import MOST_PINS, arrange
from articles.corrections import retract
from articles.models import Arrangement, Scope, Section
from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from tests.articles.admin.pages import signed_in
from tests.articles.rendering.html import read
from tests.making import NOW, Desk, make_user

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=3)


def published_desks():
    """Three published stories, the oldest first, and one that waits."""
    desks = [
        Desk(slug=f"story-{name}", now=NOW - timedelta(days=3 - age))
        for age, name in enumerate(("one", "two", "three"))
    ]
    for desk in desks:
        desk.save(headline=f"Story of {desk.article.slug}")
        desk.publish()
    waiting = Desk(slug="story-four")
    waiting.publish(at=LATER)
    return [*desks, waiting]


@pytest.fixture(scope="module")
def _desks(kept):
    return kept(published_desks)


@pytest.fixture
def desks(_desks):
    return deepcopy(_desks)


def order(client) -> list[str]:
    """The slugs of the articles on the home page, from its top."""
    entries = read(client.get("/").text).one("main").all("article")
    return [entry.one("a")["href"].split("/")[2] for entry in entries]


def pin(*desks, leads=True, after=0, by=None, section=None, now=NOW):
    by = by or make_user("editor")
    articles = [desk.article for desk in desks]
    return arrange(section, articles=articles, leads=leads, after=after, by=by, now=now)


def test_what_is_pinned_stands_first_in_its_order_and_nothing_stands_there_twice(
    client, desks, clock, django_assert_num_queries
):
    assert order(client) == ["story-three", "story-two", "story-one"]
    pin(desks[0], desks[1])
    with django_assert_num_queries(2):
        assert order(client) == ["story-one", "story-two", "story-three"]
    page = read(client.get("/").text).one("main")
    assert page.one("ol", class_="led").all("h2")[0].text.strip() == "Story of story-one"
    assert "front.arranged" in AuditEvent.objects.values_list("act", flat=True)
    pin(desks[1], leads=False, after=1)
    assert order(client) == ["story-two", "story-three", "story-one"]
    assert not read(client.get("/").text).all("ol", class_="led")
    pin(after=2)
    assert order(client) == ["story-three", "story-two", "story-one"]


def test_what_waits_takes_its_place_at_its_moment_and_what_is_taken_away_leaves_it(client, desks, clock):
    pin(desks[3], desks[0])
    clock.move_to(LATER - timedelta(microseconds=1))
    assert order(client) == ["story-one", "story-three", "story-two"]
    clock.move_to(LATER)
    assert order(client) == ["story-four", "story-one", "story-three", "story-two"]
    retract(
        desks[3].article,
        note="Wrong.",
        closes_history=False,
        by=desks[3].duty,
        now=LATER + timedelta(minutes=1),
    )
    clock.move_to(LATER + timedelta(minutes=2))
    assert order(client) == ["story-one", "story-three", "story-two"]


def test_an_arrangement_that_cannot_be_is_refused_and_changes_nothing(desks):
    draft = Desk(slug="a-draft")
    pin(desks[0])
    editor = make_user("editor")
    section = Section.objects.create(name="World", slug="world")
    Scope.objects.create(user=editor, section=Section.objects.create(name="Law", slug="law"))
    for code, wanted, how in (
        ("not_public", [draft], {}),
        ("pinned_twice", [desks[1], desks[1]], {}),
        ("too_many_pins", [desks[1]] * (MOST_PINS + 1), {}),
        ("front_changed", [desks[1]], {"after": 0}),
        ("front_changed", [desks[1]], {"after": 2}),
        ("nothing_changed", [desks[0]], {}),
        ("not_allowed", [desks[1]], {"by": make_user("reporter")}),
        ("not_allowed", [desks[1]], {"by": make_user("administrator")}),
        ("out_of_scope", [desks[1]], {"section": section, "by": editor, "after": 0}),
    ):
        with pytest.raises(DomainError) as refused:
            pin(*wanted, **{"after": 1, **how})
        assert (code, refused.value.code) == (code, code)
    assert Arrangement.objects.count() == 1


def typed(*numbered, after=0, **more):
    numbers = {desk.article.public_id: number for desk, number in numbered}
    return {"act": "arrange", "after": after, "leads": "on", **numbers, **more}


def test_an_editor_arranges_looks_first_and_brings_back_what_was(client, desks):
    person, url = signed_in(make_user("editor")), reverse("admin:fronts")
    page = person.get(url)
    assert "Story of story-one" in page.text
    assert "waits until" in page.text
    preview = person.post(url, typed((desks[0], 2), (desks[1], 1), preview="1"))
    assert "Preview: readers do not see it so yet." in preview.text
    assert preview.text.index("Story of story-two") < preview.text.index("Story of story-one")
    assert "frame-ancestors 'self'" in preview["Content-Security-Policy"]
    assert order(client) == ["story-three", "story-two", "story-one"]
    assert person.post(url, typed((desks[0], 2), (desks[1], 1))).status_code == 302
    assert order(client) == ["story-two", "story-one", "story-three"]
    assert person.post(url, typed((desks[0], 1), after=1)).status_code == 302
    late = person.post(url, typed((desks[2], 1), after=1))
    assert 'data-code="front_changed"' in late.text
    back = {"act": "bring_back", "after": 2, "number": 1, "place": "1"}
    assert person.post(url, back).status_code == 302
    assert order(client) == ["story-two", "story-one", "story-three"]
    assert person.post(url, back | {"number": 9, "after": 3}).status_code == 400
    assert person.post(url, {"act": "publish"}).status_code == 400
    wrong = person.post(url, typed((desks[0], "x"), after=3))
    assert "desk-error" in wrong.text


def test_an_older_article_is_added_by_its_address_and_what_waits_is_told_to_those_who_may_see_it(desks):
    section = Section.objects.create(name="Law", slug="law")
    scoped = make_user("editor")
    Scope.objects.create(user=scoped, section=section)
    page = signed_in(scoped).get(reverse("admin:fronts"), {"add": "story-four"}).text
    assert "“story-four” is no article that could be pinned." in page
    assert "waits until" not in page
    own = signed_in(scoped).get(reverse("admin:section_front", args=["law"]))
    assert "Story of" not in own.text
    assert (
        "Story of story-one"
        in signed_in(scoped).get(own.wsgi_request.path, {"add": "/articles/story-one/"}).text
    )
    elsewhere = Section.objects.create(name="World", slug="world")
    other = reverse("admin:section_front", args=[elsewhere.slug])
    assert signed_in(scoped).get(other).status_code == 404
    for role in ("reporter", "fact_checker", "administrator"):
        assert (role, signed_in(make_user(role)).get(reverse("admin:fronts")).status_code) == (role, 403)
