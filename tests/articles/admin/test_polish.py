"""The desk speaks Polish to whose browser asks for it."""

import gettext
import re

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.utils import label_for_field
from django.urls import reverse
from django.utils import timezone, translation

from articles.rules.blockers import BLOCKERS
from tests.articles.admin.pages import signed_in
from tests.making import Desk

FOLDER = settings.BASE_DIR / "locale" / "desk" / "pl" / "LC_MESSAGES"


def test_the_compiled_catalogue_is_that_of_the_source():
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    pairs = re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', (FOLDER / "django.po").read_text(), re.MULTILINE)
    assert len(pairs) > 300
    for english, polish in pairs:
        assert compiled.gettext(english.replace('\\"', '"')) == polish.replace('\\"', '"')


@pytest.mark.django_db
def test_pages_and_their_refusals_are_polish():
    desk = Desk()
    client = signed_in(desk.duty)
    url = reverse("admin:articles_article_ready", args=[desk.article.pk])
    html = client.get(url, headers={"Accept-Language": "pl"}).content.decode()
    assert 'lang="pl"' in html
    assert "Gotowe?" in html
    assert "<b>3</b> przeszkody" in html
    assert "Nikt poza autorem nie sprawdził tego cytatu w tym brzmieniu." in html
    assert "Ready?" in client.get(url).content.decode()


@pytest.mark.django_db
def test_the_page_after_publication_is_polish():
    desk = Desk(now=timezone.now())
    desk.publish()
    url = reverse("admin:articles_article_published", args=[desk.article.pk])
    html = signed_in(desk.duty).get(url, headers={"Accept-Language": "pl"}).content.decode()
    for words in ("Pod jego adresem widać", "Odwołaj artykuł", "Zdejmij", "Pierwsze wydanie", "Wydania"):
        assert words in html
    for words in ("Its address shows", "Retract", "Take down", "Edition", "For the desk only"):
        assert words not in html


def test_every_column_of_a_list_is_polish():
    """What Django makes of a field's own name is English in every language."""
    same = []
    for model, page in admin.site._registry.items():
        if model._meta.app_label == "procrastinate":  # The queue's own page, for whoever keeps the machines.
            continue
        for column in page.list_display:
            labels = set()
            for language in ("en", "pl"):
                with translation.override(language):
                    labels.add(str(label_for_field(column, model, page)))
            # A partner is one in both.
            same += [(model.__name__, column)] if len(labels) == 1 and column != "partner" else []
    assert same == []


@pytest.mark.django_db
def test_what_the_look_of_the_desk_brings_is_polish():
    client = signed_in(Desk().duty)
    for url in (reverse("admin:articles_section_changelist"), reverse("admin:articles_claim_changelist")):
        html = client.get(url, headers={"Accept-Language": "pl"}).content.decode()
        for words in ("Type to search", "No results", "Previous", "Next", ">Articles<", "Toggle sidebar"):
            assert words not in html


def test_every_blocker_is_polish():
    """The catalogue is written by hand: a new code without its line is found here."""
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    with translation.override("en"):
        english = {code: str(meaning.message) for code, meaning in BLOCKERS.items()}
    assert [code for code, message in english.items() if compiled.gettext(message) == message] == []
