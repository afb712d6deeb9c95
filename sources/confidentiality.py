"""Who the confidential sources are: kept apart and encrypted, and read by one act that logs (design, rule 10).

Nothing of an identity stands in a source, in history, in the audit log, in an error or in any text form of what is
handed about here.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from cryptography.fernet import InvalidToken
from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from newsroom.accounts.asking import raise_if_may_not
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.core.sealing import cipher
from newsroom.core.typed import typed
from sources.models import IdentityLook, Source, SourceIdentity

# In characters.
LONGEST_NAME = 200
LONGEST_CONTACT = 500
LONGEST_NOTES = 5000
LONGEST_REASON = 500

# Sealed in whole multiples of so many bytes: the length of what is stored does not tell the length of a name.
_PADDED_TO = 512


@dataclass(frozen=True, slots=True, repr=False)
class Identity:
    """Who a confidential source is, how to reach them, and what else only their keepers may know.

    It has no text form with any of it: it may be met in an error page or a log.
    """

    name: str
    contact: str
    notes: str

    def __repr__(self):
        return "<Identity>"


@sensitive_variables()
@transaction.atomic
def confide(
    *,
    public_label: str,
    name: str,
    contact: str,
    notes: str = "",
    kind: str = Source.Kind.INTERVIEW,
    language: str = "",
    by,
    now: datetime,
) -> Source:
    """Enter a confidential source: all the desk and readers see of it is ``public_label``, kind and language.

    Raises DomainError ``label_missing``, ``label_tells_identity``, ``name_missing``, ``kind_unknown``,
    ``identity_keys_missing``.
    """
    raise_if_may_not(by, "confide")
    identity = _identity(name, contact, notes)
    label = typed(public_label, "public_label", limit=200, lines=False)
    if not label:
        raise DomainError("label_missing", "Say what readers may know of this source.", "public_label")
    _raise_if_told(label, identity)
    if kind not in Source.Kind.values:
        raise DomainError("kind_unknown", "There is no such kind of source.", "kind")
    source = Source(
        confidential=True,
        public_label=label,
        kind=kind,
        language=typed(language, "language", limit=12, lines=False),
        created_by=by,
        created_at=now,
    )
    source.save(force_insert=True)
    SourceIdentity(source=source, sealed=_seal(source, identity)).save(force_insert=True)
    record("source.confided", source, by=by, now=now)
    return source


@sensitive_variables()
def look(source: Source, *, by, now: datetime, reason: str) -> Identity:
    """Who ``source`` is, for ``by``, who says why they must know.

    That they looked is committed before anything is decrypted: it stays recorded whatever goes wrong then, and what
    cannot be recorded is not shown. So this act is called outside of any transaction (RuntimeError otherwise).
    The reason is for those who may look themselves; the audit log, which others read, goes without it.

    Raises DomainError ``reason_missing``, ``no_identity`` (not a confidential source), ``identity_unreadable`` (no key
    of the settings opens it).
    """
    with transaction.atomic(durable=True):
        raise_if_may_not(by, "look_at_identity")
        reason = typed(reason, "reason", limit=LONGEST_REASON, lines=False)
        if not reason:
            raise DomainError("reason_missing", "Say why you have to know.", "reason")
        kept = _kept(source)
        IdentityLook.objects.create(source=source, by=by, at=now, reason=reason)
        record("identity.looked_at", source, by=by, now=now)
    return _unseal(kept)


@sensitive_variables()
@transaction.atomic
def change_identity(source: Source, *, name: str, contact: str, notes: str = "", by, now: datetime) -> None:
    """Say anew who ``source`` is; what was kept before is gone, also where no key could read it.

    Raises DomainError as :func:`confide` and :func:`look`.
    """
    raise_if_may_not(by, "look_at_identity")
    kept = _kept(source, lock=True)
    identity = _identity(name, contact, notes)
    _raise_if_told(kept.source.public_label, identity)
    kept.sealed = _seal(kept.source, identity)
    kept.save(update_fields=["sealed"])
    record("identity.changed", kept.source, by=by, now=now)


@transaction.atomic
def seal_anew() -> tuple[int, list[str]]:
    """Encrypt every identity under the first key of the settings, so that the other keys may go.

    Returns how many there are now under it, and the public ids of the sources whose identity no key opens: these are
    left as they are. Raises DomainError ``identity_keys_missing``.
    """
    keys, sealed, unreadable = cipher(), 0, []
    kept = SourceIdentity.objects.select_for_update(of=("self",)).select_related("source").order_by("pk")
    for identity in kept.iterator():
        try:
            identity.sealed = keys.rotate(bytes(identity.sealed))
        except InvalidToken:
            unreadable.append(identity.source.public_id)
        else:
            identity.save(update_fields=["sealed"])
            sealed += 1
    return sealed, unreadable


@sensitive_variables()
def _identity(name: str, contact: str, notes: str) -> Identity:
    identity = Identity(
        typed(name, "name", limit=LONGEST_NAME, lines=False),
        typed(contact, "contact", limit=LONGEST_CONTACT),
        typed(notes, "notes", limit=LONGEST_NOTES),
    )
    if not identity.name:
        raise DomainError("name_missing", "Say who it is, or by what name you know them.", "name")
    return identity


@sensitive_variables()
def _raise_if_told(label: str, identity: Identity) -> None:
    told = label.casefold()
    if any(fact.casefold() in told for fact in (identity.name, identity.contact) if fact):
        raise DomainError(
            "label_tells_identity", "The public label tells who it is: readers would see it.", "public_label"
        )


def _kept(source: Source, *, lock: bool = False) -> SourceIdentity:
    kept = SourceIdentity.objects.select_related("source").filter(source=source)
    found = (kept.select_for_update(of=("self",)) if lock else kept).first()
    if found is None:
        raise DomainError("no_identity", "No identity is kept with this source: it is not confidential.")
    return found


@sensitive_variables()
def _seal(source: Source, identity: Identity) -> bytes:
    # It names its source, so that one row put in the place of another is noticed.
    told = json.dumps({"source": source.public_id, **asdict(identity)}, ensure_ascii=False).encode()
    return cipher().encrypt(told + b" " * (-len(told) % _PADDED_TO))


@sensitive_variables()
def _unseal(kept: SourceIdentity) -> Identity:
    unreadable = DomainError("identity_unreadable", "No key of ours opens this identity.")
    try:
        told = json.loads(cipher().decrypt(bytes(kept.sealed)))
    except (InvalidToken, DomainError):
        raise unreadable from None
    if told.pop("source") != kept.source.public_id:
        raise unreadable
    return Identity(**told)
