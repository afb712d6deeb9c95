"""Language versions: what may be one of what, and what readers of each are told of the others."""

import json
from datetime import timedelta

import pytest
import time_machine

from articles import corrections, drafting
from articles.addresses import change_address
from articles.publishing import announce_due
from articles.rendering.rebuilding import OUTDATED
from articles.tasks import remake_outdated
from newsroom.core.errors import DomainError
from tests.articles.public.followed import AT
from tests.articles.rendering.html import read
from tests.making import NOW, Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    """Readers come an hour after the desk's noon, unless a test says when."""
    with time_machine.travel(NOW + timedelta(hours=1), tick=False) as traveller:
        yield traveller


class Pair:
    """An English original and its Polish version, both drafts."""

    def __init__(self):
        self.original, self.version = Desk(slug="a-treaty"), Desk(slug="traktat")
        self.version.save(language="pl", translation_of=self.original.article)


def told(client, slug: str) -> tuple[dict[str, str], list[str]]:
    """Where the page sends machines, by language, and where it sends readers."""
    page = read(client.get(f"/articles/{slug}/").text)
    machines = {
        link["hreflang"]: link["href"] for link in page.all("link", rel="alternate") if link["hreflang"]
    }
    readers = page.one("dl", class_="dateline").all("a")
    return machines, [link["href"] for link in readers if link["hreflang"]]


BOTH = {"en": "/articles/a-treaty/", "x-default": "/articles/a-treaty/", "pl": "/articles/traktat/"}
ALONE = ({}, [])


def refused(save) -> str:
    with pytest.raises(DomainError) as refusal:
        save()
    return refusal.value.code


def test_a_version_is_of_an_original_in_another_language_and_one_in_each():
    pair, third = Pair(), Desk()
    english = third.article
    assert refused(lambda: third.save(translation_of=pair.original.article)) == "same_language"
    assert (
        refused(lambda: third.save(language="pl", translation_of=pair.original.article))
        == "translated_already"
    )
    assert (
        refused(lambda: third.save(language="pl", translation_of=pair.version.article)) == "not_an_original"
    )
    assert refused(lambda: third.save(language="pl", translation_of=english)) == "not_an_original"
    assert refused(lambda: pair.original.save(language="pl")) == "same_language"
    assert refused(lambda: pair.original.save(translation_of=english)) == "not_an_original"
    third.reload()
    assert (third.article.language, third.article.translation_of) == ("en", None)


def test_nobody_names_an_original_that_they_may_not_see():
    desk, other = Desk(), Desk()
    drafting.save_draft(
        desk.article, by=desk.reporter, now=NOW, version=1, language="pl", translation_of=other.article
    )
    stranger = Desk().reporter
    stranger.groups.clear()
    fresh = type(stranger).objects.get(pk=stranger.pk)
    assert (
        refused(
            lambda: drafting.create_article(by=fresh, now=NOW, language="pl", translation_of=other.article)
        )
        == "not_allowed"
    )


def test_each_version_leads_to_the_other_once_both_are_public_and_never_before(client, clock):
    pair = Pair()
    pair.original.publish()
    assert told(client, "a-treaty") == ALONE
    edition = pair.version.publish()
    assert (
        json.loads(edition.content.document)["content"]["translation_of"] == pair.original.article.public_id
    )
    assert told(client, "a-treaty") == (BOTH, ["/articles/traktat/"])
    assert told(client, "traktat") == (BOTH, ["/articles/a-treaty/"])
    link = read(client.get("/articles/a-treaty/").text).one("dl", class_="dateline").one("a", hreflang="pl")
    assert (link.text, link["lang"]) == ("polski", "pl")


def test_a_version_that_waits_is_told_of_when_its_moment_has_come(client, clock):
    pair = Pair()
    pair.original.publish()
    pair.version.publish(at=AT[3])
    clock.move_to(AT[2])
    remake_outdated()
    assert told(client, "a-treaty") == ALONE
    clock.move_to(AT[3] + timedelta(seconds=2))
    announce_due(now=AT[3] + timedelta(seconds=2))
    assert told(client, "a-treaty") == (BOTH, ["/articles/traktat/"])
    assert told(client, "traktat") == (BOTH, ["/articles/a-treaty/"])


def test_a_version_that_is_gone_or_has_moved_is_told_of_no_more(client, clock):
    pair = Pair()
    pair.original.publish()
    pair.version.publish()
    clock.move_to(AT[3])
    change_address(pair.version.reload(), slug="inaczej", by=pair.version.duty, now=AT[2])
    assert told(client, "a-treaty")[1] == ["/articles/inaczej/"]
    corrections.retract(pair.version.reload(), by=pair.version.duty, now=AT[3], note="We were wrong.")
    assert told(client, "a-treaty") == ALONE
    assert pair.original.article.editions.filter(renderings__template_release=OUTDATED).count() == 0


def test_an_article_without_versions_says_nothing_of_any_and_is_not_made_twice():
    desk = Desk()
    edition = desk.publish()
    assert "translation_of" not in json.loads(edition.content.document)["content"]
    assert not edition.renderings.filter(template_release=OUTDATED).exists()


def test_machines_are_told_which_is_the_original(client, clock, settings):
    settings.NEWSROOM_ORIGIN = "https://news.example"
    pair = Pair()
    pair.original.publish()
    pair.version.publish()

    def article(slug: str) -> dict:
        page = read(client.get(f"/articles/{slug}/").text)
        return json.loads(page.one("script", type="application/ld+json").text)["@graph"][0]

    polish = {"@type": "NewsArticle", "url": "https://news.example/articles/traktat/", "inLanguage": "pl"}
    english = {"@type": "NewsArticle", "url": "https://news.example/articles/a-treaty/", "inLanguage": "en"}
    assert article("a-treaty")["workTranslation"] == [polish]
    assert article("traktat")["translationOfWork"] == english
