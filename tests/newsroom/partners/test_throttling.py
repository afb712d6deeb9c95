"""What may be asked for is told with every answer, and 429 says when there is more."""

import json
import re
from datetime import date

import pytest
from django.http import HttpResponse

from newsroom.api.views import PublicView
from newsroom.partners.models import Counter, Fetch, Usage
from newsroom.partners.throttling import EXCEEDED
from newsroom.partners.usage import add
from tests.making import Desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
ROOT = "/api/v1/"


@pytest.fixture(autouse=True)
def _rates(settings):
    settings.NEWSROOM_ANONYMOUS_RATE, settings.NEWSROOM_KEY_RATE = 60, 600
    settings.NEWSROOM_KEY_QUOTA = 1000


def left(answer) -> list[int]:
    return [int(r) for r in re.findall(r"r=(\d+);t=\d+", answer["RateLimit"])]


def test_every_answer_says_what_is_left(client, reader):
    etag = client.get(ROOT)["ETag"]
    asked = [
        (200, lambda c: c.get(ROOT)),
        (200, lambda c: c.head(ROOT)),
        (204, lambda c: c.options(ROOT)),
        (304, lambda c: c.get(ROOT, headers={"if-none-match": etag})),
        (400, lambda c: c.get(ROOT + "?what=1")),
        (404, lambda c: c.get("/api/v1/articles/000000000000/")),
        (405, lambda c: c.post(ROOT)),
        (406, lambda c: c.get(ROOT, headers={"accept": "text/turtle"})),
    ]
    for number, (status, ask) in enumerate(asked):
        answer = ask(client)
        assert (answer.status_code, left(answer)) == (status, [60 - 2 - number])
        assert answer["RateLimit-Policy"] == '"default";q=60;w=60'
        answer = ask(reader)
        assert (answer.status_code, left(answer)) == (status, [600 - 1 - number, 1000 - 1 - number])
        assert answer["RateLimit-Policy"] == '"default";q=600;w=60, "month";q=1000;w=2592000'


def test_too_much_is_a_problem_that_says_when_to_come_back(client):
    for _ in range(60):
        answer = client.get(ROOT)
    assert (answer.status_code, left(answer)) == (200, [0])
    waits = set()
    for _ in range(30):
        answer = client.get(ROOT)
        assert (answer.status_code, answer["Cache-Control"]) == (429, "no-store")
        assert answer["Content-Type"] == "application/problem+json"
        told = json.loads(answer.content)
        assert (told["type"], told["code"]) == (EXCEEDED, "throttled")
        assert told["violated-policies"] == ["default"]
        waits.add(int(answer["Retry-After"]))
        assert answer["RateLimit"] == '"default";r=0;t=60'
    assert min(waits) >= 60
    assert max(waits) <= 66
    assert len(waits) > 1


def test_a_month_that_is_used_up_says_so(partner, reader):
    partner.quota = 2
    partner.save()
    assert [reader.get(ROOT).status_code for _ in range(3)] == [200, 200, 429]
    answer = reader.get(ROOT)
    assert answer.json()["violated-policies"] == ["month"]
    assert int(answer["Retry-After"]) > 86_400
    partner.quota = 0
    partner.rate = 60
    partner.save()
    answer = reader.get(ROOT)
    assert (answer.status_code, answer["RateLimit-Policy"]) == (200, '"default";q=60;w=60')


def test_addresses_are_counted_apart_and_a_household_together(client, settings):
    settings.NEWSROOM_PROXIES = 1

    def ask(address):
        return left(client.get(ROOT, headers={"x-forwarded-for": f"198.51.100.1, {address}"}))[0]

    assert [ask("192.0.2.1"), ask("192.0.2.1"), ask("192.0.2.2"), ask("::ffff:192.0.2.2")] == [59, 58, 59, 58]
    assert [ask("2001:db8::1"), ask("2001:db8::ffff:1"), ask("2001:db8:0:1::1")] == [59, 58, 59]
    assert not any("192" in subject for subject in Counter.objects.values_list("subject", flat=True))


def test_keys_are_not_tried_for_ever(client):
    headers = {"authorization": "Bearer nrk_aaaaaaaa.b"}
    assert {client.get(ROOT, headers=headers).status_code for _ in range(60)} == {401}
    assert client.get(ROOT, headers=headers).status_code == 429


def test_expensive_requests_count_several_times(client, reader, key, monkeypatch):
    monkeypatch.setattr("articles.api.views.Root.cost", 10)
    assert [left(client.get(ROOT)) for _ in range(2)] == [[50], [40]]
    assert left(reader.get(ROOT)) == [590, 990]
    assert Usage.objects.get().cost == 10


def test_what_a_key_read_is_counted_by_the_day(reader, key, client, partner):
    sent = len(reader.get(ROOT).content)
    reader.head(ROOT)
    sent += len(reader.get("/api/v1/articles/000000000000/").content)
    client.get(ROOT)
    used = Usage.objects.get()
    assert (used.key, used.day, used.requests, used.cost, used.refused) == (key[0], date(2026, 6, 1), 3, 3, 0)
    assert used.sent == sent
    partner.quota = 3
    partner.save()
    reader.get(ROOT)
    used.refresh_from_db()
    assert (used.requests, used.cost, used.refused) == (4, 3, 1)


def test_which_editions_a_partner_got_is_noted(rf, key, partner):
    edition = Desk().publish()

    class Door(PublicView):
        def get(self, request):
            self.fetched = [edition.pk]
            return HttpResponse(status=int(request.headers["x-status"]))

    def ask(method="get", status=200, text=key[1]):
        headers = {"x-status": status} | ({"authorization": f"Bearer {text}"} if text else {})
        Door.as_view()(getattr(rf, method)("/api/v1/one/", headers=headers))

    for given in ({"status": 404}, {"method": "options"}, {"text": ""}):
        ask(**given)
    assert not Fetch.objects.exists()
    ask()
    ask(status=304)
    fetch = Fetch.objects.get()
    assert (fetch.partner, fetch.edition, fetch.times) == (partner, edition, 2)


def test_one_request_more_is_one_statement(key, django_assert_num_queries):
    for _ in range(2):
        with django_assert_num_queries(1):
            add(key[0].pk, date(2026, 6, 1), cost=2, sent=3)
    assert (Usage.objects.get().requests, Usage.objects.get().sent) == (2, 6)


@pytest.mark.parametrize(
    "door",
    [
        "articles/{article}/",
        "articles/?include=quotes",
        "statements/",
        "statements/{article}/aaaaaaaaaa/",
        "claims/",
        "claims/{claim}/",
        "quotes/{quote}/",
        "sources/{source}/",
    ],
)
def test_whatever_gives_out_sentences_notes_whose(client, key, partner, door):
    desk = Desk()
    edition = desk.publish()
    ids = {"article": desk.article, "claim": desk.claim, "quote": desk.quote, "source": desk.first}
    path = door.format(**{name: record.public_id for name, record in ids.items()})
    answer = client.get(f"/api/v1/{path}", headers={"authorization": f"Bearer {key[1]}"})
    assert answer.status_code == 200
    assert list(Fetch.objects.values_list("partner", "edition")) == [(partner.pk, edition.pk)]
