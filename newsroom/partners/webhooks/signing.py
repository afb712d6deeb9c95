"""Sign what is sent (Standard Webhooks 1.0.0): HMAC-SHA256 over id, moment and the exact bytes."""

import base64
import hashlib
import hmac
from datetime import datetime

from newsroom.partners.models import Delivery, Endpoint
from newsroom.partners.webhooks.secrets import unseal


def headers_for(delivery: Delivery, body: bytes, *, now: datetime) -> dict[str, str]:
    """The headers of an attempt at ``now``: the id stays, moment and signatures are this attempt's.

    Raises DomainError ``secret_unreadable``.
    """
    moment = str(int(now.timestamp()))
    signed = f"{delivery.message_id}.{moment}.".encode() + body
    made = [hmac.digest(secret, signed, hashlib.sha256) for secret in _secrets(delivery.endpoint, now)]
    return {
        "Content-Type": "application/json",
        "webhook-id": delivery.message_id,
        "webhook-timestamp": moment,
        "webhook-signature": " ".join(f"v1,{base64.b64encode(each).decode()}" for each in made),
    }


def _secrets(endpoint: Endpoint, now: datetime) -> list[bytes]:
    """The present one, and the one before it while it signs too."""
    sealed = [endpoint.sealed]
    if endpoint.sealed_before is not None and now < endpoint.before_until:
        sealed.append(endpoint.sealed_before)
    return [unseal(each) for each in sealed]
