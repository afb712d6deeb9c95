"""What products open: cut by subject, by age, and by what waits; never less of what was set right."""

from datetime import timedelta

import pytest

from articles import corrections, scheduling
from articles.models import ArticleSubject, Edition, Section, Treaty
from articles.rules.entitlements import Entitlement, Product
from tests.making import NOW, Desk

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
LATER = NOW + 2 * DAY


@pytest.fixture
def desk():
    desk = Desk(slug="a-treaty")
    treaty = Treaty.objects.create(slug="warsaw", title="Treaty of Warsaw", parties=["Poland", "France"])
    section = Section.objects.create(slug="defence", name="Defence")
    desk.save(section=section, treaties=[treaty])
    desk.publish()
    return desk


PRODUCTS = [
    (Product(), True),
    (Product(treaties=("warsaw",)), True),
    (Product(treaties=("lisbon", "warsaw")), True),
    (Product(treaties=("lisbon",)), False),
    (Product(sections=("defence",), languages=("en",)), True),
    (Product(sections=("defence",), languages=("pl",)), False),
    (Product(delay=2 * DAY), True),
    (Product(delay=2 * DAY + timedelta(microseconds=1)), False),
    (Product(treaties=("warsaw",), delay=3 * DAY), False),
]


def numbers(found):
    return list(found.order_by("number").values_list("number", flat=True))


def test_a_product_opens_what_it_is_cut_to_and_nothing_else(desk):
    for product, opens in PRODUCTS:
        for ask in (Edition.objects.released, Edition.objects.listed, Edition.objects.readable):
            assert numbers(ask(LATER, by=Entitlement((product,)))) == [1] * opens, product
        both = Entitlement((Product(treaties=("lisbon",)), product))
        assert numbers(Edition.objects.current(LATER, by=both)) == [1] * opens, product
    assert numbers(Edition.objects.released(LATER, by=Entitlement(()))) == []


def test_whoever_had_an_article_is_told_what_became_of_it_whatever_it_is_about_by_then(desk):
    by = Entitlement((Product(treaties=("warsaw",), delay=DAY),))
    desk.save(treaties=[])
    desk.publish(now=LATER)
    assert numbers(Edition.objects.current(LATER, by=by)) == [2]
    corrections.take_down(desk.article, reason="An order.", by=desk.duty, now=LATER + DAY)
    assert numbers(Edition.objects.current(LATER + DAY, by=by)) == [3]
    assert ArticleSubject.objects.filter(article=desk.article, value="warsaw").exists()


def test_what_waits_under_embargo_is_open_by_a_product_that_says_so_alone(desk):
    desk.save(headline="A treaty was signed in Warsaw")
    desk.publish(at=LATER + DAY, embargoed=True)
    for product, found in [
        (Product(), [1]),
        (Product(embargoed=True), [1, 2]),
        (Product(treaties=("warsaw",), embargoed=True), [1, 2]),
        (Product(treaties=("lisbon",), embargoed=True), []),
    ]:
        assert numbers(Edition.objects.readable(LATER, by=Entitlement((product,)))) == found
    assert numbers(Edition.objects.embargoed(LATER, by=None)) == []
    mixed = Entitlement((Product(), Product(treaties=("lisbon",), embargoed=True)))
    assert numbers(Edition.objects.readable(LATER, by=mixed)) == [1]


AT, SECOND = LATER + DAY, timedelta(seconds=1)
CUT = {"its": Product(treaties=("lisbon",)), "early": Product(treaties=("lisbon",), embargoed=True)}


def opened(now) -> dict[str, list[int]]:
    return {name: numbers(Edition.objects.readable(now, by=Entitlement((cut,)))) for name, cut in CUT.items()}


@pytest.mark.parametrize("embargoed", [False, True], ids=["scheduled", "embargoed"])
def test_what_an_edition_is_about_counts_from_its_moment_on_and_early_for_whom_it_is_open_early(
    desk, embargoed
):
    lisbon = Treaty.objects.create(slug="lisbon", title="Treaty of Lisbon", parties=["France"])
    waits = {"its": [], "early": [2] if embargoed else []}
    shows, never = {"its": [1, 2], "early": [1, 2]}, {"its": [], "early": []}
    desk.save(treaties=[lisbon])
    second = desk.publish(at=AT, embargoed=embargoed)
    assert (opened(LATER), opened(AT - SECOND), opened(AT)) == (waits, waits, shows)
    scheduling.reschedule(second, at=AT + DAY, by=desk.duty, now=LATER)
    assert (opened(AT), opened(AT + DAY - SECOND), opened(AT + DAY)) == (waits, waits, shows)
    scheduling.reschedule(second, at=AT, by=desk.duty, now=LATER)
    assert (opened(AT - SECOND), opened(AT)) == (waits, shows)
    scheduling.cancel(second, by=desk.duty, now=LATER)
    assert (opened(LATER), opened(AT + 2 * DAY)) == (never, never)
    # Put right, and out after all: the article is known by that one.
    desk.save(headline="A treaty was signed in Lisbon")
    third = desk.publish(now=LATER, at=AT + DAY, embargoed=embargoed)
    assert opened(AT)["its"] == opened(AT + DAY - SECOND)["its"] == []
    assert opened(AT + DAY) == {"its": [1, third.number], "early": [1, third.number]}


def test_what_is_built_on_an_edition_under_embargo_is_open_to_whom_that_one_is_and_no_other_way_round(desk):
    lisbon = Treaty.objects.create(slug="lisbon", title="Treaty of Lisbon", parties=["France"])
    warsaw = list(desk.article.treaties.all())
    desk.save(treaties=[lisbon])
    desk.publish(at=AT, embargoed=True)
    desk.save(treaties=warsaw)
    desk.publish(at=AT + DAY, embargoed=True)
    desk.save(treaties=[Treaty.objects.create(slug="nice", title="Treaty of Nice", parties=["France"])])
    fourth = desk.publish(at=AT + 2 * DAY, embargoed=True)
    nice = Entitlement((Product(treaties=("nice",), embargoed=True),))
    assert opened(LATER) == {"its": [], "early": [2, 3, 4]}
    assert numbers(Edition.objects.readable(LATER, by=nice)) == [4]
    scheduling.cancel(fourth, by=desk.duty, now=LATER)
    assert numbers(Edition.objects.readable(AT + 3 * DAY, by=nice)) == []


def test_a_treaty_that_only_a_waiting_edition_is_about_is_no_news_to_followers(desk):
    lisbon = Treaty.objects.create(slug="lisbon", title="Treaty of Lisbon", parties=["France"])
    desk.save(treaties=[lisbon])
    desk.publish(at=AT)
    for now, known in ((AT - SECOND, False), (AT, True)):
        assert Edition.objects.released(now).ever_about("treaty", "lisbon", now=now).exists() == known
