"""What is read from stored HTML, from an editor's variants of it, and from anything else."""

import pytest

from articles.body.html import parse_html
from articles.body.keys import is_key
from articles.body.model import Block, Dismissed, Format, Segment, Words

KEY = "abcdefghij"


def only_block(html: str) -> Block:
    (block,) = parse_html(html).blocks
    return block


def test_a_stored_paragraph_is_read_with_all_its_marks():
    block = only_block(
        f'<p><strong>Sir</strong> <span data-segment="{KEY}" data-claim="c1" data-quotes="q1 q2">said “<span '
        'data-words="q1">yes</span>”</span> to <a href="https://x.eu/?a=1&amp;b=2"><em>it</em></a>, in “<span '
        'data-dismissed="title">Time</span>”.</p>'
    )
    assert block == Block(
        "p",
        "Sir said “yes” to it, in “Time”.",
        segments=(Segment(4, 14, KEY, claim="c1", quotes=("q1", "q2")),),
        words=(Words(10, 13, "q1"),),
        dismissed=(Dismissed(26, 30, "title"),),
        formats=(
            Format(0, 3, "strong"),
            Format(18, 20, "a", "https://x.eu/?a=1&b=2"),
            Format(18, 20, "em"),
        ),
    )


def test_an_exemption_is_read():
    block = only_block(f'<p><span data-segment="{KEY}" data-exemption="analysis">So it is</span>.</p>')
    assert block.segments == (Segment(0, 8, KEY, exemption="analysis"),)


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("<p>a</p><h2>b</h2><h3>c</h3>", [("p", "a"), ("h2", "b"), ("h3", "c")]),
        ("<ul><li><p>a</p></li><li>b</li></ul><ol><li>c</li></ol>", [("ul", "a"), ("ul", "b"), ("ol", "c")]),
        ("<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>", [("ul", "a"), ("ol", "b"), ("ul", "c")]),
        (
            "<blockquote><p>a</p><p>b</p></blockquote>c",
            [("blockquote", "a"), ("blockquote", "b"), ("p", "c")],
        ),
        ("<p>a<p>b", [("p", "a"), ("p", "b")]),
        ("<h2>a<p>b</h2>c", [("h2", "a"), ("p", "b"), ("p", "c")]),
        ("a<div>b</div>c<h1>d</h1>", [("p", "a"), ("p", "b"), ("p", "c"), ("p", "d")]),
        ("<table><tr><td>a</td><td>b</td></tr></table>", [("p", "a"), ("p", "b")]),
        ("<p></p><p> \n&nbsp;</p><ul><li></li></ul>", []),
        ("<P>a</P><LI>b</LI>", [("p", "a"), ("p", "b")]),
        ("</ul></p>a</span></strong>", [("p", "a")]),
        ("", []),
    ],
)
def test_elements_become_blocks_in_reading_order(html, blocks):
    assert [(block.kind, block.text) for block in parse_html(html).blocks] == blocks


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>  a\n\t b&nbsp;c  </p>", "a b\u00a0c"),
        ("<p>a <strong> b</strong> <em> </em> c</p>", "a b c"),
        ("<p>a<br>b<br/>c</p>", "a b c"),
        ("<p>a\u2028b\x85c\u2029d\x0be</p>", "a b c d e"),
        ("<p>a\x00b\x1bc\x7fd\ud800e&#0;</p>", "abcde\ufffd"),
        ("<p>a &lt; b &amp;lt; c &bogus; &#x41;</p>", "a < b &lt; c &bogus; A"),
        (f"<p>a&#{'1' * 5000};b&#x{'f' * 5000};c</p>", "a\ufffdb\ufffdc"),
        ("<p>1 < 2 <3 <- <é> a<b</p>", "1 < 2 <3 <- <é> a<b"),
        ("<p>a<u>b</u><x-y z=1>c</x-y><img alt='d'></p>", "abc"),
        ("<p>a<script>b</script><style>c</style>d<!-- e --><!DOCTYPE f><?g?></p>", "ad"),
        ("<p>a<script>b</p>", "a"),
        ("<p>a<!-- b</p>", "a"),
        ('<p>a<b title="x > y">c</b></p>', "ac"),
    ],
)
def test_the_text_is_kept_and_its_white_space_made_single(html, text):
    assert only_block(html).text == text


def test_touching_spans_of_one_segment_are_one_segment():
    block = only_block(
        f'<p><span data-segment="{KEY}" data-claim="c1">He </span><strong><span data-segment="{KEY}" '
        f'data-claim="c1">said</span></strong> <em><span data-segment="{KEY}" data-claim="c1">so</span></em>.</p>'
    )
    assert block.segments == (Segment(0, 10, KEY, claim="c1"),)
    assert block.formats == (Format(3, 7, "strong"), Format(8, 10, "em"))


def test_formatting_inside_and_outside_of_a_segment_reads_the_same():
    inside = only_block(f'<p><span data-segment="{KEY}">a <strong>b</strong></span></p>')
    outside = only_block(
        f'<p><span data-segment="{KEY}">a </span><strong><span data-segment="{KEY}">b</span></strong></p>'
    )
    assert inside == outside


