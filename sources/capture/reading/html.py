"""Read a web page: its text in blocks, and what it says of itself."""

from collections import Counter
from collections.abc import Iterator

import trafilatura
from lxml import etree

from sources.capture.reading.encodings import declared_in_page, decode
from sources.capture.reading.form import extracted, tidy
from sources.capture.reading.said import said_of
from sources.capture.reading.stripping import strip

# trafilatura's own vocabulary for the blocks of a body.
_CHOSEN_BLOCKS = frozenset("p head item quote code list table row lb div body".split())

# Dates guessed from running text would be worse than none.
_DATES = {"original_date": True, "extensive_search": False, "outputformat": "%Y-%m-%dT%H:%M:%S%z"}


def read_page(data: bytes, *, url: str = "", charset: str = "", plainly: bool = False) -> dict:
    """The article of a page: all that a reader sees from the first to the last block that trafilatura finds.

    Where it finds nothing, or ``plainly``, the whole page without its tags, which also reads what no tree could be made
    of. ``charset`` is what the server declared.
    """
    text = decode(data, charset or declared_in_page(data)) or data.decode("utf-8", "replace")
    page = text.encode()
    stripped = strip(page)
    document = None if plainly else _article(page, url)
    chosen = list(filter(None, map(tidy, _blocks_of(document.body)))) if document is not None else []
    if not chosen:
        return extracted([stripped.blocks], by="lxml", found=said_of(stripped))
    blocks = within_article(list(filter(None, map(tidy, stripped.blocks))), chosen)
    return extracted([blocks], by="trafilatura", found=said_of(stripped, document))


def within_article(blocks: list[str], chosen: list[str]) -> list[str]:
    """Those of a page's ``blocks`` that belong to the article of which trafilatura has ``chosen`` some.

    It finds where an article lies, but leaves out what stands there in an unusual element: a caption, a quotation
    pulled out, words that stand in no paragraph. For evidence a line too much is better than one too few. Nothing of
    ``chosen`` is lost at either end; where none of it is found in ``blocks``, it is all there is.
    """
    counts = Counter(blocks)
    place = {block: number for number, block in enumerate(blocks) if counts[block] == 1}
    found = [number for number, block in enumerate(chosen) if block in place]
    if not found:
        return chosen
    places = [place[chosen[number]] for number in found]
    return chosen[: found[0]] + blocks[min(places) : max(places) + 1] + chosen[found[-1] + 1 :]


def _article(page: bytes, url: str):
    return trafilatura.bare_extraction(
        page,
        url=url or None,
        favor_recall=True,
        include_comments=False,
        include_formatting=False,
        include_images=True,  # Without, quotations in figures go with the pictures.
        with_metadata=True,
        date_extraction_params=_DATES,
    )


def _blocks_of(body) -> Iterator[str]:
    block = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag in _CHOSEN_BLOCKS:
            yield "".join(block)
            block = []
        elif element.tag == "cell":
            block.append(" ")
        block.append((element.text if event == "start" else element.tail) or "")
    yield "".join(block)
