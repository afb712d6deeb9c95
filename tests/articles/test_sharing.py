"""Links to a draft without an account: what opens, what does not, and what nobody learns."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import legal_holds, sharing, trashing
from articles.corrections import confirm_removal, retract, seal, take_down
from articles.embargoing import embargo_source
from articles.models import Article, ShareLink
from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from sources.confidentiality import confide
from tests.making import NOW, Desk, cite, make_user

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
SECRET = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
}


@pytest.fixture
def desk():
    return Desk(slug="a-treaty")


def share(desk, **options):
    options = {"by": desk.editor, "now": NOW, "expires_at": NOW + 7 * DAY, "pinned": False} | options
    return sharing.share(desk.article, **options)


def opened(token, at=NOW, **headers):
    with time_machine.travel(at, tick=False):
        return Client().get(reverse("shared", args=[token]), **headers)


def sealed(desk, link):
    desk.publish()
    taken_down(desk, link, publish=False)
    confirm_removal(desk.article, by=desk.editor, now=NOW + timedelta(hours=2))
    seal(desk.article, by=make_user("duty_editor"), now=NOW + timedelta(hours=3), legal_basis="An order")


def taken_down(desk, link, *, publish=True):
    if publish:
        desk.publish()
    take_down(desk.article, by=desk.duty, now=NOW + timedelta(hours=1), reason="An order")


def retracted(desk, link):
    desk.publish()
    retract(desk.article, by=desk.duty, now=NOW + timedelta(hours=1), note="Wrong.")


# What happens to a link or its article → the status an hour before the link ends.
STATES = {
    "open": (lambda desk, link: None, 200),
    "published": (lambda desk, link: desk.publish(), 200),
    "revoked": (lambda desk, link: sharing.revoke_share(link, by=desk.reporter, now=NOW), 404),
    "retracted": (retracted, 404),
    "taken down": (taken_down, 404),
    "sealed": (sealed, 404),
    "under legal hold": (
        lambda desk, link: legal_holds.hold_legally(desk.article, reason="A letter.", by=desk.duty, now=NOW),
        404,
    ),
    "in the trash": (
        lambda desk, link: trashing.trash(desk.article, by=desk.editor, now=NOW, reason="Twice."),
        404,
    ),
    "expired": (lambda desk, link: ShareLink.objects.update(expires_at=NOW + DAY), 404),
}


@pytest.mark.parametrize("pinned", [False, True], ids=["follows", "pinned"])
@pytest.mark.parametrize("state", STATES)
def test_what_opens_in_which_state_and_with_which_headers(desk, state, pinned):
    link, token = share(desk, pinned=pinned)
    happens, status = STATES[state]
    happens(desk, link)
    answer = opened(token, NOW + 7 * DAY - timedelta(hours=1))
    assert answer.status_code == status
    assert {name: answer[name] for name in SECRET} == SECRET
    assert not answer.cookies
    assert ("A treaty is signed" in answer.content.decode()) == (status == 200)
    if status == 404:
        # Nobody can tell why.
        assert answer.content == opened("x" * 43).content


@pytest.mark.parametrize("token", ["x", "x" * 43, "x" * 5000, "%00", "ż", "..", "a b"])
def test_what_is_no_token_answers_like_one_that_ended(desk, token):
    answer = Client().get(f"/shared/{token}/")
    assert answer.status_code == 404
    assert {name: answer[name] for name in SECRET} == SECRET


def test_a_link_ends_to_the_second(desk):
    _, token = share(desk, expires_at=NOW + DAY)
    assert opened(token, NOW + DAY - timedelta(seconds=1)).status_code == 200
    assert opened(token, NOW + DAY).status_code == 404


def test_one_that_follows_shows_the_draft_and_a_pinned_one_what_was_shared(desk):
    _, follows = share(desk)
    _, pinned = share(desk, pinned=True)
    before = opened(pinned).content
    desk.save(headline="Two states sign a treaty")
    assert "Two states sign a treaty" in opened(follows).content.decode()
    assert opened(pinned, NOW + DAY).content == before
    assert "Two states sign a treaty" not in before.decode()
    for token in (follows, pinned):
        html = opened(token).content.decode()
        assert "Preview, not published." in html
        assert '<meta name="robots" content="noindex, nofollow, noarchive">' in html


def test_the_token_is_nowhere_in_the_database_and_its_use_is_counted(desk):
    link, token = share(desk)
    opened(token)
    opened(token, NOW + DAY)
    link.refresh_from_db()
    assert (link.uses, link.last_used_at) == (2, NOW + DAY)
    told = [*map(str, ShareLink.objects.values_list()), *map(str, AuditEvent.objects.values_list())]
    assert not any(token in row for row in told)


def test_a_post_changes_nothing_and_a_session_opens_no_more_than_the_link(desk):
    link, token = share(desk)
    assert Client().post(reverse("shared", args=[token])).status_code == 404
    client = Client()
    client.force_login(desk.editor)
    sharing.revoke_share(link, by=desk.editor, now=NOW)
    assert client.get(reverse("shared", args=[token])).status_code == 404


def test_of_a_confidential_source_a_guest_learns_the_label_alone(desk):
    hidden = confide(
        public_label="A diplomat at the talks",
        name="Zofia Quillfeather",
        contact="heron",
        by=desk.reporter,
        now=NOW,
    )
    cite(desk.claim, hidden, by=desk.reporter)
    for pinned in (False, True):
        _, token = share(desk, pinned=pinned)
        html = opened(token).content.decode()
        assert "A diplomat at the talks" in html
        assert "Quillfeather" not in html
        assert "heron" not in html


def test_a_draft_under_embargo_says_so(desk):
    _, token = share(desk, pinned=True)
    assert "under embargo" not in opened(token).content.decode()
    embargo_source(desk.first, until=NOW + DAY, by=desk.editor, now=NOW)
    assert "under embargo" in opened(token).content.decode()
    share(desk)
    assert AuditEvent.objects.filter(act="article.shared").latest("pk").data["embargoed"] is True


def test_it_is_found_nowhere_else(desk, client):
    _, token = share(desk)
    for url in ("/", "/robots.txt", "/sitemap.xml", "/feeds/atom.xml", "/api/v1/articles/"):
        answer = client.get(url)
        assert token not in answer.content.decode()
        assert "a-treaty" not in answer.content.decode()


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"expires_at": NOW}, "moment_passed"),
        ({"expires_at": NOW + 31 * DAY}, "expires_too_late"),
        ({"label": "x" * 201}, "text_too_long"),
        ({"label": "\x00"}, "text_unreadable"),
        ({"by": "reporter"}, "not_allowed"),
        ({"by": "checker"}, "not_allowed"),
    ],
)
def test_what_is_refused_makes_no_link(desk, options, code):
    if isinstance(options.get("by"), str):
        options = options | {"by": getattr(desk, options["by"])}
    with pytest.raises(DomainError) as refused:
        share(desk, **options)
    assert refused.value.code == code
    assert not ShareLink.objects.exists()


def test_what_was_taken_from_readers_is_not_shared_anew_and_links_are_not_without_end(desk, monkeypatch):
    monkeypatch.setattr(sharing, "MOST_OPEN", 1)
    share(desk)
    with pytest.raises(DomainError) as refused:
        share(desk)
    assert refused.value.code == "too_many_links"
    hold = {"reason": "A letter.", "by": desk.duty, "now": NOW}
    legal_holds.hold_legally(desk.article, **hold)
    with pytest.raises(DomainError) as refused:
        share(desk)
    assert refused.value.code == "legal_hold"
    legal_holds.lift_legal_hold(desk.article, **hold)
    retracted(desk, None)
    with pytest.raises(DomainError) as refused:
        share(desk, now=NOW + timedelta(hours=2))
    assert refused.value.code == "article_gone"


def test_sealing_erases_what_was_pinned(desk):
    link, _ = share(desk, pinned=True, label="The lawyer")
    sealed(desk, link)
    link.refresh_from_db()
    assert (link.pinned, link.label) == ("", "(sealed)")


def test_opening_costs_a_fixed_number_of_queries(desk):
    _, token = share(desk)
    with CaptureQueriesContext(connection) as few:
        opened(token)
    body = desk.body() + "".join(f"<p>Sentence number {n} says so.</p>" for n in range(30))
    desk.save(body=body)
    with CaptureQueriesContext(connection) as many:
        opened(token)
    assert len(many) == len(few)


def test_what_a_pinned_link_keeps_is_what_publishing_would_freeze(desk):
    link, _ = share(desk, pinned=True)
    edition = desk.publish()
    assert json.loads(link.pinned)["content"] == json.loads(edition.content.document)["content"]
    assert Article.objects.count() == 1
