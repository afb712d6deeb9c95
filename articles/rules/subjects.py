"""What an edition is about: under which headings its entry in lists is found."""

import re
from collections.abc import Iterator

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from newsroom.core.slugs import slug_of

# Of a value in the index: what an address has at most.
VALUE_LENGTH = 80
# What whoever asks may name a subject by: an id, or a name in an address.
NAME = re.compile(rf"[a-z0-9][a-z0-9-]{{0,{VALUE_LENGTH - 1}}}")


class About(TextChoices):
    """The kinds of subject, those that fewest articles share first: a list by several is looked for under the first."""

    QUOTE = "quote", _("quote")
    CLAIM = "claim", _("claim")
    SOURCE = "source", _("source")
    TAG = "tag", _("tag")
    SPEAKER = "speaker", _("speaker")
    TREATY = "treaty", _("treaty")
    PARTY = "party", _("party")
    AUTHOR = "author", _("author")
    PUBLISHER = "publisher", _("publisher")
    SECTION = "section", _("section")
    LANGUAGE = "language", _("language")


# Kind and value: the slug of a treaty, party, author, tag or section, which stays once it is printed; the public id of
# what can be merged or has no slug; the code of a language.
Subject = tuple[str, str]


def subjects_of(content: dict) -> dict[Subject, str]:
    """By subject of an edition's ``content``, its name as printed; empty where readers are told the record's own."""
    found: dict[Subject, str] = {}
    for kind, value, name in _named(content):
        if value:
            found.setdefault((kind, value), name)
    return found


def party_slug(name: str) -> str:
    """What stands for a party in addresses; empty where its name has neither letter nor figure of ours."""
    return slug_of(name)[:VALUE_LENGTH].strip("-")


def _named(content: dict) -> Iterator[tuple[str, str, str]]:
    yield About.LANGUAGE, content["language"], ""
    if section := content.get("section"):
        yield About.SECTION, section["slug"], section["name"]
    for tag in content.get("tags", ()):
        yield About.TAG, tag["slug"], tag["name"]
    for person in content["bylines"]:
        yield About.AUTHOR, person["slug"], ""
    for treaty in content["treaties"]:
        yield About.TREATY, treaty["slug"], ""
        for party in treaty["parties"]:
            yield About.PARTY, party_slug(party), party
    for statement in content["statements"]:
        yield About.CLAIM, statement["claim"] or "", ""
    for quote_id, quote in content["quotes"].items():
        yield About.QUOTE, quote_id, ""
        yield About.SPEAKER, (quote["speaker"] or {}).get("id", ""), ""
    for source in content["sources"]:
        yield About.SOURCE, source["id"], ""
        yield About.PUBLISHER, (source["publisher"] or {}).get("id", ""), ""
