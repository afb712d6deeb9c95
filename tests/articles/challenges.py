"""A story that readers read, and readers who doubt it."""

from datetime import timedelta

from articles.challenging import asking, deciding
from articles.models import Challenge
from tests.making import NOW, Desk

READ = NOW + timedelta(minutes=30)
SAID = {"doubt": "wrong_fact", "words": "It was the 28th: see page 3.", "evidence_url": "", "email": ""}
TOKEN = "token"
WRONG, RIGHT = "Two states signed a treaty on 27 May 2026", "Two states signed a treaty on 28 May 2026"


def published(slug: str = "a-treaty") -> Desk:
    desk = Desk(slug=slug)
    desk.publish()
    return desk


def doubted(desk: Desk, *, token: str = "", key: str = "", now=READ, **said) -> Challenge:
    """A challenge to one of the story's sentences, as a reader of its current edition sends it."""
    about = asking.sentence(desk.article.slug, key or desk.KEYS[0], now=now)
    return asking.challenge(about, token=token or TOKEN, now=now, **SAID | said)


def corrected(desk: Desk, *, now=READ + timedelta(hours=1)):
    """The next edition says what the reader says; returns its correction."""
    desk.now = now
    desk.save(body=desk.body(signed=RIGHT))
    return desk.publish(kind="correction", note="It was the 28th of May.", now=now).correction


def resolved(
    desk: Desk, challenge: Challenge, *, outcome: str = "upheld", now=READ + timedelta(hours=2), **said
):
    said = {"answer": "The treaty itself bears that date.", "by": desk.checker} | said
    return deciding.resolve(challenge, outcome=outcome, now=now, **said)


def told(desk: Desk, challenge: Challenge, *, now=READ + timedelta(hours=3), by=None):
    return deciding.tell_outcome(challenge, by=by or desk.editor, now=now)
