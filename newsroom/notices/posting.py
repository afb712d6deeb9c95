"""Letters to people of the desk: the one place that sends notices by mail."""

from contextlib import contextmanager
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from newsroom.accounts.models import User
from newsroom.notices.kinds import Way
from newsroom.notices.models import Choices, Notice
from newsroom.notices.wording import Told, in_words

# When the letter of the day goes out, by the newsroom's clock.
DIGEST_AT = time(7)
# Notices spelt out in one digest; the rest are at the desk.
SPELT_OUT = 50


@transaction.atomic
def send_at_once(notice: int, *, now: datetime) -> bool:
    """Send the notice with this key to its person, unless they have read it or lost their seat; whether it was sent."""
    rows = Notice.objects.select_for_update(of=["self"]).select_related("to", "by")
    found = rows.filter(
        pk=notice, mailed_at=None, read_at=None, to__is_active=True, to__is_staff=True
    ).first()
    if found is None or not found.to.email:
        return False
    with _as_they_read(found.to):
        (told,) = in_words(found.to, [found])
        _send(found.to, told.sentence, [*_lines(told), "", _closing()])
    found.mailed_at = now
    found.save(update_fields=["mailed_at"])
    return True


def digests_due(*, now: datetime) -> list[int]:
    """The keys of those whose digest is due: they have unread notices for it from before its last hour."""
    waiting = Notice.objects.filter(way=Way.DIGEST, mailed_at=None, read_at=None, at__lt=last_hour(now))
    people = User.objects.filter(pk__in=waiting.values("to"), is_active=True, is_staff=True)
    return sorted(people.exclude(email="").values_list("pk", flat=True))


@transaction.atomic
def send_digest(user: int, *, now: datetime) -> int:
    """Send this person the notices that wait for their digest, in one letter; how many it tells of.

    None waits, none is sent; run twice, the second finds none.
    """
    person = User.objects.select_for_update().filter(pk=user, is_active=True, is_staff=True).first()
    if person is None or not person.email:
        return 0
    waiting = Notice.objects.filter(
        to=person, way=Way.DIGEST, mailed_at=None, read_at=None, at__lt=last_hour(now)
    )
    keys = list(waiting.order_by("-pk").values_list("pk", flat=True))
    if not keys:
        return 0
    notices = Notice.objects.filter(pk__in=keys[:SPELT_OUT]).select_related("by").order_by("-pk")
    with _as_they_read(person):
        n = len(keys)
        lines = [line for told in in_words(person, notices) for line in [*_lines(told), ""]]
        if n > SPELT_OUT:
            lines += [_("And %(n)s more at the desk.") % {"n": n - SPELT_OUT}, ""]
        title = ngettext("%(n)s notice from the desk", "%(n)s notices from the desk", n) % {"n": n}
        _send(person, title, [*lines, _closing()])
    Notice.objects.filter(pk__in=keys).update(mailed_at=now)
    return n


def last_hour(now: datetime) -> datetime:
    """The last moment at or before ``now`` (aware) at which digests go out."""
    zone = ZoneInfo(settings.NEWSROOM_TIME_ZONE)
    today = now.astimezone(zone).date()
    moment = datetime.combine(today, DIGEST_AT, zone)
    if moment > now:
        moment = datetime.combine(today - timedelta(days=1), DIGEST_AT, zone)
    return moment


def _lines(told: Told) -> list[str]:
    words = [f"    {line}" for line in told.words.splitlines()]
    address = settings.NEWSROOM_ORIGIN + reverse("admin:notice_open", args=[told.notice.pk])
    return [told.sentence, *words, address]


def _closing() -> str:
    address = settings.NEWSROOM_ORIGIN + reverse("admin:notice_choices")
    return "-- \n" + _("Choose what you are told of: %(address)s") % {"address": address}


def _send(person: User, title: str, lines: list[str]) -> None:
    # One line, whatever a headline or a name has in it.
    title = f"{settings.NEWSROOM_NAME}: {title}"
    send_mail(" ".join(title.split())[:200], "\n".join(lines) + "\n", None, [person.email])


@contextmanager
def _as_they_read(person: User):
    """The language ``person`` chose for letters, else the newsroom's, and the newsroom's clock."""
    chosen = Choices.objects.filter(user=person).values_list("language", flat=True).first()
    language = chosen or settings.LANGUAGE_CODE
    with timezone.override(ZoneInfo(settings.NEWSROOM_TIME_ZONE)), translation.override(language):
        yield
