"""Find images by words: those of what is said of them."""

from django.db.models import Q, QuerySet

FIELDS = ("alt", "caption", "credit", "file_name")
MOST_WORDS = 8


def matching(images: QuerySet, text: str) -> QuerySet:
    """Those of ``images`` in which each word of ``text`` occurs; all of them for none."""
    for word in text.replace("\x00", "").split()[:MOST_WORDS]:
        said = Q(public_id=word.strip("[]")[:12])
        for field in FIELDS:
            said |= Q(**{f"{field}__icontains": word[:100]})
        images = images.filter(said)
    return images
