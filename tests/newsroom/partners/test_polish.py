"""Partners, and administrators about them, are spoken to in Polish."""

import gettext

from django.conf import settings
from django.utils.translation.template import templatize

from tests.articles.public.test_polish import messages_of

TEMPLATES = settings.BASE_DIR / "templates"
MODULES = settings.BASE_DIR / "newsroom" / "partners"
CATALOGUES = [
    settings.BASE_DIR / folder / "pl" / "LC_MESSAGES" / "django.mo" for folder in ("locale", "locale/desk")
]


def written() -> dict[str, set[str]]:
    """The messages of each file about partners."""
    folders = (TEMPLATES / "partners", TEMPLATES / "admin" / "partners")
    templates = [path for folder in folders for path in folder.glob("*.html")]
    told = {path.name: messages_of(templatize(path.read_text())) for path in templates}
    return told | {str(path): messages_of(path.read_text()) for path in MODULES.rglob("*.py")}


def test_every_message_about_partners_has_its_polish_words():
    known = set()
    for catalogue in CATALOGUES:
        with catalogue.open("rb") as file:
            keys = gettext.GNUTranslations(file)._catalog
        known |= {key[0] if isinstance(key, tuple) else key for key in keys}
    told = written()
    assert {"Sign out", "Sent", "languages"} <= set().union(*told.values())
    assert {name: lacking for name, said in told.items() if (lacking := said - known)} == {}
