"""One piece of advice."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Advice:
    """``code`` says what about; ``words`` are those it is about, "" for the whole text; ``sentence`` is where they
    stand (cut), ``basis`` what it holds for: while that is the same, an answer to it holds, too.

    ``place`` is ``headline`` or ``body``; ``block`` counts the paragraphs from 1. ``facts`` are numbers the message
    names.
    """

    code: str
    basis: str
    words: str = ""
    sentence: str = ""
    place: str = "body"
    block: int | None = None
    facts: dict = field(default_factory=dict)
