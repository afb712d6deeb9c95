"""A body that is written and read again is the same body."""

from hypothesis import given
from hypothesis import strategies as st

from articles.body.html import parse_html
from articles.body.model import (
    BLOCK_KINDS,
    Block,
    Body,
    Dismissed,
    Figure,
    Format,
    Segment,
    Words,
    clean_text,
)
from articles.body.rendering import render_html

TEXTS = (
    st.lists(
        st.text(min_size=1, max_size=8) | st.sampled_from(["<p>", "&amp;", "“a”", "said"]),
        min_size=1,
        max_size=8,
    )
    .map(" ".join)
    .map(clean_text)
    .filter(bool)
)
IDS = st.text("abc019-_", min_size=1, max_size=12)
KEYS = st.text("abcxyz267", min_size=10, max_size=10)
HREFS = st.sampled_from(["https://x.eu/?a=1&b='2'\"<>", "mailto:a@b.eu", "/articles/x/", "/"])


@st.composite
def stretches(draw, text: str, *, most: int = 4):
    """Spans in order that do not touch, none of which begins or ends with white space."""
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=2 * most)))
    spans = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        inner = text[start:end]
        start += len(inner) - len(inner.lstrip())
        end = start + len(inner.strip())
        if start < end and (not spans or spans[-1][1] < start):
            spans.append((start, end))
    return spans


@st.composite
def blocks(draw, keys):
    text = draw(TEXTS)
    segments = [
        Segment(
            start,
            end,
            next(keys),
            claim=draw(st.none() | IDS),
            quotes=tuple(draw(st.lists(IDS, unique=True, max_size=3))),
            exemption=draw(st.none() | st.sampled_from(["analysis", "common_knowledge"])),
        )
        for start, end in draw(stretches(text))
    ]
    spans = draw(stretches(text))
    words = [
        Words(start, end, draw(IDS))
        for start, end in spans
        if any(segment.start <= start and end <= segment.end for segment in segments)
    ]
    said = {(each.start, each.end) for each in words}
    dismissed = [
        Dismissed(start, end, draw(st.sampled_from(["title", "term", "scare"])))
        for start, end in spans
        if (start, end) not in said
    ]
    formats = [Format(start, end, tag) for tag in ("strong", "em") for start, end in draw(stretches(text))]
    formats += [Format(start, end, "a", draw(HREFS)) for start, end in draw(stretches(text))]
    formats.sort(key=lambda each: (each.start, each.end, each.tag))
    kind = draw(st.sampled_from(BLOCK_KINDS))
    if kind == "figure":
        alt = clean_text(draw(st.text(max_size=20)))
        figure = Figure(next(keys), draw(IDS), tuple(draw(st.sets(KEYS, max_size=3))), alt)
        caption = draw(st.booleans())
        return Block(kind, text if caption else "", formats=tuple(formats) if caption else (), figure=figure)
    return Block(
        kind,
        text,
        tuple(segments),
        tuple(words),
        tuple(dismissed),
        tuple(formats),
    )


@st.composite
def bodies(draw):
    keys = iter(draw(st.permutations([f"{letter}{'a' * 9}" for letter in "abcdefghijklmnopqrstuvwxyz"])))
    return Body(tuple(draw(blocks(keys)) for _ in range(draw(st.integers(0, 5)))))


@given(bodies())
def test_a_body_survives_being_written_and_read(body):
    assert parse_html(render_html(body)) == body


def test_a_body_is_written_as_the_editor_writes_it():
    body = Body(
        (
            Block("h2", "A & B"),
            Block("ul", "one"),
            Block("ul", "two"),
            Block("ol", "three"),
            Block("blockquote", "four"),
            Block("blockquote", "five"),
            Block("figure", "", figure=Figure("bcdefghijk", "i1")),
            Block(
                "figure",
                "A map",
                formats=(Format(2, 5, "em"),),
                figure=Figure("cdefghijkl", "i2", ("abcdefghij", "aaaaaaaaaa"), 'Of "A" & B'),
            ),
            Block(
                "p",
                "He said “yes”.",
                segments=(Segment(0, 13, "abcdefghij", quotes=("q1",)),),
                words=(Words(9, 12, "q1"),),
                formats=(Format(3, 11, "strong"),),
            ),
        )
    )
    assert render_html(body) == (
        "<h2>A &amp; B</h2><ul><li><p>one</p></li><li><p>two</p></li></ul><ol><li><p>three</p></li></ol>"
        "<blockquote><p>four</p><p>five</p></blockquote>"
        '<figure data-figure="bcdefghijk" data-image="i1"><figcaption></figcaption></figure>'
        '<figure data-figure="cdefghijkl" data-image="i2" data-rests-on="abcdefghij aaaaaaaaaa"'
        ' data-alt="Of &quot;A&quot; &amp; B"><figcaption>A <em>map</em></figcaption></figure>'
        '<p><span data-segment="abcdefghij" data-quotes="q1">He <strong>said “</strong><span data-words="q1">'
        "<strong>ye</strong>s</span>”</span>.</p>"
    )
