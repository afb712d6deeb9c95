"""The verdict of the library: LanguageTool's segmentation rules for English and Polish, read by `choppa`."""

from functools import cache

from choppa import DEFAULT_SRX_RULESET, SrxDocument, SrxTextIterator

# What the rules file calls our languages; `_two` keeps a single line break from ending a sentence.
RULE_SETS = {"en": "en_two", "pl": "pl_two"}

# Some rules look to the end of the text at every stop: in pieces of so many characters their cost stays
# linear.
PIECE = 4_000
OVERLAP = 200

# Break rules for subtitles and translation memories; the one with an empty first half stops at every
# character.
_NOT_FOR_PROSE = ("", r"\{0>", r"\u2029", r"\d{2}:\d{2}:\d{2},\d{3}\r?\n")


def sentence_ends(text: str, language: str) -> list[int]:
    """Return the offsets at which the library ends a sentence, in order, the end of the text among them."""
    ends: list[int] = []
    for begin in range(0, len(text), PIECE):
        at = first = max(0, begin - OVERLAP)
        until = min(begin + PIECE, len(text))
        for sentence in SrxTextIterator(_rules(), RULE_SETS[language], text[first : until + OVERLAP]):
            at += len(sentence)
            if begin < at <= until:
                ends.append(at)
    return ends


@cache
def _rules() -> SrxDocument:
    """Load the rules once, without those that cannot apply or whose cost has no bound.

    The rules that look back from a stop over several earlier ones to an opening bracket try every
    combination of them: 3 kB of "1. " took 25 seconds. Brackets are looked after in `sentences`.
    """
    document = SrxDocument(ruleset=DEFAULT_SRX_RULESET)
    for language_map in document.language_map_list:
        rules = language_map.language_rule.rules
        rules[:] = [rule for rule in rules if "*?" not in rule.before_pattern and not _is_foreign(rule)]
    return document


def _is_foreign(rule) -> bool:
    return rule.is_break and rule.before_pattern in _NOT_FOR_PROSE
