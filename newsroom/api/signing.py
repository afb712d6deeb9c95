"""Sign answers whose reader asks for it (RFC 9421, ed25519), and tell the keys by which they are checked.

A signature takes as long as the rest of a small answer, so that only those get one who ask with Accept-Signature.
"""

import base64
import hashlib
import json
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from types import SimpleNamespace

import http_sf
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from http_message_signatures import (
    HTTPMessageSignaturesException,
    HTTPMessageSigner,
    HTTPSignatureKeyResolver,
)
from http_message_signatures.algorithms import ED25519

from newsroom.core.own_address import own_origin

# Longer than what anybody needs to ask for.
LONGEST_WISH = 500
LONGEST_WORD = 100
# What is always covered, as far as the answer has it: nobody can pass it off as the answer to another request.
_COVERED = ("content-type", "etag", "content-digest")
_ALWAYS = ('"@status"', '"@method";req', '"@target-uri";req')


class Keys(HTTPSignatureKeyResolver):
    """Ours, by their ids."""

    def resolve_private_key(self, key_id: str):
        return _keys(tuple(settings.NEWSROOM_SIGNING_KEYS))[key_id]

    def resolve_public_key(self, key_id: str):
        return self.resolve_private_key(key_id).public_key()


_SIGNER = HTTPMessageSigner(signature_algorithm=ED25519, key_resolver=Keys())


def sign(request: HttpRequest, response: HttpResponse, wish: str, *, now: datetime) -> None:
    """Give ``response`` the signature that ``wish`` (Accept-Signature) asks for, under its label, with its nonce and
    tag, made at ``now``.

    What is covered is always the same: status, method and address of the request, and of media type, tag and digest
    what the answer has. A wish that cannot be read or met (another key or algorithm) is passed by, as it may be.
    """
    asked = _wish_in(wish)
    keys = _keys(tuple(settings.NEWSROOM_SIGNING_KEYS))
    if asked is None or not keys:
        return
    label, parameters = asked
    key_id = next(iter(keys))
    if parameters.get("keyid", key_id) != key_id or parameters.get("alg", "ed25519") != "ed25519":
        return
    try:
        url = own_origin(request) + request.get_full_path()
    except SuspiciousOperation:  # Of a host that is none of ours there is no address.
        return
    message = SimpleNamespace(
        status_code=response.status_code,
        headers=response.headers,
        request=SimpleNamespace(method=request.method, url=url, headers={}),
    )
    covered = [f'"{name}"' for name in _COVERED if name in response.headers]
    # An address or a method that no signature can be made for leaves the answer without one.
    with suppress(HTTPMessageSignaturesException):
        _SIGNER.sign(
            message,
            key_id=key_id,
            created=now,
            label=label,
            nonce=_word(parameters.get("nonce")),
            tag=_word(parameters.get("tag")),
            covered_component_ids=(*_ALWAYS, *covered),
            use_existing_digest="Content-Digest" in response.headers,
        )


def directory() -> bytes:
    """Every key by which a signature of ours is checked, as a JWK Set: the one that signs now, then former ones."""
    told = [
        {
            "kty": "OKP",
            "crv": "Ed25519",
            "kid": key_id,
            "x": _public(key),
            "alg": "EdDSA",
            "use": "sig",
        }
        for key_id, key in _keys(tuple(settings.NEWSROOM_SIGNING_KEYS)).items()
    ]
    return json.dumps({"keys": told}).encode()


def _wish_in(wish: str) -> tuple[str, dict] | None:
    """Label and parameters of the first signature that is asked for."""
    if len(wish) > LONGEST_WISH:
        return None
    try:
        asked = http_sf.parse(wish.encode("ascii"), tltype="dictionary")
    except ValueError:  # Not ASCII, or no structured field.
        return None
    for label, (components, parameters) in asked.items():
        if isinstance(components, list):
            return label, parameters
    return None


def _word(value) -> str | None:
    return value if isinstance(value, str) and len(value) <= LONGEST_WORD else None


@lru_cache(maxsize=8)
def _keys(seeds: tuple[str, ...]) -> dict[str, Ed25519PrivateKey]:
    made = [Ed25519PrivateKey.from_private_bytes(base64.urlsafe_b64decode(seed)) for seed in seeds]
    return {_thumbprint(key): key for key in made}


def _public(key: Ed25519PrivateKey) -> str:
    return _text(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))


def _thumbprint(key: Ed25519PrivateKey) -> str:
    """The key's id: what the key is, and no name that could be given twice (RFC 7638, RFC 8037)."""
    told = f'{{"crv":"Ed25519","kty":"OKP","x":"{_public(key)}"}}'
    return _text(hashlib.sha256(told.encode()).digest())


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
