"""Feeds name a hub where there is one, and it is told of what is new."""

from urllib.parse import parse_qs

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from articles import pinging
from sources.capture.guard import FetchFailed
from tests.making import Desk
from tests.newsroom.partners.making import LOOPBACK, receiving

pytestmark = pytest.mark.django_db
HUB, ORIGIN = "https://hub.example/", "https://news.example"


def pings() -> int:
    return ProcrastinateJob.objects.filter(task_name="articles.tasks.ping_hub").count()


def test_feeds_name_the_hub_and_themselves_and_what_is_new_is_told(client, settings):
    assert "Link" not in client.get("/feeds/atom.xml")
    desk = Desk()
    desk.publish()
    assert pings() == 0
    settings.NEWSROOM_WEBSUB_HUB, settings.NEWSROOM_ORIGIN = HUB, ORIGIN
    for path in ("/feeds/atom.xml", "/feeds/rss.xml", "/feeds/corrections/feed.json"):
        answer = client.get(path)
        assert answer["Link"] == f'<{HUB}>; rel="hub", <{ORIGIN}{path}>; rel="self"'
        again = client.get(path, headers={"if-none-match": answer["ETag"]})
        assert (again.status_code, again["Link"]) == (304, answer["Link"])
    author = client.get(f"/feeds/authors/{desk.article.bylines.get().slug}/atom.xml")
    assert (author.status_code, "Link" in author) == (200, False)
    Desk().publish()
    assert pings() == 1


def test_the_hub_is_told_of_every_feed_of_everything_and_may_refuse(settings):
    with receiving() as receiver:
        settings.NEWSROOM_WEBSUB_HUB, settings.NEWSROOM_ORIGIN = receiver.url, ORIGIN
        pinging.ping(guard=LOOPBACK)
        told = [parse_qs(body.decode()) for _headers, body in receiver.got]
        assert {ping["hub.mode"][0] for ping in told} == {"publish"}
        assert [ping["hub.url"][0] for ping in told] == pinging.topics()
        assert f"{ORIGIN}/feeds/corrections/rss.xml" in pinging.topics()
        receiver.answers = (503, {}, b"")
        with pytest.raises(FetchFailed):
            pinging.ping(guard=LOOPBACK)
        with pytest.raises(FetchFailed):
            pinging.ping()
        assert len(receiver.got) == len(told) + 1
