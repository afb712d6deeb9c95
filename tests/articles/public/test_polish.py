"""The Polish interface is complete, and what is compiled is what is written."""

import gettext
import re
from ast import literal_eval
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import override
from django.utils.translation.template import templatize

from articles.rules.challenges import Doubt, Outcome
from articles.rules.exemptions import Reason
from articles.rules.site_pages import Subject
from newsroom.api.problem_types import PROBLEM_TYPES
from sources.models import Source

CATALOGUE = Path(settings.BASE_DIR) / "locale" / "pl" / "LC_MESSAGES"
TEMPLATES = Path(settings.BASE_DIR) / "templates"
READERS_PAGES = [TEMPLATES / name for name in ("base.html", "400.html", "404.html")]
READERS_PAGES += sorted(TEMPLATES.glob("articles/*.html"))
READERS_PAGES += [TEMPLATES / "sources" / name for name in ("source.html", "snapshot.html")]
MODULES = [
    *Path(settings.BASE_DIR).glob("articles/rendering/*.py"),
    *Path(settings.BASE_DIR).glob("articles/public/*.py"),
]
CALL = re.compile(r"\b(?:n?gettext|_)\(\s*((?:u?\"(?:[^\"\\]|\\.)*\"\s*)+|u?'(?:[^'\\]|\\.)*')")


def written() -> dict[str, list[str]]:
    """The catalogue's source: the translations of each message, one for each plural form."""
    entries: dict[str, list[str]] = {}
    for block in (CATALOGUE / "django.po").read_text().split("\n\n"):
        parts = re.findall(r'^(msgid|msgid_plural|msgstr(?:\[\d\])?) ((?:".*"\n?)+)', block, re.MULTILINE)
        texts = [(kind, "".join(literal_eval(line) for line in lines.splitlines())) for kind, lines in parts]
        if texts and texts[0][1]:
            entries[texts[0][1]] = [text for kind, text in texts if kind.startswith("msgstr")]
    return entries


def messages() -> set[str]:
    """Every message of the readers' pages."""
    problems = {text for kind in PROBLEM_TYPES.values() for text in (kind.title, kind.meaning, kind.remedy)}
    choices = (Source.Kind, Reason, Subject, Doubt, Outcome)
    found = problems | {str(label) for labels in choices for label in labels.labels}
    for template in READERS_PAGES:
        found |= messages_of(templatize(template.read_text()))
    for module in MODULES:
        found |= messages_of(module.read_text())
    return found


def messages_of(code: str) -> set[str]:
    """Every message that ``code`` (Python, or a template made into it by templatize) has translated."""
    return {literal_eval(f"({match})") for match in CALL.findall(code)}


def test_every_message_of_the_readers_pages_is_in_polish():
    with override("en"):
        missing = messages() - written().keys()
    assert missing == set()


def test_the_search_for_messages_finds_them():
    found = messages()
    for message in ("Sources", "By %(bylines)s", "Back to use %(letter)s: “%(excerpt)s”", "our own analysis"):
        assert message in found
    assert len(found) > 50


def test_no_translation_is_empty():
    assert [message for message, forms in written().items() if not all(forms)] == []


def test_what_is_compiled_is_what_is_written():
    with (CATALOGUE / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message, forms in written().items():
        if len(forms) == 1:
            assert compiled.gettext(message) == forms[0]
        else:
            assert [compiled.ngettext(message, message, n) for n in (1, 2, 5)] == forms
    known = {key[0] if isinstance(key, tuple) else key for key in compiled._catalog} - {""}
    assert known == written().keys()


@pytest.mark.parametrize("message", sorted(written()))
def test_a_translation_names_what_its_message_names(message):
    places = set(re.findall(r"%\(\w+\)[sd]", message))
    forms = written()[message]
    # A form for one may leave the number out.
    if len(forms) == 1:
        assert set(re.findall(r"%\(\w+\)[sd]", forms[0])) == places


def test_every_template_for_readers_is_looked_at():
    assert {*TEMPLATES.glob("articles/**/*.html"), *TEMPLATES.glob("sources/**/*.html")} <= set(READERS_PAGES)
