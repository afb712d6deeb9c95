"""What the demo newsroom refuses before anything is loaded."""

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from articles.demo.plans import document, place_in
from newsroom.core.errors import DomainError


@pytest.mark.parametrize("words", ["Tusk", "no such words"])
def test_words_that_do_not_stand_once_in_their_document_are_no_passage(words):
    with pytest.raises(DomainError) as refused:
        place_in(document("northolt-wire"), words)
    assert refused.value.code == "passage_not_once"


@pytest.mark.django_db
def test_production_has_no_accounts_with_known_passwords(monkeypatch):
    monkeypatch.setattr(settings, "PRODUCTION", True)
    with pytest.raises(CommandError, match="not for production"):
        call_command("load_demo")
