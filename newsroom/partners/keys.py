"""Make keys for partners."""

from datetime import datetime

from newsroom.partners.models import ApiKey, Partner, Scope
from newsroom.partners.models.api_key import MarkedKeys


def make_key(
    partner: Partner, *, name: str, now: datetime, scopes=(Scope.READ,), expires_at: datetime | None = None
) -> tuple[ApiKey, str]:
    """A new key of ``partner``, and its text, which is told only now."""
    text, prefix, hashed = MarkedKeys().generate()
    key = ApiKey.objects.create(
        partner=partner,
        name=name,
        prefix=prefix,
        hashed_key=hashed,
        scopes=list(scopes),
        made_at=now,
        expires_at=expires_at,
    )
    return key, text
