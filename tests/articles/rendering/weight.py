"""Stories by size: as long as the sample story that every journey begins with, and as long as one may become."""

from tests.articles.rendering.documents import Draft, an_id, evidence

_WORDS = (
    "Britain and Poland signed a treaty on security and defence cooperation at a ceremony near London, which both "
    "prime ministers called the beginning of a new chapter for two nations that share a long border with history"
).split()


def _sentence(number: int, length: int = 22) -> str:
    turned = _WORDS[number % len(_WORDS) :] + _WORDS[: number % len(_WORDS)]
    return " ".join([f"Sentence{number}", *turned[:length]])


def _cited(number: int, sentence: int, stance: str = "supports", **more) -> dict:
    passage = {
        "prefix": f"{_sentence(sentence + 1, 5)} ",
        "exact": _sentence(sentence + number, 18),
        "suffix": f" {_sentence(sentence + 2, 5)}",
    }
    snapshot = {
        "id": an_id("n", number),
        "sha256": f"{number:064x}",
        "captured_at": "2026-05-28T10:00:00Z",
        "way": "fetched",
    }
    return evidence(number, stance, passage=passage, snapshot=snapshot, start=number * 100, **more)


def seed_sized() -> Draft:
    """Fourteen sentences in six paragraphs' worth of text, nine sources, seven quotes, everything archived."""
    draft = Draft()
    for number in range(7):
        first = 1 + number % 9
        cited = [_cited(first, number), _cited(1 + (first + 3) % 9, number)]
        if number == 2:
            cited.append(_cited(8, number, "contradicts"))
        if number == 4:
            cited.append(_cited(9, number, "context"))
        draft.says(_sentence(number), *cited)
        draft.quotes(
            f"a historic moment number {number} for our two countries and for everybody in them",
            by=1 + number % 9,
            occasion="At the signing",
            said_on="2026-05-27",
        )
    return draft.says(_sentence(90), exemption="analysis", claim=None)


def long_one(sentences: int = 1000, sources: int = 120) -> Draft:
    """A thousand sentences on many sources."""
    draft = Draft()
    for number in range(sentences):
        draft.says(
            _sentence(number), _cited(1 + number % sources, number), _cited(1 + number * 7 % sources, number)
        )
    return draft
