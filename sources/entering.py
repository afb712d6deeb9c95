"""A source by its address alone: the one that is there, or a new one, which says of itself what it is once captured."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from newsroom.accounts.asking import raise_if_may_not
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.core.merged import standing_for
from sources.addresses import normalise_url
from sources.models import Source


def key_of(url: str) -> str:
    """What makes two addresses the same source's. Raises DomainError ``address_refused``."""
    if (key := normalise_url(url)) is None:
        raise DomainError("address_refused", "This is not an http or https address.", "url")
    return key


def source_known_at(url: str) -> Source | None:
    """The source at ``url``, by whatever stands for it. Raises DomainError ``address_refused``. Two queries at most."""
    known = Source.objects.filter(url_key=key_of(url)).first()
    return known and standing_for(known)


@transaction.atomic
def source_at(url: str, *, by, now: datetime) -> Source:
    """The source at ``url``, or a new one. Raises DomainError ``address_refused``, and what the access table says."""
    raise_if_may_not(by, "keep_evidence")
    if known := source_known_at(url):
        return known
    source = Source(url=url, created_by=by, created_at=now)
    try:
        source.full_clean()
    except ValidationError:
        raise DomainError("address_refused", "This is not an http or https address.", "url") from None
    source.save(force_insert=True)
    record("source.entered", source, by=by, now=now)
    return source
