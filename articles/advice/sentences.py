"""The sentences of a body that advice is about: their words, and which of these stand in quotations."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from articles.body.model import Body
from articles.body.quotations import find_quotations
from articles.body.sentences import block_sentences

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of block number ``block`` (from 1): its text, and the spans in it that are quoted."""

    text: str
    block: int
    kind: str
    quoted: tuple[tuple[int, int], ...]

    @property
    def words(self) -> list[str]:
        return WORD.findall(self.text)

    def is_quoted(self, at: int) -> bool:
        return any(start <= at < end for start, end in self.quoted)


def sentences_of(body: Body, language: str) -> Iterator[Sentence]:
    """Every sentence of ``body`` in reading order, headings and lists too, captions not."""
    for number, block in enumerate(body.paragraphs, start=1):
        quotations = [(q.start, q.end) for q in find_quotations(block.text, language)]
        if block.kind == "blockquote":
            quotations = [(0, len(block.text))]
        at = 0
        for start, end in block_sentences(block, language).spans:
            while at < len(quotations) and quotations[at][1] <= start:
                at += 1
            inside = []
            for begin, stop in quotations[at:]:
                if begin >= end:
                    break
                inside.append((max(begin, start) - start, min(stop, end) - start))
            yield Sentence(block.text[start:end].rstrip(), number, block.kind, tuple(inside))
