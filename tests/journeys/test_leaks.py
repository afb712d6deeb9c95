"""The leak matrix: who × state of the draft × every door; whoever may not know of a draft finds no word of it.

Doors are not listed by hand: every page of every model of the desk, every page of an article by its number, what
fields offer while one types, the searches, and for readers all that links lead to and every address by which they
could ask for an article.
"""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from articles.models import Article, Scope
from articles.models.section import Section
from newsroom.accounts.roles import Role
from tests.articles.admin.pages import signed_in
from tests.journeys.walking import Traces, answer_of, followed, pages_of_the_desk
from tests.making import Desk, make_user

pytestmark = pytest.mark.django_db

# What nobody asks for, and what is asked for: a page of a search repeats the latter.
WORD, ASKED = "Quillfeather", "Larkenberry"
TRACES = Traces(WORD)
SECRET = {
    "headline": f"{WORD} of {ASKED}: a treaty is signed",
    "standfirst": f"Two states sign with {WORD} and {ASKED}",
}


def _drafted(slug: str) -> Desk:
    """A draft whose headline, standfirst and text have the word."""
    desk = Desk(slug=slug, now=timezone.now())
    desk.save(body=desk.body(signed=f"Two states signed a treaty with {WORD} and {ASKED}"), **SECRET)
    return desk


def _checked(slug: str) -> Desk:
    desk = _drafted(slug)
    desk.check_all()
    return desk


def _approved(slug: str) -> Desk:
    desk = _checked(slug)
    desk.approve()
    return desk


def _scheduled(slug: str) -> Desk:
    desk = _drafted(slug)
    desk.publish(at=desk.now + timedelta(days=1))
    return desk


def _embargoed(slug: str) -> Desk:
    desk = _drafted(slug)
    desk.publish(at=desk.now + timedelta(days=1), embargoed=True)
    return desk


def _next_edition(slug: str) -> Desk:
    """Public without the word, with a draft for the next edition that has it."""
    desk = Desk(slug=slug, now=timezone.now())
    desk.publish()
    desk.save(body=desk.body(signed=f"Two states signed a treaty with {WORD} and {ASKED}"), **SECRET)
    return desk


STATES = (_drafted, _checked, _approved, _scheduled, _embargoed, _next_edition)


@pytest.fixture
def desks() -> list[Desk]:
    """A story in each of these states."""
    return [state(f"a-treaty-{number}") for number, state in enumerate(STATES)]


def doors_of(article: Article) -> list[str]:
    """Every page of an article by its number, whatever else its address asks for."""
    found = []
    for pattern in admin.site._registry[Article].get_urls():
        names = list(pattern.pattern.converters)
        for number in (article.pk, 1):
            arguments = [article.pk, *([number] * (len(names) - 1))]
            try:
                found.append(reverse(f"admin:{pattern.name}", args=arguments[: len(names)]))
            except NoReverseMatch:  # It asks for something that is no number.
                continue
    return list(dict.fromkeys(found))


def desk_doors(desks: list[Desk]) -> list[str]:
    of_articles = [door for desk in desks for door in doors_of(desk.article)]
    return [*of_articles, *pages_of_the_desk([ASKED, "treaty"]), f"{reverse('admin:find')}?q={ASKED}"]


def told(client, doors) -> dict[str, set[str]]:
    return TRACES.on(answer_of(client, door) for door in doors)


def elsewhere(kind: str):
    """Somebody with every role of the desk who does not work on this draft: another section, or another language."""
    user = make_user(*(set(Role.values) - {Role.ADMINISTRATOR, Role.SOURCE_KEEPER}))
    if kind == "another section":
        Scope.objects.create(user=user, section=Section.objects.create(name="Elsewhere", slug="elsewhere"))
    else:
        Scope.objects.create(user=user, language="pl")
    return user


@pytest.mark.parametrize("kind", ["another section", "another language"])
def test_who_works_elsewhere_finds_no_word_of_it(desks, kind):
    assert told(signed_in(elsewhere(kind)), desk_doors(desks)) == {}


@pytest.mark.parametrize("who", ["administrator", "source_keeper", "nobody", "left", "anonymous"])
def test_who_is_not_of_the_desk_finds_no_word_of_it(desks, who):
    if who == "anonymous":
        client = Client()
    else:
        user = make_user(*({who} & set(Role.values)))
        client = signed_in(user)
        if who == "left":
            type(user).objects.filter(pk=user.pk).update(is_active=False)
    assert told(client, desk_doors(desks)) == {}


def _readers_doors(desk: Desk) -> list[str]:
    article, slug = desk.article, desk.article.slug
    return [
        f"/articles/{slug}/",
        *(f"/articles/{slug}/editions/{number}/" for number in (1, 2)),
        *(f"/articles/{slug}/{below}/" for below in ("history", "timemap", "timegate")),
        *(reverse("article-sources", args=[slug, ending]) for ending in ("csl.json", "bib", "ris")),
        reverse("api-article", args=[article.public_id]),
        *(f"/api/v1/articles/{article.public_id}/editions/{below}" for below in ("", "1/", "2/")),
        *(f"/api/v1/claims/{desk.claim.public_id}/", f"/api/v1/quotes/{desk.quote.public_id}/"),
        *(f"/sources/{source.public_id}/" for source in (desk.first, desk.second)),
        *(
            f"/{kind}/{record.public_id}/"
            for kind, record in (("claims", desk.claim), ("quotes", desk.quote))
        ),
    ]


def test_no_reader_and_no_partner_finds_a_word_of_it(desks):
    starts = [
        "/",
        *(reverse("feed", args=[form]) for form in ("atom.xml", "feed.json", "rss.xml")),
        *(reverse("corrections-feed", args=[form]) for form in ("atom.xml", "feed.json", "rss.xml")),
        *("/sitemap.xml", "/sitemaps/1.xml", "/sitemaps/news.xml", "/corrections/", "/robots.txt"),
        reverse("api"),
        *(
            f"/api/v1/{kind}/"
            for kind in ("articles", "claims", "quotes", "sources", "corrections", "changes")
        ),
        *(door for desk in desks for door in _readers_doors(desk)),
    ]
    assert TRACES.on(followed(Client(), *starts)) == {}


def test_the_same_walk_finds_it_for_who_works_on_it(desks):
    """Else the tests above would prove nothing."""
    found = " ".join(told(signed_in(desks[0].editor), desk_doors(desks)))
    for desk in desks:
        assert f"/article/{desk.article.pk}/change/ " in found
        assert f"/article/{desk.article.pk}/ready/ " in found
    for road in ("/admin/articles/article/ ", f"find/?q={ASKED}"):
        assert road in found, road
