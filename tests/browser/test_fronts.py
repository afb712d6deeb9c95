"""A front is arranged by keys alone and by dragging, and its numbers follow."""

import pytest
from django.utils import timezone

from tests.making import Desk, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def numbers(page) -> list[str]:
    """The headlines that stand first, in order, with their numbers."""
    rows = page.locator("[data-pinned] .desk-front__row").all()
    return [f"{row.locator('.desk-place').input_value()} {row.get_attribute('data-name')}" for row in rows]


def test_a_front_is_arranged_by_keys_and_by_dragging(at_desk, page, live_server):
    for name in ("One", "Two", "Three"):
        desk = Desk(now=timezone.now())
        desk.save(headline=f"Story {name}")
        desk.publish()
    at_desk(make_user("editor"), "fronts")
    for name in ("One", "Two"):
        page.get_by_role("button", name=f"Pin it Story {name}").focus()
        page.keyboard.press("Enter")
    assert numbers(page) == ["1 Story One", "2 Story Two"]
    page.get_by_role("button", name="Up: Story Two").focus()
    page.keyboard.press("Enter")
    assert numbers(page) == ["1 Story Two", "2 Story One"]
    assert page.locator("#front-says").text_content() == "Story Two: place 1"
    three, two = (page.locator(f"[data-name='Story {name}']") for name in ("Three", "Two"))
    three.locator("b").drag_to(two.locator("b"), target_position={"x": 5, "y": 2})
    assert numbers(page) == ["1 Story Three", "2 Story Two", "3 Story One"]
    one = page.get_by_label("Place of “Story One”")
    one.fill("1")
    one.press("Tab")
    page.get_by_role("button", name="Let go Story Two").click()
    page.get_by_role("button", name="Arrange", exact=True).click()
    page.get_by_text("Readers see it so now.").wait_for()
    page.goto(live_server.url)
    assert page.locator("main .entries h2 a").all_text_contents() == ["Story One", "Story Three", "Story Two"]
