"""An article in each state after publication, and what its page "Published" tells of it."""

import re
from datetime import timedelta

from django.utils import timezone

from articles import archiving, corrections
from tests.articles.admin.pages import page_of
from tests.making import Desk


def page(client, desk) -> str:
    return page_of(client, desk.article, "published")


def shows(html) -> tuple[str, str]:
    return re.search(r'data-shows="(\w+)" data-waits="(\w+)"', html).groups()


def editions(html) -> dict[str, str]:
    """The states of the editions on the page by their numbers, in their order."""
    return dict(re.findall(r'data-number="(\d+)" data-state="(\w+)"', html))


def at(desk, state):
    """The desk with its article in ``state``; moments are of the real clock, which the page goes by."""
    later = desk.now + timedelta(days=2)
    if state in ("scheduled", "embargoed"):
        desk.publish(at=later, embargoed=state == "embargoed")
    elif state != "nothing":
        desk.publish()
    if state == "next waits":
        desk.save(headline="A treaty was signed")
        desk.publish(at=later)
    act = {"by": desk.duty, "now": timezone.now()}
    if state == "retracted":
        corrections.retract(desk.article, note="All of it was wrong.", **act)
    if state == "unpublished":
        corrections.unpublish(desk.article, reason="Asked to", **act)
    if state in ("taken down", "confirmed", "sealed"):
        corrections.take_down(desk.article, reason="An injunction", **act)
    if state in ("confirmed", "sealed"):
        corrections.confirm_removal(desk.article, by=desk.editor, now=timezone.now())
    if state == "sealed":
        sealing = Desk().duty
        corrections.seal(desk.article, by=sealing, now=timezone.now(), legal_basis="Order 12/26")
    if state == "archived":
        archiving.archive(desk.article, **act)
    return desk
