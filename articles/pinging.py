"""Tell the hub of the feeds (WebSub) that there is something new; whoever subscribed there is told by the hub."""

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from newsroom.core.deferring import defer
from sources.capture.guard import PUBLIC_WEB, FetchFailed, Guard
from sources.capture.posting import post

FORMS = ("atom.xml", "feed.json", "rss.xml")
# The feeds of everything: those of one subject are too many to be told of one by one, and name no hub.
FEEDS = ("feed", "corrections-feed")
SECONDS, ANSWER_READ = 15, 1_024


def hub() -> str:
    """The address of the hub; "" where there is none, or where the site does not know its own address."""
    return settings.NEWSROOM_WEBSUB_HUB if settings.NEWSROOM_ORIGIN else ""


def ping_after_commit() -> None:
    """Queue a ping as part of the act that lets readers see something new."""
    if hub():
        defer("articles.tasks.ping_hub")


def topics() -> list[str]:
    """The addresses that can be subscribed to."""
    return [settings.NEWSROOM_ORIGIN + reverse(name, args=[form]) for name in FEEDS for form in FORMS]


def ping(*, guard: Guard = PUBLIC_WEB) -> None:
    """Tell the hub of each topic. Raises :class:`sources.capture.guard.FetchFailed`, also where it refuses: the queue
    tries again."""
    for topic in topics():
        body = urlencode({"hub.mode": "publish", "hub.url": topic}).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        answered = post(
            hub(),
            body,
            headers,
            purpose="tells that its feeds have news",
            guard=guard,
            seconds=SECONDS,
            most=ANSWER_READ,
        )
        if not 200 <= answered.status < 300:
            raise FetchFailed(
                "hub_refused", "The hub did not take it.", retryable=True, status=answered.status
            )


def links(own: str, name: str) -> str:
    """The Link header of the feed with this name at ``own``, its full address; "" where no hub tells of it."""
    return f'<{hub()}>; rel="hub", <{own}>; rel="self"' if hub() and name in FEEDS else ""
