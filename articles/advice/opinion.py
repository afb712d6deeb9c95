"""Adjectives by which a text judges, outside of what others are quoted with. Few, and sure ones."""

import re
from collections.abc import Iterable, Iterator

from articles.advice.model import Advice
from articles.advice.sentences import Sentence

_ENGLISH = (
    "amazing appalling astonishing awful brilliant catastrophic controversial disastrous disgraceful dreadful "
    "excellent extraordinary fantastic groundbreaking heroic historic horrific incredible infamous landmark "
    "legendary magnificent outrageous remarkable ridiculous scandalous sensational shameful shocking spectacular "
    "stunning tragic unbelievable unprecedented wonderful"
).split()
# Stems of adjectives; the endings follow.
_POLISH = (
    "absurdaln fantastyczn genialn haniebn historyczn kontrowersyjn legendarn niesamowit niesłychan niewiarygodn "
    "oburzając przełomow rewelacyjn skandaliczn spektakularn szokując tragiczn wspaniał wstrząsając wybitn żenując "
    "katastrofaln bezprecedensow bohatersk"
).split()
_ENDINGS = "(?:y|a|e|i|ego|iego|ej|iej|emu|iemu|ą|ym|im|ymi|imi|ych|ich)"
_OPINION = {
    "en": re.compile(rf"\b(?:{'|'.join(_ENGLISH)})\b", re.IGNORECASE),
    "pl": re.compile(rf"\b(?:{'|'.join(_POLISH)}){_ENDINGS}\b", re.IGNORECASE),
}


def opinions(sentences: Iterable[Sentence], language: str) -> Iterator[Advice]:
    """Each such adjective that is not quoted; a name in capitals ("Historic England") is none."""
    for sentence in sentences:
        for found in _OPINION[language].finditer(sentence.text):
            named = found.start() > 0 and found[0][0].isupper()
            if not named and not sentence.is_quoted(found.start()):
                yield Advice(
                    "opinion",
                    f"{found[0].lower()} {sentence.text}",
                    words=found[0],
                    sentence=sentence.text,
                    block=sentence.block,
                )
