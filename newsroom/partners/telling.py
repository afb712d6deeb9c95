"""Write to partners, and tell the desk, when something between us does not work."""

from datetime import UTC, datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from articles.noticing import those_who_may
from newsroom.accounts.asking import may
from newsroom.accounts.letters import hand_over
from newsroom.notices.subjects import Subject, register
from newsroom.notices.telling import tell
from newsroom.partners.models import Endpoint, Partner


def write_to(partner: Partner, subject: str, text: str, /, **facts) -> None:
    """Queue a letter to the partner's address for notices, in the newsroom's language; it holds no secret.

    ``subject`` and ``text`` are in the catalogues, with ``%(names)s`` for ``facts``.
    """
    with translation.override(settings.LANGUAGE_CODE):
        title = " ".join(f"{settings.NEWSROOM_NAME}: {gettext(subject)}".split())[:200]
        hand_over(to=partner.mail, subject=title, text=gettext(text) % facts)


def tell_of_pause(endpoint: Endpoint, *, now: datetime) -> None:
    """The last step of what pauses an endpoint by itself: the partner and the desk hear of it."""
    partner = endpoint.partner
    write_to(
        partner,
        _("a webhook was paused"),
        _(
            "We have paused your webhook %(url)s %(reason)s. Nothing is lost: once you resume it on your page, you are"
            " sent what came meanwhile. The log of attempts is there, too."
        ),
        url=endpoint.url,
        reason=Endpoint.PausedFor(endpoint.paused_for).label,
    )
    people = those_who_may("administer")
    tell(people, "partner.webhook_paused", partner, by=None, now=now, url=endpoint.url[:200])


def write_of_silence(partner: Partner, *, since: datetime) -> None:
    """Ask the partner whether something is wrong."""
    write_to(
        partner,
        _("we have not heard of you"),
        _(
            "You used to fetch what we publish and have not since %(when)s UTC. If something is wrong with your key or"
            " our API, write to us; corrections and retractions do not reach you meanwhile."
        ),
        when=f"{since.astimezone(UTC):%Y-%m-%d %H:%M}",
    )


def name_what_notices_are_about() -> None:
    """Called once the models are there."""
    register("partners.partner", _partners)


def _partners(reader, notices) -> dict[int, Subject]:
    """Partners by name, to who keeps them."""
    if not may(reader, "administer"):
        return {}
    known = Partner.objects.in_bulk({notice.about_id for notice in notices})
    return {notice.pk: Subject(str(known[notice.about_id])) for notice in notices if notice.about_id in known}
