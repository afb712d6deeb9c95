"""Pages of one article beside its form."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.access import may
from articles.models import Article
from newsroom.desk_pages import RecordPage, tab

TABS = [
    ("change", _("Story")),
    ("evidence", _("Evidence")),
    ("check", _("Check")),
    ("comments", _("Comments")),
    ("checkers", _("Checker’s file")),
    ("preview", _("Preview")),
    ("ready", _("Ready?")),
    ("work", _("Work")),
    ("published", _("Published")),
    ("versions", _("Versions")),
]


class ArticlePage(RecordPage):
    """One page of one article."""

    model = Article

    def is_for(self, user, article):
        return may(user, "see", article)

    def around(self, request, article):
        return {"article": article, "tabs": tabs(article, self.name)}

    def after(self, request, article, form):
        """To the sentence the act was about."""
        if not form.at_place:
            return self.address(article.pk)
        return f"{self.address(article.pk)}?{urlencode({'at': form.at_place})}#s-{form.at_place}"


def tabs(article, current: str) -> list[dict]:
    """The pages of one article, for the row of links over each of them."""
    return [
        tab(title, reverse(f"admin:articles_article_{name}", args=[article.pk]), current=name == current)
        for name, title in TABS
    ]
