"""Who still shows the old text: partners say what they show, a board tells who is behind, and they are reminded."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import corrections
from articles.models import Section
from newsroom.audit.models import AuditEvent
from newsroom.core.errors import DomainError
from newsroom.partners import reminding
from newsroom.partners.catching_up import board
from newsroom.partners.keys import make_key
from newsroom.partners.models import Confirmation, Fetch, Reminder
from newsroom.partners.noting import note_fetch
from newsroom.partners.reminding import remind, remind_all
from tests.making import NOW, Desk, make_user
from tests.newsroom.partners.making import letters, make_endpoint, make_partner

pytestmark = pytest.mark.django_db
DOOR = "/api/v1/confirmations/"
DAY = timedelta(days=1)


def later(**delta):
    return NOW + timedelta(**delta)


@pytest.fixture
def desk():
    """A story whose second edition, ten minutes later, corrects the first."""
    desk = Desk(slug="a-treaty")
    desk.save(section=Section.objects.create(slug="defence", name="Defence"))
    desk.publish()
    desk.now = later(minutes=10)
    desk.save(headline="A treaty was signed on 27 May 2026")
    desk.publish(kind="correction", note="It was signed already.")
    return desk


def standings(now=NOW + DAY) -> list[tuple[str, dict[str, str]]]:
    return [
        (row.edition.kind, {line.partner.name: str(line.standing) for line in row.lines})
        for row in board(now=now)
    ]


def test_partners_say_which_edition_they_show(desk, reader, partner, clock):
    shown = desk.article.public_id
    said = {"article": shown, "edition": 2}
    for edition in (2, 1, 2):
        answer = reader.post(DOOR, said | {"edition": edition}, content_type="application/json")
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
        assert answer.json() == said | {"edition": edition, "at": "2026-06-01T13:00:00Z"}
        assert Confirmation.objects.get().edition.number == edition
    assert Confirmation.objects.get().partner == partner
    hidden = Desk()
    hidden.publish(at=later(hours=5))
    for body, status, place in [
        ({"article": shown}, 400, "edition"),
        ({"article": shown, "edition": True}, 400, "edition"),
        ({"article": shown, "edition": "2"}, 400, "edition"),
        ({"article": shown, "edition": 0}, 400, "edition"),
        ({"article": shown, "edition": 10**30}, 400, "edition"),
        ({"article": 7, "edition": 1}, 400, "article"),
        ({"article": "\x00", "edition": 1}, 400, "article"),
        (said | {"note": "x"}, 400, "note"),
        ([said], 400, None),
        ("x", 400, None),
        ({"article": shown, "edition": 3}, 404, None),
        ({"article": "0123456789ab", "edition": 1}, 404, None),
        ({"article": hidden.article.public_id, "edition": 1}, 404, None),
        (said | {"note": "x" * 2_000}, 413, None),
    ]:
        answer = reader.post(DOOR, json.dumps(body), content_type="application/json")
        assert answer.status_code == status, body
        assert [error["parameter"] for error in answer.json().get("errors", [])] == [place] * bool(place)
    for sent, kind, status in [
        (b"{", "application/json", 400),
        (b"\xff", "application/json", 400),
        (b"[" * 900, "application/json", 400),
        (b"article=x", "application/x-www-form-urlencoded", 415),
        (b"<a/>", "text/xml", 415),
    ]:
        assert reader.post(DOOR, sent, content_type=kind).status_code == status, sent
    assert reader.get(DOOR).status_code == 405
    assert Client().post(DOOR, said, content_type="application/json").status_code == 401
    _key, text = make_key(partner, name="reading", by=None, now=NOW)
    only_reads = Client(headers={"authorization": f"Bearer {text}"})
    assert only_reads.post(DOOR, said, content_type="application/json").status_code == 403


def test_what_was_fetched_is_noted_once_an_edition_with_how_often(desk):
    partner = make_partner()
    one, two = desk.article.editions.order_by("number")
    note_fetch(partner, [one.pk, two.pk, one.pk], NOW)
    note_fetch(partner, [two.pk], later(hours=1))
    note_fetch(partner, [], NOW)
    told = Fetch.objects.order_by("edition__number").values_list("edition", "first_at", "last_at", "times")
    assert list(told) == [(one.pk, NOW, NOW, 1), (two.pk, NOW, later(hours=1), 2)]


def test_the_board_tells_for_each_edition_how_every_entitled_partner_stands_to_it(desk):
    one, two = desk.article.editions.order_by("number")
    names = ("confirmed", "fetched", "shows_old", "has_old", "never")
    partners = {name: make_partner() for name in names}
    for name, partner in partners.items():
        partner.name = name
        partner.save()
    make_partner(languages=["pl"])
    gone = make_partner()
    gone.is_active = False
    gone.save()
    for name in ("confirmed", "fetched", "shows_old", "has_old"):
        note_fetch(partners[name], [one.pk], NOW)
    for name in ("fetched", "shows_old"):
        note_fetch(partners[name], [two.pk], later(hours=1))
    said = {"article": desk.article, "at": NOW}
    Confirmation.objects.create(partner=partners["confirmed"], edition=two, **said)
    Confirmation.objects.create(partner=partners["shows_old"], edition=one, **said)
    assert standings() == [("correction", {name: name for name in names})]

    corrections.take_down(desk.reload(), by=desk.duty, now=later(hours=2), reason="An order.")
    taken_down, corrected = standings()
    assert corrected == ("correction", {name: name for name in names})
    expected = {
        "confirmed": "shows_old",
        "fetched": "has_old",
        "shows_old": "shows_old",
        "has_old": "has_old",
    }
    assert taken_down == ("take_down", expected | {"never": "never"})
    assert [len(row.behind) for row in board(now=later(days=1))] == [4, 2]
    assert board(now=later(days=40)) == []


def test_one_pulls_and_the_other_is_on_the_board_reminded_by_mail_and_webhook(desk, client, clock):
    one, two = desk.article.editions.order_by("number")
    pulls, lags = make_partner(), make_partner()
    endpoint, _ = make_endpoint(lags, now=later(hours=1))
    for partner in (pulls, lags):
        note_fetch(partner, [one.pk], NOW)
    note_fetch(pulls, [two.pk], later(hours=1))
    client.force_login(desk.editor)
    page = client.get(reverse("admin:partners_board"))
    told = page.content.decode()
    assert told.count('data-standing="has_old"') == told.count('<button class="desk-button">Remind') == 1
    assert f"Remind {lags.name}" in told
    assert 'data-others="fetched">has fetched this: 1<' in told
    assert pulls.name not in told

    now = later(hours=2)
    remind(two.pk, lags.pk, by=desk.editor, now=now)
    delivery = endpoint.deliveries.get()
    event = json.loads(delivery.body)
    assert (event["type"], event["data"]["edition"], event["data"]["reminder"]) == (
        "article.corrected",
        2,
        True,
    )
    (letter,) = letters()
    assert letter["to"] == lags.mail
    assert desk.article.public_id in letter["text"]
    assert AuditEvent.objects.get(act="partner.reminded").by == desk.editor
    for partner, by, code in [
        (pulls, desk.editor, "nobody_behind"),
        (lags, desk.editor, "reminded_already"),
        (lags, desk.reporter, "not_allowed"),
    ]:
        with pytest.raises(DomainError) as refused:
            remind(two.pk, partner.pk, by=by, now=now)
        assert refused.value.code == code
    assert remind_all(now=later(days=2)) == 0


def test_where_a_source_or_claim_falls_the_desk_sees_which_partners_have_what_rests_on_it(desk, client):
    one, two = desk.article.editions.order_by("number")
    fetched, told, neither = make_partner(), make_partner(), make_partner()
    make_endpoint(told, now=NOW)
    Desk().publish()
    note_fetch(fetched, [one.pk], NOW)
    delivery = {"type": "article.corrected", "body": "{}", "made_at": NOW, "finished_at": NOW}
    told.endpoints.get().deliveries.create(change=two.change, state="delivered", **delivery)
    client.force_login(desk.editor)
    for page in (
        reverse("admin:sources_source_cited_by", args=[desk.first.pk]),
        reverse("admin:articles_claim_recall", args=[desk.claim.pk]),
    ):
        shown = client.get(page).content.decode()
        assert f"{fetched.name} fetched edition 1" in shown
        assert f"{told.name} was told of edition 2" in shown
        assert neither.name not in shown


def test_who_is_behind_for_a_day_is_reminded_once_by_itself(desk, settings):
    one, _two = desk.article.editions.order_by("number")
    note_fetch(make_partner(), [one.pk], NOW)
    make_partner()
    due = later(minutes=10) + DAY
    assert remind_all(now=due - timedelta(seconds=1)) == 0
    settings.NEWSROOM_REMIND_AFTER = 0
    assert remind_all(now=due) == 0
    settings.NEWSROOM_REMIND_AFTER = 24
    assert [remind_all(now=due) for _ in range(2)] == [1, 0]


def test_one_who_cannot_be_reminded_keeps_nobody_else_from_it(desk, monkeypatch):
    one, _two = desk.article.editions.order_by("number")
    refuses, other = make_partner(), make_partner()
    for partner in (refuses, other):
        note_fetch(partner, [one.pk], NOW)

    def write_to(partner, *_words, **_facts):
        if partner == refuses:
            raise DomainError("not_written", "Nobody writes there.")

    monkeypatch.setattr(reminding, "write_to", write_to)
    due = later(minutes=10) + DAY
    assert [remind_all(now=due) for _ in range(2)] == [1, 0]
    assert Reminder.objects.get().partner == other


def test_the_board_asks_once_for_all_who_may_read_the_same(desk):
    asked = []
    for _ in range(2):
        make_partner()
        with CaptureQueriesContext(connection) as queries:
            (row,) = board(now=NOW + DAY)
        asked.append((len(row.lines), len(queries)))
    assert asked == [(1, asked[0][1]), (2, asked[0][1])]


def test_the_button_of_the_board_reminds_and_refuses_what_nobody_pressed(desk, client):
    one, two = desk.article.editions.order_by("number")
    lags = make_partner()
    note_fetch(lags, [one.pk], NOW)
    page = reverse("admin:partners_board")
    client.force_login(desk.reporter)
    assert client.get(page).status_code == 403
    client.force_login(make_user("administrator"))
    for form, status in [
        ({}, 400),
        ({"edition": "x", "partner": "1"}, 400),
        ({"edition": two.pk, "partner": 10**17}, 400),
    ]:
        assert client.post(page, form).status_code == status, form


def test_the_feed_tells_who_has_a_copy_what_became_of_it_whatever_their_products_open(desk, clock):
    told = {}
    for name in ("has it", "never had it"):
        partner = make_partner()
        _key, text = make_key(partner, name="feed", by=None, now=NOW)
        told[name] = partner, {"authorization": f"Bearer {text}"}
    article = f"/api/v1/articles/{desk.article.public_id}/"
    assert Client().get(article, headers=told["has it"][1]).status_code == 200
    for partner, _headers in told.values():
        partner.products.clear()
    clock.shift(timedelta(hours=1))
    corrections.retract(desk.article, note="It was never signed.", by=desk.duty, now=later(hours=1))
    for name, kinds in {"has it": ["correction", "retraction"], "never had it": []}.items():
        _partner, headers = told[name]
        entries = Client().get("/api/v1/changes/", headers=headers).json()["results"]
        assert [entry["kind"] for entry in entries] == kinds
        for entry in entries:
            assert entry["article"]["id"] == desk.article.public_id
            assert (entry["article"]["slug"], entry["correction"]) == (None, None)
        assert Client().get(article, headers=headers).status_code == 404
