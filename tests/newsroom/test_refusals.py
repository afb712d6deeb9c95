"""What an act refuses it tells in the language of whoever asked."""

import ast
import gettext

import pytest
from django.conf import settings
from django.utils import translation

from articles.rules.after_publication import REFUSALS
from newsroom.core.errors import DomainError
from newsroom.core.typed import typed

APPS = ("articles", "sources", "newsroom")
CATALOGUE = settings.BASE_DIR / "locale" / "desk" / "pl" / "LC_MESSAGES" / "django.mo"


def messages_in(tree):
    """The second argument of every refusal that ``tree`` writes out: its text, or None where it is put together."""
    for call in ast.walk(tree):
        if (
            isinstance(call, ast.Call)
            and getattr(call.func, "id", "") in ("DomainError", "FetchFailed")
            and len(call.args) > 1
        ):
            message = call.args[1]
            if isinstance(message, ast.Constant | ast.JoinedStr):
                yield getattr(message, "value", None)


def written():
    for app in APPS:
        for path in sorted((settings.BASE_DIR / app).rglob("*.py")):
            if "demo" not in path.parts:
                yield from ((path.name, said) for said in messages_in(ast.parse(path.read_text())))


def test_every_refusal_has_its_polish_words():
    with CATALOGUE.open("rb") as file:
        polish = gettext.GNUTranslations(file)
    said = [*written(), *(("after_publication.py", text) for text in REFUSALS.values())]
    assert len(said) > 150
    # One that is put together in place cannot be found in any catalogue.
    assert [(name, text) for name, text in said if text is None or text not in polish._catalog] == []


@pytest.mark.parametrize(
    "line",
    [
        "DomainError('code', f'Only {n}.')",
        "DomainError('code', 'No such words.')",
        "FetchFailed('code', 'No such words.', retryable=True)",
    ],
)
def test_the_search_for_refusals_finds_one(line):
    assert len(list(messages_in(ast.parse(line)))) == 1


def test_a_refusal_names_its_facts_in_the_language_of_whoever_asked():
    with translation.override("pl"), pytest.raises(DomainError) as refused:
        typed("x" * 11, "note", limit=10)
    assert (refused.value.code, refused.value.place) == ("text_too_long", "note")
    assert refused.value.message == str(refused.value) == "To ma więcej niż 10 znaków."
    with pytest.raises(DomainError, match="more than 10 characters"):
        typed("x" * 11, "note", limit=10)
