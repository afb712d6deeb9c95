"""Reading broken, hostile and oversized HTML: always a valid body or one clear refusal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.body import html as body_html
from articles.body.html import MAX_LENGTH, parse_html
from articles.body.model import Body
from articles.body.rendering import render_html
from newsroom.core.errors import DomainError

BROKEN = (
    '<|<a |<a "|<a \'" |<p>|</p>|<b>|<b>x|<i><b>x</i>|<!--|<!|<script>|<script |&|&#|<a a a |<a href="|<ul><li>|'
    '<span data-segment="abcdefghij">x</span>y|<blockquote>'
)
MARKUP = (
    "<p>|</p>|<h2>|</h2>|<ul>|</ul>|<li>|</li>|<blockquote>|</blockquote>|<b>|</b>|<em>|</em>|<i>|</a>|</span>|<br>|"
    '<div>|x|y|.|“|”|&|&amp;|<|>|\u00a0|\n| |<a href=\'/x\'>|<script>|<!--|<span x="|<span data-dismissed="term">|'
    '<span data-segment="abcdefghij" data-quotes="q1">|<span data-segment="zzzzzzzzzz">|<span data-words="q1">|'
    '<figure data-figure="abcdefghij" data-image="i1">|<figure data-image="i&gt;">|</figure>|<figcaption>|</figcaption>'
)


def test_a_body_that_is_too_long_is_refused():
    with pytest.raises(DomainError) as refusal:
        parse_html("a" * (MAX_LENGTH + 1))
    assert refusal.value.code == "body_too_large"


def test_a_body_of_too_many_figures_is_refused():
    with pytest.raises(DomainError) as refusal:
        parse_html('<figure data-image="i">' * (body_html.MAX_FIGURES + 1))
    assert refusal.value.code == "body_too_large"


def test_a_body_of_too_many_paragraphs_is_refused(monkeypatch):
    monkeypatch.setattr(body_html, "MAX_BLOCKS", 2)
    assert len(parse_html("<p>a<p>b").blocks) == 2
    with pytest.raises(DomainError) as refusal:
        parse_html("<p>a<p>b<p>c")
    assert refusal.value.code == "body_too_large"


@pytest.mark.parametrize("run", BROKEN.split("|"))
def test_broken_markup_is_read_in_one_pass(run):
    body = parse_html(run * 30_000)
    assert parse_html(render_html(body)) == body


@given(html=st.lists(st.sampled_from(MARKUP.split("|")), max_size=60).map("".join) | st.text())
def test_whatever_is_read_is_a_valid_body_and_reads_the_same_once_written(html):
    body = parse_html(html)
    assert parse_html(render_html(body)) == body
    keys = [segment.key for block in body.blocks for segment in block.segments]
    assert len(keys) == len(set(keys))
    figures = [block.figure.key for block in body.figures]
    assert len(figures) == len(set(figures))
    assert all((block.kind == "figure") == (block.figure is not None) for block in body.blocks)
    assert not any(block.segments or block.words or block.dismissed for block in body.figures)
    for block in body.blocks:
        for words in block.words:
            assert any(segment.start <= words.start < words.end <= segment.end for segment in block.segments)


def test_an_empty_body_is_written_as_nothing():
    assert render_html(Body()) == ""
