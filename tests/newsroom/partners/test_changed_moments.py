"""Who knows of what waits under embargo is told when its moment is moved or cancelled; nobody else learns that anything
waits."""

import json
from datetime import timedelta

import pytest
import requests
import time_machine
from procrastinate.contrib.django.models import ProcrastinateJob

from articles import corrections, legal_holds, scheduling
from articles.embargoing import embargo_source
from articles.models import Change, ChangedMoment, Edition, Treaty
from articles.rules.wanted import wanted
from articles.withdrawing import withdraw_source
from newsroom.partners import webhooks
from newsroom.partners.keys import make_key
from newsroom.partners.models import Delivery, Fetch, Scope
from newsroom.partners.webhooks.description import TYPES, EventData
from newsroom.partners.webhooks.fanning_out import make_deliveries
from tests.making import NOW, Desk
from tests.newsroom.partners.making import DAY, make_endpoint, make_partner, receiving, send

AT, SECOND, HOUR = NOW + DAY, timedelta(seconds=1), timedelta(hours=1)
# Every partner's product, and whether they are told that what waits has another moment, or none.
PARTNERS = {
    "opens it": ({"treaties": ["lisbon"], "embargoed": True}, True),
    "opened it, and has fetched it": ({"treaties": ["lisbon"], "embargoed": True}, True),
    "opened it": ({"treaties": ["lisbon"], "embargoed": True}, False),
    "opens it at its moment": ({"treaties": ["lisbon"]}, False),
    "opens all, and has what is public": ({}, False),
    "opens something else early": ({"treaties": ["nice"], "embargoed": True}, False),
}


class Waiting(Desk):
    """A story whose second edition, the first about Lisbon, waits under embargo."""

    def __init__(self, **options):
        super().__init__(**options)
        for slug in ("lisbon", "nice"):
            Treaty.objects.get_or_create(slug=slug, defaults={"title": f"Treaty of {slug}"})
        self.publish()
        self.save(treaties=list(Treaty.objects.filter(slug="lisbon")))
        self.waits = self.publish(at=AT, embargoed=True)

    def move(self, at, *, now=NOW + 2 * HOUR):
        scheduling.reschedule(self.waits, at=at, by=self.duty, now=now)

    def cancel(self, *, now=NOW + 2 * HOUR):
        scheduling.cancel(self.waits, by=self.duty, now=now)


class Readers:
    """The partners of the table with a key each, one of them with another for reading alone; and anybody."""

    def __init__(self, server, story):
        self.server, self.story = server, story
        self.partners = {name: make_partner(**product) for name, (product, _told) in PARTNERS.items()}
        self.hooks = {name: make_endpoint(partner, now=NOW)[0] for name, partner in self.partners.items()}
        self.keys = {name: self.key(name, list(Scope)) for name in PARTNERS}
        self.keys |= {"reads alone": self.key("opens it", ["read"]), "anybody": None}
        self.waits = f"embargoed/{story.article.public_id}/2/"
        self.public = (
            "changes/",
            "articles/",
            f"articles/{story.article.public_id}/",
            "changes/?treaty=lisbon",
        )

    def key(self, name: str, scopes) -> str:
        return make_key(self.partners[name], name="a key", by=None, now=NOW, scopes=scopes)[1]

    def ask(self, name: str, path: str, *, at):
        headers = {"Authorization": f"Bearer {self.keys[name]}"} if self.keys[name] else {}
        with time_machine.travel(at, tick=False):
            return requests.get(f"{self.server.url}/api/v1/{path}", headers=headers, timeout=20)

    def take(self) -> None:
        """Some fetch what waits, one what shows; of two the products open it no more."""
        for name in ("opens it", "opened it, and has fetched it"):
            assert self.ask(name, self.waits, at=NOW + HOUR).status_code == 200
        assert self.ask("opens all, and has what is public", self.public[2], at=NOW + HOUR).status_code == 200
        for name in ("opened it, and has fetched it", "opened it"):
            self.partners[name].products.update(embargoed=False)

    def see(self, *, at) -> dict:
        """What each reader is answered of what is public."""
        found = {}
        for name in self.keys:
            for path in self.public:
                answer = self.ask(name, path, at=at)
                found[name, path] = answer.status_code, answer.content, answer.headers.get("ETag")
        return found

    def told(self, *, at) -> dict[str, list]:
        """The moments that each reader is told at the door of what changed; those to whom there is no such door are
        left out."""
        answers = {name: self.ask(name, "embargoed/changed/", at=at) for name in self.keys}
        assert {answer.status_code for answer in answers.values()} <= {200, 404}
        assert {answer.headers["Cache-Control"] for answer in answers.values()} == {"private, no-store"}
        return {
            name: [entry["embargoed_until"] for entry in answer.json()["results"]]
            for name, answer in answers.items()
            if answer.status_code == 200
        }


