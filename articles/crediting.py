"""Whose article a draft is and what it is about: its byline and treaties, which a save sets like its texts."""

from collections.abc import Iterable

from articles.models import Article, Byline, Treaty
from newsroom.accounts.models import Person

# What a save of a draft may set beside its own fields (articles.drafting.FIELDS).
CREDITS = frozenset({"bylines", "treaties"})


def credited_otherwise(article: Article, credits: dict) -> list[str]:
    """Which of ``credits`` differ from what the stored ``article`` has: a query each. The order of a byline counts,
    that of treaties does not."""
    changed = []
    if "bylines" in credits:
        stands = list(article.byline_set.values_list("person", flat=True))
        changed += ["bylines"] if stands != [person.pk for person in credits["bylines"]] else []
    if "treaties" in credits:
        stands = set(article.treaties.values_list("pk", flat=True))
        changed += ["treaties"] if stands != {treaty.pk for treaty in credits["treaties"]} else []
    return changed


def credit(
    article: Article, *, bylines: Iterable[Person] | None = None, treaties: Iterable[Treaty] | None = None
) -> dict:
    """Set the byline, in the order printed, and the treaties, where they are given; returns how both stand, as names
    and addresses. Part of saving a draft: :mod:`articles.drafting` asks who may, and records it."""
    if bylines is not None:
        _set_byline(article, list(bylines))
    if treaties is not None:
        article.treaties.set(treaties)
    people = article.bylines.order_by("byline__position", "byline__pk").values_list("name", flat=True)
    return {"byline": list(people), "treaties": [treaty.slug for treaty in article.treaties.all()]}


def _set_byline(article: Article, people: list[Person]) -> None:
    """A row goes, comes or moves; who stays keeps the row, so that its history tells since when."""
    article.byline_set.exclude(person__in=people).delete()
    rows = {row.person_id: row for row in article.byline_set.all()}
    for position, person in enumerate(people):
        row = rows.get(person.pk)
        if row is None:
            Byline.objects.create(article=article, person=person, position=position)
        elif row.position != position:
            row.position = position
            row.save(update_fields=["position"])
