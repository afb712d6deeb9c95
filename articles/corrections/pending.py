"""What the draft would change of the edition readers know, and a first draft of the note that tells them."""

import json

from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from articles.documents import build_content
from articles.dossier import open_dossier
from articles.models import Article
from articles.publishing.going_out import NOTE_LENGTH
from articles.receipts import last_told
from articles.rules.kinds import UNLISTED
from articles.rules.receipts import changes

# Statements that a drafted note spells out; more would be a wall of text.
SPELT_OUT = 5


def pending_changes(article: Article) -> dict | None:
    """How the draft differs from the edition readers know, as :func:`articles.rules.receipts.changes` tells it.

    None where there is nothing to compare it with: no edition, or one that took the article away.
    """
    told = last_told(article)
    if told is None or told.kind in UNLISTED:
        return None
    before = json.loads(told.content.document)["content"]
    return changes(before, build_content(open_dossier(article)))


def draft_note(pending: dict, language: str) -> str:
    """A note to readers in ``language``, drafted from what a correction changes: what was wrong, what is right."""
    with translation.override(language):
        lines = [_replaced(text["was"], text["is"]) for text in pending["texts"]]
        lines += [
            _replaced(statement["was"], statement["is"])
            for statement in pending["statements"]
            if statement["was"] != statement["is"]
        ]
        # Where the wording changed as well, that has told it.
        lines += [
            _attributed(statement["is"], fact["was"], fact["is"])
            for statement in pending["statements"]
            for fact in statement["facts"]
            if fact["fact"] == "speaker" and fact["is"] and statement["was"] == statement["is"]
        ]
        if len(lines) > SPELT_OUT:
            lines = [*lines[:SPELT_OUT], _("More sentences were changed; they are listed below.")]
    return Truncator("\n\n".join(lines)).chars(NOTE_LENGTH)


def _attributed(words: str, was: str, now: str) -> str:
    if not was:
        return _("“%(words)s” was said by %(is)s.") % {"words": words, "is": now}
    return _("“%(words)s” was attributed to %(was)s. It was said by %(is)s.") % {
        "words": words,
        "was": was,
        "is": now,
    }


def _replaced(was: str | None, now: str | None) -> str:
    if not was:
        return _("We have added: “%(is)s”.") % {"is": now}
    if not now:
        return _("An earlier version said: “%(was)s”. That has been taken out.") % {"was": was}
    return _("An earlier version said: “%(was)s”. It should have said: “%(is)s”.") % {"was": was, "is": now}
