"""Every public address, in every state, on both sides of every moment: what is seen is what the table says."""

import http.client
from datetime import timedelta

import pytest
import time_machine
from django.urls import get_resolver, reverse

from articles.corrections import unpublish
from articles.embargoing import embargo_source
from articles.rules.after_publication import Shows
from articles.rules.surfaces import (
    BY_KEY_ALONE,
    BY_LINK_ALONE,
    OF_CHALLENGES,
    OF_CORRECTIONS,
    OF_NO_ARTICLE,
    SURFACES,
    Answer,
    Part,
)
from articles.scheduling import cancel
from sources.models import Snapshot
from tests.articles.after_publication.story import GONE, MARKS, SLUG, Story, in_state, moment

pytestmark = pytest.mark.django_db(transaction=True)
SECOND = timedelta(seconds=1)
OF_ADDRESSES = {"sitemap", "sitemap-news"}


def addresses(story: Story) -> dict[str, str]:
    """The address of every surface, for this story's own records."""
    article, correction = story.article, story.correction
    rendition = story.image.renditions.get(form="avif")
    first = article.editions.filter(number=1).first()
    ids = {
        "article": [SLUG],
        "article-sources": [SLUG, "csl.json"],
        "edition": [SLUG, 1],
        "sentence": [SLUG, Story.KEYS[0]],
        "related": [SLUG],
        "article-history": [SLUG],
        "report-sentence": [SLUG, story.KEYS[0]],
        "embed-sentence": [SLUG, story.KEYS[0]],
        "embed-claim": [story.claim.public_id],
        "embed-quote": [story.quote.public_id],
        "timegate": [SLUG],
        "timemap": [SLUG],
        "image": [rendition.digest, rendition.form],
        "social-card": [first.public_id if first else "000000000000"],
        "social-crop": [first.public_id if first else "000000000000"],
        "sitemap": [1],
        "sitemap-of": ["treaties", story.treaty.pk // 5000 + 1],
        "treaty": [story.treaty.slug],
        "party": ["here"],
        "author": [article.bylines.get().slug],
        "tag": ["straits"],
        "section": [story.section.slug],
        "language": ["en"],
        "subject-feed": ["tags", "straits"],
        "archive-month": [f"{story.now:%Y}", f"{story.now:%m}"],
        "speaker": [story.speaker.slug],
        "claim": [story.claim.public_id],
        "quote": [story.quote.public_id],
        "source": [story.first.public_id],
        "source-citation": [story.first.public_id, "csl.json"],
        "snapshot": [story.first.public_id, Snapshot.objects.filter(source=story.first).first().public_id],
        "api-article": [article.public_id],
        "api-editions": [article.public_id],
        "api-edition": [article.public_id, 1],
        "api-correction": [correction.public_id if correction else "000000000000"],
        "api-claim": [story.claim.public_id],
        "api-quote": [story.quote.public_id],
        "api-source": [story.first.public_id],
        "api-statement": [article.public_id, story.KEYS[0]],
        "api-publisher": [story.first.publisher.public_id],
        "api-speaker": [story.speaker.public_id],
        "api-treaty": [story.treaty.public_id],
        "api-embargoed-edition": [article.public_id, 1],
    }
    found = {}
    for name in SURFACES:
        route, _, form = name.partition(" ")
        found[name] = reverse(route, args=[*ids.get(route, []), *([form] if form else [])])
    found["oembed"] += f"?url={reverse('article', args=[SLUG])}"
    # Nothing is found where nothing is asked.
    found["search"] += "?q=treaty+signed"
    return found


def seen_at(server, name: str, url: str) -> Answer:
    """The status of a GET through real HTTP, and the parts found in its headers and body; HEAD answers alike."""
    statuses = {}
    for method in ("GET", "HEAD"):
        connection = http.client.HTTPConnection(server.thread.host, server.thread.port, timeout=20)
        connection.request(method, url)
        response = connection.getresponse()
        statuses[method] = response.status
        if method == "GET":
            text = f"{response.headers}{response.read().decode(errors='replace')}"
        connection.close()
    assert statuses["GET"] == statuses["HEAD"], name
    parts = {part for part, mark in MARKS.items() if mark in text}
    return statuses["GET"], frozenset(parts if name in OF_ADDRESSES else parts - {Part.ADDRESS})


def told(answers: dict[str, Answer]) -> dict[str, tuple]:
    """In an order in which two can be compared by eye."""
    return {name: (status, sorted(parts)) for name, (status, parts) in answers.items()}


def as_in(state: Shows) -> dict[str, Answer]:
    return {name: states[state] for name, states in SURFACES.items()}


def as_in_its_first_edition() -> dict[str, Answer]:
    """What TEXT comes to before there is a second edition: the old text stands where the new one would."""
    answers = {}
    for name, states in SURFACES.items():
        status, parts = states[Shows.TEXT]
        if name == "api-correction":
            answers[name] = states[Shows.NOTHING]
        elif name == "article-history":
            answers[name] = status, frozenset({Part.HEADLINE})
        elif name in OF_CORRECTIONS:
            answers[name] = 200, frozenset()
        else:
            said = {Part.OLD_TEXT} if {Part.TEXT, Part.OLD_TEXT} & parts else set()
            answers[name] = status, parts - {Part.TEXT, Part.OLD_TEXT, Part.CORRECTION} | said
    return answers


def look_around(server, story: Story, at) -> dict[str, Answer]:
    """What every surface shows at a moment."""
    with time_machine.travel(at, tick=False):
        return {name: seen_at(server, name, url) for name, url in addresses(story).items()}


@pytest.mark.parametrize("state", list(Shows))
def test_every_surface_shows_what_the_table_says(live_server, state):
    story = in_state(state)
    assert told(look_around(live_server, story, GONE + SECOND)) == told(as_in(state))


@pytest.mark.parametrize("embargoed", [False, True], ids=["scheduled", "embargoed"])
def test_a_first_edition_is_nowhere_before_its_moment_and_everywhere_after(live_server, embargoed):
    story, at = Story(), moment(days=1)
    story.publish(at=at, embargoed=embargoed)
    assert told(look_around(live_server, story, at - SECOND)) == told(as_in(Shows.NOTHING))
    assert told(look_around(live_server, story, at + SECOND)) == told(as_in_its_first_edition())


@pytest.mark.parametrize("embargoed", [False, True], ids=["scheduled", "embargoed"])
def test_a_correction_is_nowhere_before_its_moment_and_everywhere_after(live_server, embargoed):
    story, at = Story(), moment(days=1)
    story.publish()
    story.correct(at=at, embargoed=embargoed)
    assert told(look_around(live_server, story, at - SECOND)) == told(as_in_its_first_edition())
    assert told(look_around(live_server, story, at + SECOND)) == told(as_in(Shows.TEXT))


def test_a_correction_on_hold_is_nowhere_nor_is_what_was_built_on_it(live_server):
    story, at = Story(), moment(hours=3)
    story.publish()
    waiting = story.correct(at=at)
    story.save(headline="Larkspur: a treaty was signed")
    story.publish(kind="correction", note="It was the quillwort one.", at=moment(hours=6))
    cancel(waiting, by=story.duty, now=moment(minutes=1))
    for now in (at + SECOND, moment(hours=6) + SECOND):
        assert told(look_around(live_server, story, now)) == told(as_in_its_first_edition())


def test_an_unpublication_that_waits_takes_nothing_away_before_its_moment(live_server):
    story, at = Story().corrected(), moment(days=1)
    by = {"by": story.duty, "now": GONE}
    unpublish(story.article, reason="Kept at the desk.", note="The vermilion reason.", at=at, **by)
    assert told(look_around(live_server, story, at - SECOND)) == told(as_in(Shows.TEXT))
    assert told(look_around(live_server, story, at + SECOND)) == told(as_in(Shows.UNPUBLISHED))


def test_an_embargoed_source_holds_the_edition_back_on_every_surface(live_server):
    story, at = Story(), moment(days=2)
    story.publish(at=moment(days=1))
    embargo_source(story.first, until=at, by=story.editor, now=moment(minutes=1))
    assert told(look_around(live_server, story, at - SECOND)) == told(as_in(Shows.NOTHING))
    assert told(look_around(live_server, story, at + SECOND)) == told(as_in_its_first_edition())


def test_every_public_address_is_in_the_table():
    """A new surface joins it, or says that it tells of no article. Where people sign in is no reader's."""
    known = get_resolver().reverse_dict
    named = {
        name
        for name in known
        if isinstance(name, str)
        and name not in {"alive", "ready"}
        and not known.getlist(name)[0][0][0][0].startswith(("admin/", "partners/"))
    }
    apart = OF_NO_ARTICLE | OF_CHALLENGES | BY_LINK_ALONE | BY_KEY_ALONE
    assert named == {name.partition(" ")[0] for name in SURFACES} | apart