@pytest.mark.django_db(transaction=True)
def test_those_who_know_of_it_are_told_of_another_moment_and_nobody_else_of_any(live_server):
    story = Waiting()
    readers = Readers(live_server, story)
    readers.take()
    before = readers.see(at=AT - SECOND)
    assert readers.told(at=NOW + HOUR) == {"opens it": [], "opens something else early": []}
    story.move(AT + DAY)
    moved = "2026-06-03T12:00:00Z"
    told = {"opens it": [moved], "opened it, and has fetched it": [moved], "opens something else early": []}
    for at in (NOW + 2 * HOUR, AT - SECOND, AT + SECOND, AT + DAY - SECOND):
        assert readers.told(at=at) == told, at
        waits = readers.ask("opens it", readers.waits, at=at)
        assert (waits.status_code, waits.json()["embargoed_until"]) == (200, moved), at
        assert readers.ask("opened it, and has fetched it", readers.waits, at=at).status_code == 404
    assert readers.see(at=AT + DAY - SECOND) == before
    (entry,) = readers.ask("opens it", "embargoed/changed/", at=AT).json()["results"]
    public_id = story.article.public_id
    assert entry.pop("article") == {"id": public_id, "api": f"/api/v1/articles/{public_id}/"}
    assert {name: value for name, value in entry.items() if name != "id"} == {
        "at": "2026-06-01T14:00:00Z",
        "edition": 2,
        "embargoed_until": moved,
        "was": "2026-06-02T12:00:00Z",
    }
    # From its moment on it is everybody's, and whoever takes it then is told nothing of what was before.
    after = AT + DAY + SECOND
    assert readers.ask("opens all, and has what is public", readers.public[2], at=after).json()["number"] == 2
    assert readers.told(at=after + SECOND) == told
    numbers = [one["number"] for one in readers.ask("anybody", "changes/", at=after).json()["results"]]
    assert numbers == [1, 2]
    make_deliveries(now=AT)
    assert sent(readers) == {name for name, (_product, is_told) in PARTNERS.items() if is_told}


@pytest.mark.django_db(transaction=True)
def test_those_who_know_of_it_are_told_that_it_never_comes_and_nobody_else_that_it_was_to(live_server):
    story = Waiting()
    readers = Readers(live_server, story)
    readers.take()
    before = readers.see(at=AT - SECOND)
    story.move(AT + HOUR)
    story.cancel(now=NOW + 3 * HOUR)
    told = [None, "2026-06-02T13:00:00Z"]
    for at in (NOW + 3 * HOUR, AT - SECOND, AT + SECOND, AT + HOUR + SECOND):
        assert readers.told(at=at) == {
            "opens it": told,
            "opened it, and has fetched it": told,
            "opens something else early": [],
        }, at
        assert readers.ask("opens it", readers.waits, at=at).status_code == 404
        assert readers.ask("opens it", "embargoed/", at=at).json()["results"] == []
    assert readers.see(at=AT + HOUR + SECOND) == before
    first = readers.ask("opens it", "embargoed/changed/?limit=1", at=AT).json()
    assert [one["embargoed_until"] for one in first["results"]] == told[:1]
    second = requests.get(
        first["next"], headers={"Authorization": f"Bearer {readers.keys['opens it']}"}, timeout=20
    ).json()
    assert ([one["embargoed_until"] for one in second["results"]], second["next"]) == (told[1:], None)
    make_deliveries(now=AT)
    assert sent(readers) == {name for name, (_product, is_told) in PARTNERS.items() if is_told}
    # What holds no more is not sent.
    assert set(Delivery.objects.values_list("type", flat=True)) == {"embargo.cancelled"}
    assert Change.objects.count() == 1


def sent(readers: Readers) -> set[str]:
    """To whom something was made that tells of an embargo."""
    return {
        name
        for name, hook in readers.hooks.items()
        if hook.deliveries.filter(type__startswith="embargo.").exists()
    }


@pytest.mark.django_db
def test_whatever_moves_or_stops_what_waits_is_noted_and_only_where_it_is_under_embargo():
    later = NOW + HOUR
    acts = {
        "earlier": (lambda s, by: s.move(AT - HOUR, now=later), AT - HOUR),
        "later": (lambda s, by: s.move(AT + HOUR, now=later), AT + HOUR),
        "not at all": (lambda s, by: s.move(AT, now=later), ...),
        "cancelled": (lambda s, by: s.cancel(now=later), None),
        "source embargoed": (lambda s, by: embargo_source(s.first, until=AT + DAY, **by), AT + DAY),
        "source withdrawn": (
            lambda s, by: withdraw_source(s.first, withdrawn_by="publisher", reason="Forged.", **by),
            None,
        ),
        "held": (lambda s, by: legal_holds.hold_legally(s.reload(), reason="A letter.", **by), None),
        "retracted": (lambda s, by: corrections.retract(s.reload(), note="Made up.", **by), None),
        "taken down": (lambda s, by: corrections.take_down(s.reload(), reason="An order.", **by), None),
    }
    for name, (act, until) in acts.items():
        story = Waiting()
        act(story, {"by": story.duty, "now": later})
        noted = list(story.article.changed_moments.values_list("edition", "was", "until"))
        assert noted == ([] if until is ... else [(story.waits.pk, AT, until)]), name
    scheduled = Desk()
    scheduled.publish()
    scheduled.save(headline="A treaty was signed")
    waits = scheduled.publish(at=AT)
    scheduling.reschedule(waits, at=AT + DAY, by=scheduled.duty, now=later)
    assert not scheduled.article.changed_moments.exists()


