"""Where to write to a reader who wants to be told: encrypted, read once, and erased when the letter is out.

The key is derived from SECRET_KEY: whoever has a copy of the database alone learns no address. What no key of ours
opens any more is forgotten; the reader has the link.
"""

import json
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from articles.models import Challenge, ChallengeContact
from articles.rendering.pages import address, article_path, interface_language

# All plaintexts are as long: what is kept does not tell how long an address is.
_PADDED_TO = 512
# Of a letter that could not be sent, and of what nobody resolved, the address is kept no longer.
AFTER_OUTCOME, AT_MOST = timedelta(days=7), timedelta(days=365)


@sensitive_variables()
def keep(challenge: Challenge, *, email: str, token: str) -> None:
    """Keep the address with the ``token`` of the link that the letter repeats."""
    told = json.dumps([challenge.public_id, email, token]).encode()
    sealed = _cipher().encrypt(told + b" " * (-len(told) % _PADDED_TO))
    ChallengeContact.objects.create(challenge=challenge, sealed=sealed)


@transaction.atomic
def write(challenge: int) -> bool:
    """Send who challenged (by row key) the outcome, and forget the address; whether a letter was sent.

    Run twice, it sends one. It repeats nothing that the reader typed: to whomever the address belongs, they get the
    desk's words alone.
    """
    rows = ChallengeContact.objects.select_for_update(of=["self"]).select_related(
        "challenge__edition__article"
    )
    kept = rows.filter(challenge=challenge, challenge__resolved_at__isnull=False).first()
    if kept is None:
        return False
    opened = _open(kept)
    if opened:
        _send(kept.challenge, *opened)
    kept.delete()
    return opened is not None


def forget_old(*, now: datetime) -> int:
    """Erase addresses that waited too long; returns how many."""
    late = Q(challenge__resolved_at__lt=now - AFTER_OUTCOME) | Q(challenge__at__lt=now - AT_MOST)
    return ChallengeContact.objects.filter(late).delete()[0]


@sensitive_variables()
def _send(challenge: Challenge, email: str, token: str) -> None:
    with translation.override(interface_language(challenge.language)):
        lines = [
            _("You told us that something is wrong with a sentence of ours. This is what we found:"),
            f"{capfirst(challenge.get_outcome_display())}.",
            "",
            challenge.answer,
            "",
            _("The article: %(address)s") % {"address": address(article_path(challenge.article.slug))},
            _("What you sent us, and what became of it: %(address)s")
            % {"address": address(reverse("challenge", args=[token]))},
            "",
            _("We have now deleted your e-mail address."),
        ]
        subject = f"{settings.NEWSROOM_NAME}: {_('What became of your report')}"
    letter = EmailMessage(subject, "\n".join(lines) + "\n", None, [email])
    letter.extra_headers["Auto-Submitted"] = "auto-generated"
    letter.send()


@sensitive_variables()
def _open(kept: ChallengeContact) -> tuple[str, str] | None:
    try:
        whose, email, token = json.loads(_cipher().decrypt(bytes(kept.sealed)))
    except InvalidToken:
        return None
    # One row put in the place of another is noticed.
    return (email, token) if whose == kept.challenge.public_id else None


def _cipher() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    keys = [
        salted_hmac("articles.challenging.contact", "", secret, algorithm="sha256").digest()
        for secret in secrets
    ]
    return MultiFernet([Fernet(urlsafe_b64encode(key)) for key in keys])
