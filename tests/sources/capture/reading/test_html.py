"""Of a page all that a reader sees of its article becomes text, block by block, and nothing else."""

from importlib.metadata import version

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.capture.reading.html import read_page, within_article
from sources.capture.reading.stripping import strip
from tests.sources.capture.documents import ADDRESS, HALF, OTHER_HALF, PAGE, TEXT, page


def test_a_page_becomes_its_article_block_by_block():
    read = read_page(PAGE.encode(), url=ADDRESS)
    assert read["text"] == TEXT
    assert read["pages"] == []
    assert read["extractor"] == f"trafilatura {version('trafilatura')}/1"
    assert read["found"] == {
        "title": "Treaty signed",
        "publisher": "The Sample",
        "authors": "Ada Roe",
        "published": "2026-05-27T14:02:11+01:00",
        "language": "en",
    }


def test_a_page_can_be_stripped_of_its_tags_alone():
    made = page(
        "<select><option>no</option></select><div>Only <i>so</i></div>much<script>x()</script>"
        "<table><tr><td>1</td><td>2</td></tr></table><title>not this</title>",
        "<title>This</title>",
    )
    read = read_page(made, plainly=True)
    assert read["text"] == "Only so\nmuch\n1 2"
    assert read["found"]["title"] == "This"
    assert read["extractor"] == f"lxml {version('lxml')}/1"


IN_UNUSUAL_PLACES = {
    "a caption": "<figure><img src=a.png><figcaption>%s</figcaption></figure>",
    "a quotation in a figure": "<figure><blockquote><p>%s</p></blockquote></figure>",
    "a quotation pulled out": '<aside class="pullquote">%s</aside>',
    "words in no paragraph": '<div class="x">%s</div>',
    "a centred line": "<center>%s</center>",
    "an answer behind its question": "<details><summary>Why?</summary><p>%s</p></details>",
    "a definition": "<dl><dt>Treaty</dt><dd>%s</dd></dl>",
    "a cell": "<table><tr><td><p>%s</p></td><td>2</td></tr></table>",
    "a short quotation in a sentence": "<p>She said: <q>%s</q>, and left.</p>",
    "a section": "<section class=related><p>%s</p></section>",
}


@pytest.mark.parametrize("place", IN_UNUSUAL_PLACES.values(), ids=IN_UNUSUAL_PLACES)
def test_no_words_within_an_article_are_lost(place):
    said = "„Słowa ministra” są tu."
    read = read_page(page(f"<article>{HALF}{place % said}{OTHER_HALF}</article>"))
    assert said in read["text"]


UNSEEN = {
    "by attribute": "<p hidden>%s</p>",
    "by style": "<div style='color: red; display:none'><div><p>%s<br></p></div></div>",
    "in a script": "<script>%s</script>",
    "in a template": "<template><p>%s</p></template>",
    "in the navigation": "<nav><ul><li>%s</li></ul></nav>",
    "in a remark": "<!-- %s -->",
    "in an attribute": "<img alt='%s'>",
}


@pytest.mark.parametrize("place", UNSEEN.values(), ids=UNSEEN)
def test_words_that_no_reader_sees_are_not_in_the_text(place):
    made = page(f"<article>{HALF}{place % 'Unseen words'}<div>Seen words.</div>{OTHER_HALF}</article>")
    for plainly in (False, True):
        text = read_page(made, plainly=plainly)["text"]
        assert "Unseen" not in text
        assert "Seen words." in text


STRETCHES = {
    "from the first to the last block found": ("menu one two three legal", "one three", "one two three"),
    "what stands in the page twice tells nothing": ("T menu T one two T", "T one two", "T one two"),
    "what is not found at the ends is kept": ("menu one two legal", "lead one two note", "lead one two note"),
    "nothing is found": ("menu legal", "one two", "one two"),
}


@pytest.mark.parametrize(("blocks", "chosen", "article"), STRETCHES.values(), ids=STRETCHES)
def test_an_article_is_a_stretch_of_its_page(blocks, chosen, article):
    assert within_article(blocks.split(), chosen.split()) == article.split()


def test_a_page_that_is_hidden_until_its_scripts_run_is_read():
    for hidden in ("<body hidden>", "<body style='visibility: hidden'>", "<html hidden>"):
        assert read_page(f"{hidden}<p>Seen words".encode(), plainly=True)["text"] == "Seen words"


def test_the_linked_data_of_a_page_is_read_to_a_bound():
    script = b"<script type=application/ld+json>{}</script>"
    assert len(strip(script * 30).scripts) == 20


@given(st.binary(max_size=300))
def test_no_bytes_keep_a_page_from_being_stripped(data):
    read_page(b"<html>" + data, plainly=True)
