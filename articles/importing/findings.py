"""What a person should look at after an import."""

from dataclasses import dataclass

# Of one code; how many more there were is said once.
MAX_OF_ONE_CODE = 500
MAX_TEXT = 300


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: its stable code, where it is, and the words it is about.

    `paragraph` counts from 1, `sentence` from 1 within its paragraph; both are None for what concerns the whole
    text. `text` is cut at MAX_TEXT characters.
    """

    code: str
    paragraph: int | None
    sentence: int | None
    text: str


class Findings:
    """Collects findings, bounded for texts made to overflow them."""

    def __init__(self):
        self._found: list[Finding] = []
        self._counts: dict[str, int] = {}

    def add(self, code: str, text: str, paragraph: int | None = None, sentence: int | None = None) -> None:
        """Add one finding; beyond MAX_OF_ONE_CODE it is only counted."""
        count = self._counts[code] = self._counts.get(code, 0) + 1
        if count <= MAX_OF_ONE_CODE:
            short = text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"
            self._found.append(Finding(code, paragraph, sentence, short))

    def in_order(self) -> tuple[Finding, ...]:
        """All findings in reading order, those about the whole text last."""
        cut = [
            Finding("more_findings", None, None, f"{code}: {count - MAX_OF_ONE_CODE} more")
            for code, count in self._counts.items()
            if count > MAX_OF_ONE_CODE
        ]
        places = sorted(self._found, key=lambda f: (f.paragraph is None, f.paragraph or 0, f.sentence or 0))
        return (*places, *cut)