@pytest.mark.django_db
def test_what_is_built_on_another_is_told_to_whom_that_one_was_open():
    story = Waiting()
    story.save(treaties=list(Treaty.objects.filter(slug="nice")))
    story.publish(at=AT + DAY, embargoed=True)
    story.cancel()
    told = {
        name: set(
            ChangedMoment.objects.told_to(
                make_partner(treaties=[name], embargoed=True).entitlement, fetched=Fetch.objects.none()
            ).values_list("edition__number", flat=True)
        )
        for name in ("lisbon", "nice")
    }
    assert told == {"lisbon": {2, 3}, "nice": {3}}


@pytest.mark.django_db
def test_it_reaches_every_endpoint_at_once_past_everything_and_only_as_it_holds():
    story = Waiting()
    partner = make_partner(treaties=["lisbon"], embargoed=True)
    with receiving() as receiver:
        hook, _ = make_endpoint(
            partner, receiver.url, now=NOW, wanted=wanted(kinds=["first"], source=story.second.public_id)
        )
        story.move(AT + DAY)
        assert [make_deliveries(now=NOW + 2 * HOUR) for _ in range(2)] == [1, 0]
        moved = hook.deliveries.get()
        job = ProcrastinateJob.objects.get(task_name__endswith=".send_delivery")
        assert (job.priority, job.lock, moved.type) == (100, None, "embargo.moved")
        # Nor does it wait until an endpoint that asked for patience is asked again.
        hook.quiet_until = NOW + 2 * DAY
        hook.save()
        receiver.answers = (500, {}, b"")
        assert send(moved, now=NOW + 2 * HOUR).state == "waiting"
        body = json.loads(receiver.got[0][1])
        assert (body["type"], body["timestamp"]) == ("embargo.moved", "2026-06-01T14:00:00Z")
        data = body["data"]
        assert data.pop("href").endswith(f"/api/v1/embargoed/{story.article.public_id}/2/")
        assert data == {
            "id": story.article.public_id,
            "version": 2,
            "article": story.article.public_id,
            "edition": 2,
            "embargoed_until": "2026-06-03T12:00:00Z",
            "was": "2026-06-02T12:00:00Z",
        }
        assert data.keys() <= EventData().fields.keys()
        assert {"embargo.moved", "embargo.cancelled"} <= set(TYPES)
        # While the endpoint pauses nothing is lost, and what does not hold any more is not sent.
        webhooks.pause(hook, by=None, now=NOW + 2 * HOUR)
        story.move(AT + 2 * DAY, now=NOW + 3 * HOUR)
        story.cancel(now=NOW + 4 * HOUR)
        assert make_deliveries(now=NOW + 4 * HOUR) == 0
        webhooks.resume(hook, by=None, now=NOW + 5 * HOUR)
        assert make_deliveries(now=NOW + 5 * HOUR) == 1
        receiver.answers = (200, {}, b"")
        assert send(moved, now=NOW + 5 * HOUR).state == "dropped"
        assert send(hook.deliveries.get(type="embargo.cancelled"), now=NOW + 5 * HOUR).state == "delivered"
        body = json.loads(receiver.got[-1][1])
        assert (len(receiver.got), body["type"], body["data"]["embargoed_until"]) == (
            2,
            "embargo.cancelled",
            None,
        )
        assert webhooks.resend_since(hook, since=NOW, by=None, now=NOW + 6 * HOUR) == 2


@pytest.mark.django_db
def test_nothing_is_sent_to_whom_it_is_not_open_any_more_and_nothing_of_before_to_a_new_endpoint():
    story = Waiting()
    partner = make_partner(treaties=["lisbon"], embargoed=True)
    hook, _ = make_endpoint(partner, now=NOW)
    story.move(AT + DAY)
    late, _ = make_endpoint(partner, now=NOW + 2 * HOUR)
    make_deliveries(now=NOW + 2 * HOUR)
    assert not late.deliveries.exists()
    partner.products.update(embargoed=False)
    assert send(hook.deliveries.get(), now=NOW + 2 * HOUR).state == "dropped"
    assert Edition.objects.waiting(NOW).count() == 1
