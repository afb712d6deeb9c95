"""Who copies from whom, followed up and down."""

from itertools import pairwise

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.models import Source
from sources.origins import roots_of, tree_of
from tests.making import NOW, make_source, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return make_user("reporter")


def derive(source, of):
    source.derives_from, source.derivation = of, "wire_copy"
    source.save()


def chain(by, length):
    """Sources of which each derives from the one before."""
    sources = [make_source(by) for _ in range(length)]
    for of, source in pairwise(sources):
        derive(source, of)
    return sources


def walked(parents: dict[int, int | None], pk: int) -> int:
    while parents[pk] is not None:
        pk = parents[pk]
    return pk


@st.composite
def forests(draw):
    """For each of some sources the place of the one it derives from, or None; in any order, never in a circle."""
    size = draw(st.integers(1, 12))
    order = draw(st.permutations(range(size)))
    parents = dict.fromkeys(range(size))
    for rank, place in enumerate(order[1:], 1):
        parents[place] = draw(st.sampled_from([None, *order[:rank]]))
    return parents, draw(st.lists(st.integers(0, size - 1)))


@settings(max_examples=60)
@given(forests())
def test_the_root_is_where_walking_up_by_hand_ends(forest):
    parents, asked = forest
    with transaction.atomic():
        by = make_user("reporter")
        sources = Source.objects.bulk_create(
            Source(title=f"Source {place}", created_by=by, created_at=NOW) for place in parents
        )
        rows = {place: sources[place].pk for place in parents}
        for place, above in parents.items():
            if above is not None:
                derive(sources[place], sources[above])
        by_row = {rows[place]: None if above is None else rows[above] for place, above in parents.items()}
        found = roots_of(sources[place] for place in asked)
        assert found == {rows[place]: walked(by_row, rows[place]) for place in asked}
        trees = {
            pk: {node.source.pk for node in nodes(tree_of(sources[place]).root)} for place, pk in rows.items()
        }
        for pk, members in trees.items():
            assert members == {other for other in by_row if walked(by_row, other) == walked(by_row, pk)}
        transaction.set_rollback(True)


def nodes(root):
    yield root
    for below in root.below:
        yield from nodes(below)


def test_sources_that_derive_from_nothing_are_not_asked_about(by):
    sources = [make_source(by) for _ in range(3)]
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert roots_of(sources) == {source.pk: source.pk for source in sources}
        assert roots_of([]) == {}
    assert len(asked) == 0


def test_however_many_sources_are_one_question(by):
    long, short = chain(by, 9), chain(by, 2)
    with CaptureQueriesContext(connection) as asked:
        found = roots_of([*long, *short])
    assert len(asked) == 1
    assert found == {source.pk: long[0].pk for source in long} | {source.pk: short[0].pk for source in short}


def test_the_tree_holds_everything_that_goes_back_to_the_same_origin(by):
    origin, first, second = chain(by, 3)
    sibling = make_source(by)
    derive(sibling, origin)
    make_source(by)
    for about in (origin, first, second, sibling):
        tree = tree_of(about)
        assert tree.left_out == 0
        assert tree.root.source == origin
        assert [node.source for node in tree.root.below] == [first, sibling]
        assert [node.source for node in tree.root.below[0].below] == [second]


def test_a_source_alone_is_a_tree_of_one(by):
    alone = make_source(by)
    tree = tree_of(alone)
    assert (tree.root.source, tree.root.below, tree.left_out) == (alone, [], 0)


def test_a_large_tree_is_cut_but_not_the_way_to_the_source_asked_about(by):
    origin, *_ = line = chain(by, 5)
    for _ in range(10):
        derive(make_source(by), origin)
    tree = tree_of(line[-1], limit=7)
    shown = [node.source for node in nodes(tree.root)]
    assert len(shown) == 7
    assert tree.left_out == 8
    assert set(line) <= set(shown)


def test_a_tree_takes_two_questions_however_large(by, django_assert_num_queries):
    line = chain(by, 6)
    with django_assert_num_queries(2):
        [node.source.publisher for node in nodes(tree_of(line[3]).root)]


def test_even_a_circle_that_cannot_be_would_end(by):
    one, other = chain(by, 2)
    Source.objects.filter(pk=one.pk).update(derives_from=other, derivation="quotes")
    one.refresh_from_db()
    assert set(roots_of([one, other])) == {one.pk, other.pk}
