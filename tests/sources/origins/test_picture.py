"""The origin tree as a picture: well-formed whatever sources are called, told in words, never too large."""

from xml.etree import ElementTree

import pytest
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from sources.models import Publisher, Source
from sources.origins import outline_of, picture_of, tree_of
from sources.origins.chains import LARGEST_TREE, Node, Tree
from tests.making import make_publisher, make_source, make_user

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = [
    "</text><script>alert(1)</script>",
    '" onload="alert(1)',
    "&lt;b&gt; &amp; ]]> <!-- <?xml ?>",
    "control \x01\x08\x1b and \ufffe \uffff",
    "{0} {} %s %(count)d {{ title }}",
    "right \u202e to \u200f left",
    "long " * 99,
]


def read(svg: str):
    return ElementTree.fromstring(svg)  # noqa: S314 (our own, and the point is that it can be read)


def texts(picture):
    return [element.text for element in picture.iter(f"{SVG}text")]


@pytest.fixture
def by():
    return make_user("reporter")


def derive(source, of, how="wire_copy"):
    source.derives_from, source.derivation = of, how
    source.save()
    return source


@pytest.mark.django_db
def test_the_picture_names_every_source_and_how_it_derives(by):
    origin = make_source(by, title="Strait treaty signed", publisher=make_publisher("Reuters"))
    copy = derive(make_source(by, title="A treaty"), origin)
    derive(make_source(by, title="Traktat"), copy, "translation")
    picture = read(picture_of(tree_of(copy), copy))
    assert texts(picture) == [
        "Reuters: Strait treaty signed",
        "A treaty (wire copy)",
        "Traktat (translation)",
    ]
    assert len(list(picture.iter(f"{SVG}path"))) == 2
    bold = [element.text for element in picture.iter(f"{SVG}text") if element.get("font-weight")]
    assert bold == ["A treaty (wire copy)"]


@pytest.mark.django_db
def test_the_picture_has_a_role_a_title_and_a_description(by):
    origin = make_source(by, title="The wire")
    for number in range(3):
        derive(make_source(by, title=f"Copy {number}"), origin)
    picture = read(picture_of(tree_of(origin), origin))
    assert picture.get("role") == "img"
    named = {
        element.get("id"): element.text for element in picture if element.tag in (f"{SVG}title", f"{SVG}desc")
    }
    assert [named[name] for name in picture.get("aria-labelledby").split()] == [
        "Origin tree",
        "3 sources derive from The wire.",
    ]
    assert all(origin.public_id in name for name in named)


@pytest.mark.django_db
def test_a_source_alone_is_said_to_be_alone(by):
    alone = make_source(by, title="The letter")
    told = read(picture_of(tree_of(alone), alone)).find(f"{SVG}desc").text
    assert told == "The letter derives from no known source, and none from it."


@pytest.mark.django_db
def test_colours_are_the_pages_own_and_nothing_runs(by):
    origin = make_source(by)
    derive(make_source(by), origin)
    picture = read(picture_of(tree_of(origin), origin))
    for element in picture.iter():
        assert {element.get("fill"), element.get("stroke")} <= {None, "none", "currentColor"}
        assert not [name for name in element.attrib if name in ("style", "href") or name.startswith("on")]
        assert element.tag.removeprefix(SVG) in {"svg", "title", "desc", "g", "path", "circle", "text"}


@pytest.mark.django_db
def test_a_tree_too_large_is_drawn_in_part_and_says_so(by):
    origin = make_source(by)
    for _ in range(LARGEST_TREE + 4):
        derive(make_source(by), origin)
    picture = read(picture_of(tree_of(origin), origin))
    assert len(texts(picture)) == LARGEST_TREE + 1
    assert texts(picture)[-1] == "and 5 more"
    assert picture.find(f"{SVG}desc").text.startswith("64 sources derive")


@pytest.mark.django_db
def test_the_list_tells_the_same_as_the_picture(by):
    origin = make_source(by, title="The wire")
    first = derive(make_source(by, title="First"), origin)
    derive(make_source(by, title="Second"), origin)
    derive(make_source(by, title="Third"), first, "quotes")

    def told(entry):
        return entry.text, entry.how, entry.here, [told(below) for below in entry.below]

    assert told(outline_of(tree_of(first), first)) == (
        "The wire",
        "",
        False,
        [
            ("First", "wire copy", True, [("Third", "quotes another outlet", False, [])]),
            ("Second", "wire copy", False, []),
        ],
    )


def tree_named(title: str, publisher: str = "") -> tuple[Tree, Source]:
    origin = Source(pk=1, title=title, publisher=Publisher(pk=1, name=publisher) if publisher else None)
    copy = Source(pk=2, title=title, derives_from=origin, derivation="wire_copy")
    return Tree(Node(origin, [Node(copy)]), left_out=2), copy


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles_stay_text(title):
    svg = picture_of(*tree_named(title, publisher=title))
    plain = read(picture_of(*tree_named("plain", publisher="plain")))
    assert isinstance(svg, SafeString)
    assert "<script" not in svg

    def build(picture):
        return [(element.tag, sorted(element.attrib)) for element in picture.iter()]

    assert build(read(svg)) == build(plain)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_whatever_sources_are_called_the_picture_is_well_formed(title, publisher):
    read(picture_of(*tree_named(title, publisher)))


def test_a_long_line_is_drawn_within_the_picture():
    sources = [Source(pk=pk, title="x" * 500) for pk in range(60)]
    node = None
    for above, source in zip(sources[-2::-1], sources[:0:-1], strict=True):
        source.derives_from, source.derivation = above, "quotes"
        node = Node(source, [node] if node else [])
    picture = read(picture_of(Tree(Node(sources[0], [node]), 0), sources[-1]))
    width, height = map(int, picture.get("viewBox").split()[2:])
    for element in picture.iter(f"{SVG}text"):
        assert 0 < int(element.get("x")) + 7 * len(element.text) <= width
        assert 0 < int(element.get("y")) < height
    endings = {element.text.lstrip("x") for element in picture.iter(f"{SVG}text")}
    assert endings == {"…", "… (quotes another outlet)"}
