"""Forms for people without a cookie: what stands for the token that a cookie would repeat.

A form carries, signed, for which sentence and from which moment it is, and a number used once. Another site can
fetch one, too; so what is posted must also come from a page of ours, which browsers say and pages cannot.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.core.signing import BadSignature, Signer
from django.utils.crypto import salted_hmac

from newsroom.core.own_address import own_hosts

_SALT = "articles.public.signed_forms"
# A signed form has some 120; a longer one was made up.
_LONGEST = 1000


@dataclass(frozen=True)
class SignedForm:
    """Which sentence of which edition it was shown for, when (aware), and the number by which its link is made."""

    slug: str
    key: str
    number: int
    at: datetime
    once: str

    def signed(self) -> str:
        at = int(self.at.timestamp())
        return Signer(salt=_SALT).sign_object([self.slug, self.key, self.number, at, self.once])

    @property
    def token(self) -> str:
        """The secret of the link by which whoever sends it follows it: who sends it twice gets the same."""
        return salted_hmac(f"{_SALT}.link", self.once, algorithm="sha256").hexdigest()


def new_form(slug: str, key: str, number: int, *, now: datetime) -> SignedForm:
    """A form to be shown at ``now``, which counts in whole seconds."""
    return SignedForm(slug, key, number, now.replace(microsecond=0), secrets.token_urlsafe(16))


def read_form(signed: str, *, slug: str, key: str) -> SignedForm | None:
    """The form that was sent, if we made it for this sentence."""
    if len(signed) > _LONGEST:
        return None
    try:
        told = Signer(salt=_SALT).unsign_object(signed)
    except (BadSignature, ValueError):
        return None
    form = SignedForm(*told[:3], datetime.fromtimestamp(told[3], UTC), told[4])
    return form if (form.slug, form.key) == (slug, key) else None


def comes_from_here(request) -> bool:
    """Whether the browser says that a page of ours sent this; one that says nothing at all is not believed.

    What it says first counts: Sec-Fetch-Site, then Origin, then Referer.
    """
    headers = request.headers
    if site := headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    said = headers.get("Origin") or headers.get("Referer") or ""
    try:
        host = urlsplit(said).netloc
    except ValueError:
        return False
    return host in own_hosts(request)
