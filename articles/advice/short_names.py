"""Abbreviations that the text never spells out where it first uses them."""

import re
from collections.abc import Iterable, Iterator

from articles.advice.model import Advice
from articles.advice.sentences import Sentence

# Everybody knows these, or they are no abbreviations: roman numerals, units, clocks, countries.
_KNOWN = frozenset(
    "AIDS AM BBC BST CET CNN COVID DNA EEA EEC EU EUR FBI CIA GBP GDP GMT HIV HQ ID IT MP MEP NASA NATO OECD PDF PKB "
    "PLN PM RP RTV TV UE UK UN UNESCO UNICEF USA US USD USSR UTC VAT VIP WHO WTO ZSRR ONZ PRL NBP PAP ZUS AGD".split()
)
_SHORT = re.compile(r"\b[A-ZĄĆĘŁŃÓŚŹŻ]{2,6}\b")
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
# How much of the text around an abbreviation is looked at for its name.
_AROUND = 60


def unexplained(sentences: Iterable[Sentence]) -> Iterator[Advice]:
    """The first use of each abbreviation that is neither known nor spelt out there, nor first used in a quotation."""
    met: set[str] = set()
    for sentence in sentences:
        letters = [c for c in sentence.text if c.isalpha()]
        shouts = len(letters) > 12 and sum(map(str.isupper, letters)) * 2 > len(letters)
        for found in _SHORT.finditer(sentence.text):
            short = found[0]
            if short in met or short in _KNOWN or _ROMAN.fullmatch(short):
                continue
            met.add(short)
            if shouts or sentence.is_quoted(found.start()) or _is_spelt_out(sentence.text, found):
                continue
            yield Advice("unexplained", short, words=short, sentence=sentence.text, block=sentence.block)


def _is_spelt_out(text: str, found: re.Match) -> bool:
    """Whether "Long Name (ABC)" or "ABC (Long Name)" stands here: in brackets, with words beside them."""
    before = text[max(0, found.start() - _AROUND) : found.start()]
    after = text[found.end() : found.end() + _AROUND]
    in_brackets = re.search(r"\w\W*[(\[][^()\[\]]*$", before) and re.match(r"[^()\[\]]*[)\]]", after)
    return bool(in_brackets or re.match(r"\s?[(\[]\s?[^\W\d_]{3,}", after))
