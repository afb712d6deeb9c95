"""Under which subjects the entries of editions are found: kept with them, and made anew with them."""

from collections.abc import Iterable

from articles.models import EditionSubject, Rendering
from articles.rules.subjects import subjects_of

_KEY = ("edition_id", "kind", "value")


def enter_subjects(made: Iterable[Rendering], documents: dict[int, dict]) -> None:
    """As :func:`keep_subjects`, for editions that are found nowhere yet: one query."""
    EditionSubject.objects.bulk_create(_wanted(made, documents).values())


def keep_subjects(made: Iterable[Rendering], documents: dict[int, dict]) -> None:
    """Let each entry in lists among ``made`` be found under what its edition is about, and under nothing else.

    ``documents`` are those of the editions by row key; one without an entry is found nowhere. Two queries, one where
    nothing differs.
    """
    wanted = _wanted(made, documents)
    kept = EditionSubject.objects.filter(edition__in=documents).values_list("pk", *_KEY, "name", "list_key")
    stands = {tuple(key): (pk, name, list_key) for pk, *key, name, list_key in kept}
    if gone := [stands[key][0] for key in stands.keys() - wanted.keys()]:
        EditionSubject.objects.filter(pk__in=gone).delete()
    differing = [
        subject
        # In one order, so that two who do the same never wait for each other.
        for key, subject in sorted(wanted.items())
        if key not in stands or stands[key][1:] != (subject.name, subject.list_key)
    ]
    EditionSubject.objects.bulk_create(
        differing, update_conflicts=True, unique_fields=_KEY, update_fields=["name", "list_key"]
    )


def _wanted(
    made: Iterable[Rendering], documents: dict[int, dict]
) -> dict[tuple[int, str, str], EditionSubject]:
    return {
        (rendering.edition_id, str(kind), value): EditionSubject(
            edition_id=rendering.edition_id, kind=kind, value=value, name=name, list_key=rendering.list_key
        )
        for rendering in made
        if rendering.representation == Rendering.Representation.CARD
        for (kind, value), name in subjects_of(documents[rendering.edition_id]["content"]).items()
    }
