"""What is missing of the pictures that a draft shows."""

from collections.abc import Iterator

from articles.dossier import Dossier
from articles.figures import SeenFigure
from articles.readiness.blocker import Blocker, excerpt


def picture_blockers(dossier: Dossier) -> Iterator[Blocker]:
    """Of each figure, in reading order: the picture itself, its alternative text, its credit, its usage terms."""
    for figure in dossier.figures:
        for code in _codes(figure):
            words = f"{figure.number}. {figure.caption or figure.alt}"
            yield Blocker(code, figure.place, figure.picture_fingerprint, excerpt(words))


def _codes(figure: SeenFigure) -> Iterator[str]:
    if figure.image is None:
        yield "image_missing"
        return
    if not figure.alt:
        yield "image_without_alt"
    if not figure.image.credit:
        yield "image_without_credit"
    if not figure.image.usage_terms:
        yield "image_without_terms"
