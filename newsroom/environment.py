"""Read settings from the environment, and refuse what would be unsafe in production."""

import base64
import os
import re
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "on", "true", "yes"}
FALSE = {"", "0", "off", "false", "no"}
KINDS = ("development", "production")

# As Django's own check security.W009 has it.
SHORTEST_SECRET = 50
FEWEST_DIFFERENT_CHARACTERS = 5

# As deploy/varnish.vcl asks for it: what can stand in a header, too long to be guessed.
SHORTEST_PURGE_TOKEN = 32
_PLAIN = re.compile("[!-~]*")

# Of requests a minute: no single one counts as more.
LOWEST_RATE = 60

# A key of Fernet's, 16 bytes that sign and 16 that encrypt, as it comes in base64.
IDENTITY_KEY_BYTES = 32
FEWEST_DIFFERENT_BYTES = 16
_CONTACT = re.compile(r"(mailto:[^\s@,]+@[^\s@,]+|tel:\+?[0-9-]+|https://[^\s,]+)")
# What one site may say of another in trust.txt.
TRUST = {"belongto", "member", "control", "controlledby", "social", "vendor", "customer"}
_TAG_AUTHORITY = re.compile(r"[a-z0-9.-]+,[0-9]{4}(-[0-9]{2}){0,2}")
_IDENTITY_KEY = re.compile("[A-Za-z0-9_-]{43}=")


def flag(name: str, default: bool = False) -> bool:
    """The yes or no in ``name``; raises ImproperlyConfigured for anything else."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in TRUE:
        return True
    if value.strip().lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be on or off, not {value!r}")


def number(name: str, default: int) -> int:
    """The whole number in ``name``, zero or more; raises ImproperlyConfigured for anything else."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}")
    return int(value)


def rate(name: str, default: int) -> int:
    """The requests a minute in ``name``: 0, or so many that no single one is more."""
    value = number(name, default)
    if 0 < value < LOWEST_RATE:
        raise ImproperlyConfigured(f"{name} must be 0 or at least {LOWEST_RATE}")
    return value


def tag_authority(name: str, origin: str) -> str:
    """The authority in ``name``, as tag URIs have it (RFC 4151): a host and a day or year at which it was ours.

    Without one the host of ``origin``, in the year this was written. Raises ImproperlyConfigured for what is none.
    """
    value = os.environ.get(name) or f"{urlsplit(origin).hostname or 'localhost'},2026"
    if not _TAG_AUTHORITY.fullmatch(value):
        raise ImproperlyConfigured(f"{name} must be like news.example,2026, not {value!r}")
    return value


