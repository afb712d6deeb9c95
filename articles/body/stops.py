"""What one stop means: our own rules for the places where the library's verdict is wrong or missing.

The library knows long lists of abbreviations. It does not look at how far the sentence has come, at what
kind of word follows, or at who is named after a question in quotation marks.
"""

import re
from dataclasses import dataclass

from articles.body.abbreviations import (
    ALSO_WORDS,
    LEADING,
    LETTERED,
    MEASURES,
    NOT_VERBS,
    NUMBERED,
    STARTERS,
    TRAILING,
)

# How far before a stop and after it the rules look, in code points.
REACH_BACK = 240
REACH_ON = 80
# So much text before a date or a measure is a whole sentence; its verb need not be looked for.
LONG_ENOUGH = 120

_GOES_ON = frozenset(".!?…,;:)]}")
_LAST_WORD = re.compile(r"[^\s(\[{\"“”„«»'‘‚–—/]+$")
_FIRST_WORD = re.compile(r"(?:[–—-]\s)?[(\[{\"“”„«‘'‚]*([\w'’-]+)(.?)")
_LISTED = re.compile(
    r"\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5}|(?:Art|Par|Ust|Pkt|Rozdz|Sec|Ch)\. \d{1,3}|§ ?\d{1,3})"
)
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_ROMAN = re.compile(r"[IVXLC]+\b")
_AMOUNT = re.compile(r"(?:\d|\b(?:tys|mln|mld|kilka|kilkanaście|kilkadziesiąt|pół|[IVX]+))\W*\w*$")
_DAY_MONTH = re.compile(r"(?:^|\D)\d{1,2}(?:\.\s?\d{1,2})?$")
_MONTH_YEAR = re.compile(r"(?:\d{1,2}\.\s?)?\d{4}\b")
_ZONE = re.compile(r"[^\W\d_]+ time\b|(?:GMT|UTC|BST|CES?T|E[SD]?T|P[SD]?T)\b")
_DASH = frozenset("–—-")
_PRONOUN = re.compile(r"\b(?:than|as|and|or|am|do|did|was|have|had|will|would|can|so|but) I$")
_SAYS = re.compile(
    r"(?:[^\W\d_][\w’'.-]*,? ){1,5}(?:said|says|asked|asks|told|added|replied|wrote|wondered|insisted|"
    r"declared|demanded|exclaimed|shouted|warned|continued|(?:powiedzia|zapyta|pyta|doda|stwierdzi|napisa|odpar|oświadczy|"
    r"podkreśli)(?:ł|ła|li|ły))\b"
)
_VERB = re.compile(
    r"\b(?:[^\W\d_]{2,}(?:ł[aoy]?|łby|łaby|[aeiy]li|[aoę]no|[ęuy]to|uj[eą]|[ae]j[ąe])|jest|są|będzie|będą|ma|mają|może|"
    r"mogą|trwa|trwają|wynosi|wynoszą|wchodzi|wchodzą|liczy|należy|to)\b",
    re.IGNORECASE,
)
_POLISH_UNIT = re.compile(r"(?:Dywizj|Brygad|Pułk|Batalion|Eskadr|Flotyll|Korpus|Armi|Skrzydł|Baz)")
_COUNTED = re.compile(r"[^\W\d_]+(?:ów|ek|ych|ich)$|[A-ZĄĆĘŁŃÓŚŹŻ]{2,}$")


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop in its surroundings.

    `before` is the sentence so far, `marks` the stop itself, `closers` the quotation marks and brackets it
    closes, `gap` whether white space follows them, `after` the text that comes next.
    """

    before: str
    marks: str
    closers: str
    gap: bool
    after: str
    language: str


def ends_sentence(stop: Stop) -> bool | None:
    """Say whether a sentence ends at this stop; None leaves it to the library."""
    if stop.after[0] in _GOES_ON:
        return False
    first = _FIRST_WORD.match(stop.after)
    if first is None:
        return None
    next_word = first[1]
    last = _LAST_WORD.search(stop.before)
    word = last[0] if last else ""
    if not stop.gap:
        return None if len(word) > 2 and word.isalpha() and next_word[1:2].islower() else False
    if next_word[0].islower() and not next_word[1:2].isupper():
        return _before_a_small_letter(stop, word)
    if stop.marks != ".":
        return _after_a_cry(stop)
    starts = next_word.lower().replace("’", "'") in STARTERS[stop.language] and first[2] != "."
    return _after_a_word(stop, word, next_word, starts)


def _before_a_small_letter(stop: Stop, word: str) -> bool | None:
    """Judge a stop before a small letter: in English a slip, if the word is no abbreviation."""
    plain = stop.marks == "." and not stop.closers and stop.after[0] not in _DASH
    slip = plain and stop.language == "en" and len(word) > 3 and word.isalpha()
    lower = word.lower()
    return None if slip and lower not in LEADING["en"] and lower not in TRAILING["en"] else False


def _after_a_cry(stop: Stop) -> bool | None:
    """Judge a question mark, an exclamation mark or an ellipsis before a capital."""
    if stop.closers[:1] in (")", "]"):
        opening = max(stop.before.rfind("("), stop.before.rfind("["))
        if opening > 0 and len(stop.before[opening + 1 :].split()) < 3:
            return False
    quoted = stop.closers.strip(")]}") != ""
    return False if quoted and _SAYS.match(stop.after) else None


def _after_a_word(stop: Stop, word: str, next_word: str, starts: bool) -> bool | None:
    """Judge a full stop before a capital or a number by the word that carries it."""
    lower, language = word.lower(), stop.language
    if _LISTED.fullmatch(stop.before) and not stop.closers:
        return False
    if word.isdigit():
        return _after_a_number(stop, next_word)
    if word.isupper() and word.isalpha():
        return _after_a_letter(stop, starts) if len(word) == 1 else None
    if lower in MEASURES[language] and (lower not in LEADING[language] or _AMOUNT.search(stop.before)):
        return starts or _is_complete(stop, next_word)
    if lower in LEADING[language]:
        return _after_a_title(word, language, starts)
    if lower in NUMBERED[language]:
        return False if next_word[0].isdigit() or _ROMAN.fullmatch(next_word) else None
    if lower in TRAILING[language] or (_DOTTED.fullmatch(word) and word.isupper()):
        return starts
    return None


def _after_a_title(word: str, language: str, starts: bool) -> bool | None:
    if starts and word.lower() in ALSO_WORDS[language]:
        return True
    if language == "en" and word.isalpha() and word.islower() and len(word) > 2:
        return None
    return False


def _after_a_number(stop: Stop, next_word: str) -> bool | None:
    if next_word[0].isdigit() and _DAY_MONTH.search(stop.before) and _MONTH_YEAR.match(stop.after):
        return False
    return False if stop.language == "pl" and _POLISH_UNIT.match(next_word) else None


def _after_a_letter(stop: Stop, starts: bool) -> bool:
    """Judge `J.`: an initial, unless the letter is a number or the pronoun."""
    words = stop.before.split()
    carrier = words[-2].lower() if len(words) > 1 else ""
    if stop.language == "en" and (carrier in LETTERED or _PRONOUN.search(stop.before)):
        return True
    return starts and carrier != ""


def _is_complete(stop: Stop, next_word: str) -> bool | None:
    """Say whether what stands before a date or a measure is a whole sentence, so that the next may begin.

    English: more words than "At 10 a.m." has. Polish: a verb was there, and what follows is not what was
    counted.
    """
    if next_word[0].isdigit():
        return None
    if stop.language == "en":
        return len(stop.before.split()) > 4 and not _ZONE.match(stop.after)
    if _COUNTED.match(next_word):
        return False
    if len(stop.before) > LONG_ENOUGH:
        return True
    return any(verb[0].lower() not in NOT_VERBS for verb in _VERB.finditer(stop.before))
