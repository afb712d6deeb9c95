"""Each person chooses how they are told; what is urgent always comes by mail."""

from django.conf import settings
from django.db import transaction

from newsroom.core.errors import DomainError
from newsroom.notices.kinds import KINDS
from newsroom.notices.models import Choices


def choices_of(user) -> Choices:
    """What ``user`` chose; unsaved and empty if they never did."""
    return Choices.objects.filter(user=user).first() or Choices(user=user)


@transaction.atomic
def choose(user, *, ways: dict[str, str], language: str) -> Choices:
    """Let ``user`` be told of each kind in ``ways`` in that way, and written to in ``language`` ("": the newsroom's).

    A kind's own way is not kept, so that it may change for those who never chose. Raises DomainError
    ``kind_unknown``, ``way_unknown``, ``language_unknown``.
    """
    if language and language not in dict(settings.LANGUAGES):
        raise DomainError("language_unknown", "Letters are not written in this language.", "language")
    for kind, way in ways.items():
        if kind not in KINDS:
            raise DomainError("kind_unknown", "There is no such notice.", kind)
        if way not in KINDS[kind].ways:
            raise DomainError("way_unknown", "This notice does not come in this way.", kind)
    kept = {kind: way for kind, way in ways.items() if way != KINDS[kind].way}
    chosen, _ = Choices.objects.update_or_create(user=user, defaults={"ways": kept, "language": language})
    return chosen
