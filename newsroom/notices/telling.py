"""Tell people what happened. An act's last step before its end: nobody is told of what was undone."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F

from newsroom.accounts.models import User
from newsroom.core.deferring import defer
from newsroom.notices.kinds import KINDS, Way
from newsroom.notices.models import Notice

# Of what somebody wrote to the person told; the whole stands at the desk.
WORDS = 500


@transaction.atomic(savepoint=False)
def tell(people: Iterable, kind: str, about, *, by, now: datetime, **facts) -> list[Notice]:
    """Tell ``people`` (users or their keys) that ``by`` (None: the system) did ``kind`` to ``about`` at ``now``.

    Never tells the one who did it, nor who cannot sign in to the desk, and nobody twice. ``facts`` are what the kind's
    sentence names, as JSON values: ``when`` is a moment in ISO form; ``words`` are shown beneath it, to whoever may see
    what it is about, and hold no text of a draft. ``who`` stands for somebody without an account. Letters go out after
    the commit, to each as they chose. Raises KeyError for a kind that is not registered,
    and for a fact that its sentence names and nobody gave.
    """
    registered = KINDS[kind]
    str(registered.sentence) % {"by": "", "about": "", **facts}  # A fact that is missing is missing here.
    if "words" in facts:
        facts["words"] = facts["words"][:WORDS]
    told = {getattr(person, "pk", person) for person in people} - {by.pk if by else None}
    users = User.objects.filter(pk__in=told, is_active=True, is_staff=True).order_by("pk")
    users = users.annotate(ways=F("notice_choices__ways"))
    notices = Notice.objects.bulk_create(
        Notice(
            to=user,
            kind=kind,
            about_type=about._meta.label_lower if about else "",
            about_id=about.pk if about else None,
            label=getattr(about, "audit_label", "") if registered.known else "",
            facts=facts,
            by=by,
            at=now,
            way=_way(kind, user.ways or {}, user),
        )
        for user in users
    )
    for notice in notices:
        if notice.way == Way.AT_ONCE:
            defer("newsroom.notices.tasks.send_notice", notice=notice.pk)
    return notices


def no_longer(kinds: Iterable[str], about, *, now: datetime) -> int:
    """What these notices about ``about`` asked for is done, or asked for no more: unread, they are read; how many.

    Letters that have not gone out yet do not go out.
    """
    return _unread(kinds, about).update(read_at=now)


def have_yet_to_read(kind: str, about) -> set[int]:
    """The keys of those who have an unread notice of ``kind`` about ``about``: they need not be told again."""
    return set(_unread([kind], about).values_list("to", flat=True))


def _unread(kinds: Iterable[str], about):
    about_it = Notice.objects.filter(about_type=about._meta.label_lower, about_id=about.pk, read_at=None)
    return about_it.filter(kind__in=kinds)


def forget_words(about) -> None:
    """Erase what people wrote in notices about ``about``, whose texts are erased; that they were told stays."""
    told = Notice.objects.filter(
        about_type=about._meta.label_lower, about_id=about.pk, facts__has_key="words"
    )
    for notice in told.select_for_update().iterator():
        del notice.facts["words"]
        notice.save(update_fields=["facts"])


def _way(kind: str, ways: dict[str, str], user: User) -> Way:
    """How ``user`` is told; who has no address is told at the desk."""
    registered = KINDS[kind]
    if not user.email:
        return Way.DESK
    chosen = ways.get(kind)
    return Way(chosen) if chosen in registered.ways else registered.way
