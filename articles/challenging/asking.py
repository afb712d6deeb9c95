"""A reader says what is wrong with a sentence, and follows what becomes of it. No account, no cookie, no name."""

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import connection, transaction

from articles.challenging import contact
from articles.models import Challenge, Edition, Rendering, Statement
from articles.rules.challenges import (
    ADDRESS_LENGTH,
    EMAIL_LENGTH,
    MOST_OF_ARTICLE,
    MOST_OF_SITE,
    MOST_OPEN,
    OPEN_WITHIN,
    WITHIN,
    WORDS_LENGTH,
    Doubt,
)
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from newsroom.core.typed import typed
from newsroom.notices.telling import tell

# So that two who count at once do not both find room. Means nothing; it must only be no other lock's.
_COUNTING = 7_307_005


@dataclass(frozen=True)
class Sentence:
    """One sentence of an edition that readers can read, and of which article it is."""

    statement: int
    edition: int
    number: int
    key: str
    wording: str
    slug: str
    headline: str
    language: str


def sentence(slug: str, key: str, *, now: datetime, number: int | None = None) -> Sentence | None:
    """The sentence with this key as the article's current edition has it, or as edition ``number`` did.

    None where a reader could not read it at ``now``, and of an article that is in no list any more. One query.
    """
    listed = Edition.objects.listed(now).filter(article__slug=slug)
    read = listed
    if number is not None:
        read = Edition.objects.readable(now).filter(article__in=listed.values("article"), number=number)
    rows = Statement.objects.filter(
        edition__in=read, key=key, edition__renderings__representation=Rendering.Representation.CARD
    )
    row = rows.values_list(
        "pk", "edition", "edition__number", "wording", "edition__renderings__plain"
    ).first()
    if row is None:
        return None
    card = json.loads(bytes(row[4]))
    return Sentence(*row[:3], key, row[3], slug, card["headline"], card["language"])


@transaction.atomic
def challenge(
    about: Sentence, *, doubt: str, words: str, evidence_url: str, email: str, token: str, now: datetime
) -> Challenge:
    """A ticket on ``about``, which whoever has ``token`` can follow; a second one by the same token is the first.

    Raises DomainError ``doubt_unknown``, ``words_missing``, ``text_too_long``, ``text_unreadable``,
    ``address_unreadable``, ``email_unreadable``, and where the desk could not read any more ``sentence_doubted``,
    ``too_many_challenges``.
    """
    if doubt not in Doubt.values:
        raise DomainError("doubt_unknown", "Say what is wrong with it.", "doubt")
    # Browsers end a line with two characters.
    words = typed(words.replace("\r\n", "\n"), "words", limit=WORDS_LENGTH)
    if not words:
        raise DomainError("words_missing", "Say in a few words what is wrong, and how you know.", "words")
    evidence_url, email = _address(evidence_url), _email(email)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_COUNTING])
    if made := find(token):
        return made
    _raise_if_too_many(about, now)
    made = Challenge.objects.create(
        edition_id=about.edition,
        statement_id=about.statement,
        key=about.key,
        wording=about.wording,
        language=about.language,
        doubt=doubt,
        words=words,
        evidence_url=evidence_url,
        token_digest=digest_of(token),
        at=now,
    )
    if email:
        contact.keep(made, email=email, token=token)
    facts = {"edition": about.number, "sentence": about.key, "doubt": doubt}
    record("challenge.made", made, by=None, now=now, article=made.article.public_id, **facts)
    tell(made.article.owners(), "challenge.made", made, by=None, now=now)
    return made


@dataclass(frozen=True)
class Followed:
    """What a reader is told of their challenge: nothing of a sentence that nobody may read any more.

    ``state`` is ``waiting``, ``taken`` or ``resolved``. ``corrected_in`` is the number of the edition that set it
    right, ``told`` the public id of what everybody is told.
    """

    slug: str
    number: int
    key: str
    language: str
    wording: str
    words: str
    doubt: str
    at: datetime
    state: str
    outcome: str
    answer: str
    resolved_at: datetime | None
    by_mail: bool
    corrected_in: int | None
    told: str


def follow(token: str, *, now: datetime) -> Followed | None:
    """What became of the challenge with this token; None if there is none. Two queries."""
    rows = Challenge.objects.select_related("edition__article", "correction__edition", "told", "contact")
    found = rows.defer("edition__article__body").filter(token_digest=digest_of(token)).first()
    if found is None:
        return None
    editions = [found.edition, found.correction.edition] if found.correction else [found.edition]
    keys = [edition.pk for edition in editions]
    open_ones = set(Edition.objects.readable(now).filter(pk__in=keys).values_list("pk", flat=True))
    is_open = found.edition_id in open_ones
    corrected = found.correction.edition if found.correction else None
    state = "resolved" if found.resolved_at else "taken" if found.taken_by_id else "waiting"
    return Followed(
        slug=found.edition.article.slug if is_open else "",
        number=found.edition.number,
        key=found.key,
        language=found.language,
        wording=found.wording if is_open else "",
        words=found.words if is_open else "",
        doubt=found.doubt,
        at=found.at,
        state=state,
        outcome=found.outcome,
        answer=found.answer if is_open else "",
        resolved_at=found.resolved_at,
        by_mail=hasattr(found, "contact"),
        corrected_in=corrected.number if corrected and corrected.pk in open_ones else None,
        told=found.told.public_id if is_open and hasattr(found, "told") else "",
    )


def find(token: str) -> Challenge | None:
    """The challenge with this token: by its digest, so how long that takes tells nothing about other tokens."""
    return Challenge.objects.filter(token_digest=digest_of(token)).first()


def digest_of(token: str) -> str:
    """What is kept of a token: its SHA-256 in hex."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def _address(given: str) -> str:
    """A web address, as text: nothing here ever opens it."""
    given = typed(given, "evidence_url", limit=ADDRESS_LENGTH, lines=False)
    if not given:
        return ""
    unreadable = DomainError(
        "address_unreadable", "This is no web address: it begins with https:// or http://.", "evidence_url"
    )
    try:
        URLValidator(schemes=["http", "https"])(given)
        named = urlsplit(given)
    except (ValidationError, ValueError):
        raise unreadable from None
    if named.username is not None or named.password is not None:
        # Before the @ may stand a name that is not where it leads.
        raise unreadable
    return given


def _email(given: str) -> str:
    given = typed(given, "email", limit=EMAIL_LENGTH, lines=False)
    try:
        if given:
            validate_email(given)
    except ValidationError:
        raise DomainError("email_unreadable", "This is no e-mail address.", "email") from None
    return given


def _raise_if_too_many(about: Sentence, now: datetime) -> None:
    """No more than a desk can read, whoever sends it."""
    of_article = Challenge.objects.filter(edition__article__slug=about.slug)
    doubted = of_article.filter(key=about.key, resolved_at=None, at__gt=now - OPEN_WITHIN)
    if doubted.count() >= MOST_OPEN:
        raise DomainError(
            "sentence_doubted",
            "Several readers have pointed at this sentence: the desk is looking at it already.",
        )
    recent = Challenge.objects.filter(at__gt=now - WITHIN)
    if (
        of_article.filter(at__gt=now - WITHIN).count() >= MOST_OF_ARTICLE
        or len(recent.values("pk")[:MOST_OF_SITE]) >= MOST_OF_SITE
    ):
        raise DomainError(
            "too_many_challenges", "The desk was written to often just now: try again in an hour."
        )