@pytest.mark.parametrize(
    "html",
    [
        f'<p><span data-segment="{KEY}">a</span> b <span data-segment="{KEY}">c</span></p>',
        f'<p><span data-segment="{KEY}">a</span></p><p><span data-segment="{KEY}">c</span></p>',
        f'<p><span data-segment="{KEY}">a <span data-segment="zzzzzzzzzz">b</span> c</span></p>',
    ],
    ids=["later in the block", "in another block", "around another segment"],
)
def test_a_key_met_again_elsewhere_is_replaced_and_the_rest_kept(html):
    html = html.replace(f'"{KEY}"', f'"{KEY}" data-claim="c1"')
    segments = [segment for block in parse_html(html).blocks for segment in block.segments]
    first, again = segments[0], segments[-1]
    assert (first.key, first.claim, again.claim) == (KEY, "c1", "c1")
    assert again.key != KEY
    assert is_key(again.key)


@pytest.mark.parametrize("key", ["", "short", "ABCDEFGHIJ", "abcdefgh19", "&quot;&gt;&lt;script&gt;"])
def test_a_key_of_another_form_is_replaced(key):
    (segment,) = only_block(f'<p><span data-segment="{key}">a</span></p>').segments
    assert is_key(segment.key)


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ('data-claim="a b"', Segment(0, 1, KEY)),
        ('data-claim="a&quot;"', Segment(0, 1, KEY)),
        ('data-quotes="a a b&lt; c"', Segment(0, 1, KEY, quotes=("a", "c"))),
        ('data-exemption="Any Thing"', Segment(0, 1, KEY)),
        ('data-claim="first" data-claim="second"', Segment(0, 1, KEY, claim="first")),
        ("DATA-CLAIM=c1 data-quotes='q1'", Segment(0, 1, KEY, claim="c1", quotes=("q1",))),
    ],
)
def test_only_well_formed_names_of_records_are_read(attributes, expected):
    assert only_block(f'<p><span data-segment="{KEY}" {attributes}>a</span></p>').segments == (expected,)


def test_marks_hold_no_white_space_at_their_ends_and_empty_ones_are_dropped():
    block = only_block(
        f'<p>a<span data-segment="{KEY}"> b </span><span data-segment="zzzzzzzzzz"> </span><strong> c </strong>d</p>'
    )
    assert block.text == "a b c d"
    assert block.segments == (Segment(2, 3, KEY),)
    assert block.formats == (Format(4, 5, "strong"),)


def test_words_outside_of_a_segment_are_dropped_and_dismissed_ones_kept():
    block = only_block('<p><span data-words="q1">a</span><span data-dismissed="term">b</span></p>')
    assert (block.words, block.dismissed) == ((), (Dismissed(1, 2, "term"),))


def test_words_over_the_end_of_a_segment_end_with_it():
    block = only_block(f'<p><span data-words="q1"><span data-segment="{KEY}">ab</span>cd</span></p>')
    assert block.words == (Words(0, 2, "q1"),)


def test_where_words_and_a_dismissal_overlap_the_words_count():
    block = only_block(
        f'<p><span data-segment="{KEY}"><span data-dismissed="scare">a<span data-words="q1">b</span></span></span></p>'
    )
    assert (block.words, block.dismissed) == ((Words(1, 2, "q1"),), (Dismissed(0, 1, "scare"),))


def test_an_unknown_reason_to_dismiss_is_no_dismissal():
    assert only_block('<p><span data-dismissed="because">a</span></p>').dismissed == ()


def test_marks_end_with_their_block():
    first, second = parse_html(f'<p><strong><span data-segment="{KEY}">a</p><p>b</p>').blocks
    assert first == Block("p", "a", segments=(Segment(0, 1, KEY),), formats=(Format(0, 1, "strong"),))
    assert second == Block("p", "b")


def test_marks_left_open_in_many_blocks_do_not_crowd_out_later_ones():
    blocks = parse_html("<p><b>a</p>" * 100 + "<p><em>b</em></p>").blocks
    assert blocks[-1] == Block("p", "b", formats=(Format(0, 1, "em"),))


def test_crossing_elements_are_both_honoured():
    assert only_block("<p><b>a<i>b</b>c</i></p>").formats == (Format(0, 2, "strong"), Format(1, 3, "em"))


@pytest.mark.parametrize(
    "href", ["https://x.eu", "HTTP://x.eu/a?b#c", "mailto:desk@x.eu", "/", "/articles/a/?b=1#s-abcdefghij"]
)
def test_a_link_to_the_web_to_mail_or_within_the_site_is_kept(href):
    assert only_block(f'<p><a href=" {href} ">a</a></p>').formats == (Format(0, 1, "a", href),)


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        "&#106;avascript:alert(1)",
        "data:text/html,x",
        "//evil.eu",
        "/\\evil.eu",
        "https:evil.eu",
        "https://",
        "https://x\ty",
        "\x01https://x.eu",
        "ftp://x.eu",
        "a.html",
        "#a",
        "mailto:",
        "/" + "a" * 3000,
    ],
)
def test_any_other_link_is_dropped_and_its_text_kept(href):
    assert only_block(f'<p><a href="{href}">a</a></p>') == Block("p", "a")
