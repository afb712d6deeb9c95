"""How we know: the marks in the text, the picture and its table, the card's words, and what they weigh."""

import gzip
from pathlib import Path

from django.conf import settings

from articles.rendering.article import article_html
from articles.rendering.knowing import MOST_COLUMNS, MOST_ROWS
from articles.rendering.withdrawals import Withdrawal
from tests.articles.rendering.documents import LATER, NOON, Draft, evidence, shown
from tests.articles.rendering.html import page, read
from tests.articles.rendering.weight import long_one, seed_sized

FILES = ("site.css", "article.css", "evidence.css", "reading.js")


def rows(whole) -> list[list[str]]:
    return [[cell.text for cell in row.all("td")] for row in whole.one("tbody").all("tr")]


def test_each_sentence_is_marked_by_what_it_is_and_the_table_says_it_in_words():
    draft = Draft().says("It was signed", evidence(1), evidence(2), evidence(3, "contradicts"))
    draft.quotes("a good day").says("We think so", exemption="analysis", claim=None).says(
        "Rumours", claim=None
    )
    draft.content["statements"][0]["origins"] = 1
    whole = page(draft)
    kinds = [mark["class"] for mark in whole.one(class_="body").all(class_="s")]
    assert kinds == ["s claim", "s quote", "s exempt", "s open"]
    assert rows(whole) == [
        ["It was signed", "claim", "[1], [2] (1 origin); disputed by [3]"],
        ["Ada Sample called it “a good day”", "quote", "[1] (1 origin)"],
        ["We think so", "our own analysis", ""],
        ["Rumours", "not yet known", ""],
    ]
    assert whole.one(id="s-sentenceaa")["data-rests"] == "[1], [2] (1 origin); disputed by [3]"
    assert whole.one(id="s-sentenceac")["data-rests"] is None
    links = [link["href"] for link in whole.one("tbody").all("a")]
    claims = {href for href in links if not href.startswith("#")}
    assert claims == {f"/claims/{draft.content['statements'][0]['claim']}/"}
    assert whole.one(id="s-sentenceaa")["data-claim"] in claims
    assert whole.one(id="s-sentenceab")["data-claim"] is None
    for href in set(links) - claims:
        assert whole.one(id=href.removeprefix("#"))


def test_a_source_that_was_withdrawn_is_told_of_the_sentence_too():
    draft = Draft().says("It was signed", evidence(1), evidence(2))
    gone = {draft.content["sources"][1]["id"]: Withdrawal(LATER, "us", "It was forged.")}
    whole = read(article_html(draft.document(), shown(), gone))
    assert rows(whole) == [["It was signed", "claim", "[1], [2] (2 origins); withdrawn: [2]"]]


def test_the_picture_has_a_name_and_a_shape_for_every_stance():
    draft = Draft().says("It was signed", evidence(1), evidence(2, "contradicts"), evidence(3, "context"))
    whole = page(draft)
    picture = whole.one("svg")
    assert whole.one(id=picture["aria-labelledby"]).text == "Map of the evidence: 1 sentence, 3 sources"
    assert [path["class"] for path in picture.all("path")] == ["lines", "supports", "contradicts", "context"]
    assert [number.text for number in picture.all("text")] == ["1", "2", "3"]


def test_every_sentence_has_an_address_and_takes_doubts_but_in_a_preview():
    draft = Draft().says("It was signed", evidence(1))
    links = [link["href"] for link in page(draft).one(class_="body").all(class_="here")]
    own = "/articles/a-treaty/sentences/sentenceaa/"
    assert links == [own, f"{own}report/"]
    marked = {"title": "Preview", "text": ""}
    preview = article_html(draft.document(), shown(), preview=marked)
    assert read(preview).all(class_="here") == []
    # Nor does it lead to the page of a claim that readers may not know yet.
    assert "/claims/" not in preview


def test_a_passage_is_linked_in_the_copy_that_we_hold():
    snapshot = {
        "id": "n00000000001",
        "sha256": "0" * 64,
        "captured_at": "2026-05-28T10:00:00Z",
        "way": "fetched",
    }
    passage = {"prefix": "", "exact": "the parties agree", "suffix": ""}
    cited = evidence(1, passage=passage, snapshot=snapshot, start=41_000)
    (item,) = page(Draft().says("They agree", cited)).one(class_="passages").all("li")
    copy = item.all("a")[-1]
    assert copy["href"] == "/sources/s00000000001/snapshots/n00000000001/?part=2#p-41000"
    assert copy.text == "archived on 28 May 2026"


def test_how_long_it_takes_to_read_depends_on_the_language():
    words = " ".join(["word"] * 500)
    times = [page(Draft(language).says(words)).all("dd")[-1].text for language in ("en", "pl")]
    assert times == ["3 minutes", "4 minuty"]


def test_a_whole_page_as_long_as_the_sample_story_weighs_little():
    html = article_html(
        seed_sized().document(number=2, kind="correction", note="It was signed."), shown(LATER, NOON)
    )
    static = [(Path(settings.BASE_DIR) / "static" / name).read_bytes() for name in FILES]
    assert sum(len(gzip.compress(part)) for part in (html.encode(), *static)) < 40_000


def test_a_very_long_story_has_a_bounded_picture_and_table():
    draft = long_one(1000, 120)
    whole = page(draft)
    lines = rows(whole)
    assert len(lines) <= MOST_COLUMNS
    assert lines[0][0].endswith("and 8 more")
    picture = whole.one("svg")
    assert len(picture.all("text")) == MOST_ROWS
    assert sum(len(path["d"]) for path in picture.all("path")) < 100_000
    # What a sentence adds to the page does not grow with the number of sentences.
    sizes = [len(article_html(long_one(n, 20).document(), shown())) for n in (200, 400)]
    assert sizes[1] < 2.1 * sizes[0]
