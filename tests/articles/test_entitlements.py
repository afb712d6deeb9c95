"""What products open: cut by subject, by age, and by what waits; never less of what was set right."""

from datetime import timedelta

import pytest

from articles import corrections
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
