"""Figures in the stored HTML: one names an image, has its key, and a caption without sentences of its own."""

import pytest

from articles.body.bare_segments import mark_bare
from articles.body.html import MAX_ALT, parse_html
from articles.body.keys import is_key
from articles.body.model import Block, Figure, Format
from articles.body.rendering import render_html

KEY, OTHER = "abcdefghij", "bcdefghijk"


def figure(html: str) -> Block:
    [block] = parse_html(html).figures
    return block


def test_a_figure_is_read_with_its_caption_and_what_that_rests_on():
    html = (
        f'<figure data-figure="{KEY}" data-image="i1" data-rests-on="{OTHER} nokey {OTHER}" data-alt=" A  map ">'
        "<figcaption>The <b>border</b></figcaption></figure>"
    )
    assert figure(html) == Block(
        "figure",
        "The border",
        formats=(Format(4, 10, "strong"),),
        figure=Figure(KEY, "i1", (OTHER,), "A map"),
    )


@pytest.mark.parametrize(
    "html",
    [
        '<figure data-image="i1"><p>on</p>',
        '<figure data-image="i1"><figcaption></figcaption>on</figure>',
        '<figure data-image="i1"><h2>on</h2></figure>',
        '<figure data-image="i1"></figure>on',
    ],
)
def test_a_figure_ends_where_its_caption_ends_or_another_block_begins(html):
    blocks = parse_html(html).blocks
    assert [(block.kind == "figure", block.text) for block in blocks] == [(True, ""), (False, "on")]


@pytest.mark.parametrize("name", ["", "i'1", "x" * 65, "../i1"])
def test_a_figure_that_names_no_image_is_a_paragraph_with_its_words(name):
    assert parse_html(f'<figure data-image="{name}"><figcaption>words</figcaption></figure>').blocks == (
        Block("p", "words"),
    )


def test_what_a_pasted_picture_brings_is_dropped():
    html = (
        '<figure data-image="i1" onclick="x()"><img src="x" onerror="y()"><figcaption>a</figcaption></figure>'
    )
    assert render_html(parse_html(html)).endswith(' data-image="i1"><figcaption>a</figcaption></figure>')


def test_a_copied_figure_gets_a_key_of_its_own():
    first, second = parse_html(f'<figure data-figure="{KEY}" data-image="i1"></figure>' * 2).figures
    assert first.figure.key == KEY
    assert second.figure.key != KEY
    assert is_key(second.figure.key)


def test_a_caption_has_no_sentences_of_its_own():
    html = (
        f'<p>One.</p><figure data-image="i1"><figcaption><span data-segment="{KEY}">A <span data-words="q1">word'
        "</span></span>. Two.</figcaption></figure>"
    )
    body = mark_bare(parse_html(html), "en", lambda: OTHER)
    assert [segment.key for block in body.blocks for segment in block.segments] == [OTHER]
    assert body.figures[0].text == "A word. Two."


def test_an_alternative_text_is_bounded():
    assert len(figure(f'<figure data-image="i1" data-alt="{"x" * 9_000}">').figure.alt) == MAX_ALT