def words(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """The comma-separated entries of ``name``."""
    value = os.environ.get(name)
    if value is None:
        return list(default)
    return [entry.strip() for entry in value.split(",") if entry.strip()]


def addresses(name: str) -> list[str]:
    """The ``http(s)://`` addresses in ``name``, separated by commas, of a host and perhaps a port and a path.

    Raises ImproperlyConfigured for anything else, saying which entry and repeating nothing of it: it may hold a
    password.
    """
    found = words(name)
    for place, entry in enumerate(found, 1):
        if not _is_address(entry):
            raise ImproperlyConfigured(f"{name}: entry {place} is not like http://host:port")
    return found


def contacts(name: str) -> list[str]:
    """The ``mailto:``, ``tel:`` and ``https:`` addresses in ``name``, separated by commas, as RFC 9116 takes them.

    Raises ImproperlyConfigured for anything else.
    """
    found = words(name)
    for place, entry in enumerate(found, 1):
        if not _CONTACT.fullmatch(entry):
            raise ImproperlyConfigured(f"{name}: entry {place} is not like mailto:security@news.example")
    return found


def affiliations(name: str) -> list[tuple[str, str]]:
    """The ``name=https://…`` entries in ``name``, separated by commas, as trust.txt has them.

    Raises ImproperlyConfigured for anything else.
    """
    found = [tuple(entry.partition("=")[::2]) for entry in words(name)]
    for place, (relation, value) in enumerate(found, 1):
        if relation not in TRUST or not _is_address(value):
            raise ImproperlyConfigured(
                f"{name}: entry {place} is not like belongto=https://association.example"
            )
    return found


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    return (
        parts.scheme in {"http", "https"}
        and bool(parts.hostname)
        and port != 0
        and "@" not in parts.netloc
        and not parts.query
        and not parts.fragment
        and bool(_PLAIN.fullmatch(text))
    )


def purge_token(name: str) -> str:
    """The secret in ``name`` that caches ask for; raises ImproperlyConfigured for what cannot stand in a header."""
    token = os.environ.get(name, "")
    if not _PLAIN.fullmatch(token):
        raise ImproperlyConfigured(f"{name} must be plain ASCII characters without spaces")
    return token


def single_sign_on() -> dict:
    """The provider of single sign-on, from NEWSROOM_OIDC_…, as allauth takes it, and its origin; {} if there is none.

    Raises ImproperlyConfigured for half a provider, or one that is not asked over https (but on this machine).
    """
    url = os.environ.get("NEWSROOM_OIDC_URL", "")
    if not url:
        return {}
    parts = urlsplit(url) if _is_address(url) else None
    at_home = parts and parts.hostname in {"localhost", "127.0.0.1"} and kind() == "development"
    if parts is None or (parts.scheme != "https" and not at_home):
        raise ImproperlyConfigured("NEWSROOM_OIDC_URL must be like https://sign-in.example")
    client, secret = os.environ.get("NEWSROOM_OIDC_CLIENT", ""), os.environ.get("NEWSROOM_OIDC_SECRET", "")
    if not (client and secret):
        raise ImproperlyConfigured("NEWSROOM_OIDC_URL asks for NEWSROOM_OIDC_CLIENT and NEWSROOM_OIDC_SECRET")
    app = {
        "provider_id": "sso",
        "name": os.environ.get("NEWSROOM_OIDC_NAME") or parts.hostname,
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": url.rstrip("/"), "oauth_pkce_enabled": True},
    }
    return {"app": app, "origin": f"{parts.scheme}://{parts.netloc}"}


def kind() -> str:
    """``development`` or ``production``, from NEWSROOM_ENV."""
    value = os.environ.get("NEWSROOM_ENV", "development")
    if value not in KINDS:
        raise ImproperlyConfigured(f"NEWSROOM_ENV must be one of {', '.join(KINDS)}, not {value!r}")
    return value


def production_refusals(environment: Mapping[str, str], *, debug: bool, hosts: list[str]) -> list[str]:
    """Why these settings may not serve the public; each entry is one clause for a person, no secret in it."""
    refusals = []
    secret = environment.get("SECRET_KEY", "")
    if not secret:
        refusals.append("SECRET_KEY is missing")
    elif len(secret) < SHORTEST_SECRET or len(set(secret)) < FEWEST_DIFFERENT_CHARACTERS:
        refusals.append(f"SECRET_KEY is weak (at least {SHORTEST_SECRET} random characters)")
    if debug:
        refusals.append("DEBUG is on")
    if not hosts:
        refusals.append("ALLOWED_HOSTS is missing")
    elif "*" in hosts:
        refusals.append("ALLOWED_HOSTS is open to every name")
    if not environment.get("DATABASE_URL"):
        refusals.append("DATABASE_URL is missing")
    if not environment.get("NEWSROOM_IDENTITY_KEYS", "").strip(", "):
        refusals.append("NEWSROOM_IDENTITY_KEYS is missing")
    # Not counting them, all people would share the proxy's address, and a lockout of one would be everybody's.
    if environment.get("SECURE_PROXY_SSL_HEADER") and not environment.get("NEWSROOM_PROXIES"):
        refusals.append("NEWSROOM_PROXIES is missing (SECURE_PROXY_SSL_HEADER says that there is a proxy)")
    if environment.get("NEWSROOM_PURGE_URLS", "").strip(", "):
        token = environment.get("NEWSROOM_PURGE_TOKEN", "")
        if not token:
            refusals.append("NEWSROOM_PURGE_TOKEN is missing")
        elif len(token) < SHORTEST_PURGE_TOKEN or len(set(token)) < FEWEST_DIFFERENT_CHARACTERS:
            refusals.append(
                f"NEWSROOM_PURGE_TOKEN is weak (at least {SHORTEST_PURGE_TOKEN} random characters)"
            )
    return refusals


def is_identity_key(text: str) -> bool:
    """Whether ``text`` is 32 random bytes in base64 with the alphabet of addresses, as Fernet takes them."""
    if not _IDENTITY_KEY.fullmatch(text):
        return False
    return len(set(base64.urlsafe_b64decode(text))) >= FEWEST_DIFFERENT_BYTES


def identity_keys(name: str, folder: Path) -> list[str]:
    """The keys in ``name``: the first encrypts the identities of confidential sources, all decrypt them.

    Without any, development makes one and keeps it in ``folder``; where it cannot be kept there is none, for what it
    encrypted would be lost with the process. Raises ImproperlyConfigured for what is no key.
    """
    return _keys(name, folder / "identity_key")


def signing_keys(name: str, folder: Path) -> list[str]:
    """The keys in ``name``: the first signs answers of the API, all are told to whoever checks a signature.

    Without any, development makes one and keeps it in ``folder``; production signs nothing. Raises
    ImproperlyConfigured for what is no key.
    """
    if kind() == "production" and not words(name):
        return []
    return _keys(name, folder / "signing_key")


def _keys(name: str, file: Path) -> list[str]:
    keys = words(name)
    if not all(map(is_identity_key, keys)):
        raise ImproperlyConfigured(f"{name} must be keys of 32 random bytes, in URL-safe base64")
    made = None if keys else kept_in(file, _random_key)
    return keys or ([made] if made else [])


def _random_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(IDENTITY_KEY_BYTES)).decode()


def development_secret(folder: Path) -> str:
    """A random secret, kept in ``folder`` so that sign-ins outlive a restart; else good for this process."""
    return kept_in(folder / "secret_key", _random_text) or _random_text()


def _random_text() -> str:
    return secrets.token_urlsafe(64)


def kept_in(path: Path, make: Callable[[], str]) -> str | None:
    """The secret in the file ``path``, made the first time, for its owner's eyes; None in a read-only checkout.

    A key written in the source would be known to everybody who reads it.
    """
    own = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
        if not path.exists():
            with open(own, "w", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
                file.write(make())
            with suppress(FileExistsError):
                os.link(own, path)  # In one step: two processes that start at once read the same secret.
            own.unlink()
        return path.read_text()
    except OSError:
        return None
