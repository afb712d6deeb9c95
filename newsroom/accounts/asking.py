"""Ask the access table from below it: ``sources`` and ``newsroom`` may not import ``articles``, where it stands.

``settings.DESK_ACCESS`` names the table's ``refusal(user, act, article=None)``, ``settings.DESK_HIDDEN`` its
``hidden_from(user)``.
"""

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string


@cache
def _refusal():
    return import_string(settings.DESK_ACCESS)


def may(user, act: str) -> bool:
    """Whether ``user`` may do ``act``, which concerns no one article: what buttons ask."""
    return _refusal()(user, act) is None


def raise_if_may_not(user, act: str) -> None:
    """What acts ask; raises DomainError with the table's code."""
    if error := _refusal()(user, act):
        raise error


def hidden_from(user) -> dict:
    """By kind of object (the model's name), a queryset of what ``user`` may not see."""
    return import_string(settings.DESK_HIDDEN)(user)
