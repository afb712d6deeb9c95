"""The page "Versions" of an article: every save, any two compared by meaning, and the way back."""

import re
from dataclasses import dataclass

from django import forms
from django.core.exceptions import BadRequest
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.access import may
from articles.admin.act_forms import ActForm
from articles.admin.differences import LABELS, Difference, differences
from articles.admin.pages import ArticlePage
from articles.models import Article, SetAside
from articles.versions.comparing import compare
from articles.versions.listing import Row, versions
from articles.versions.reading import Stood, stands_aside, stood
from articles.versions.restoring import restore_set_aside, restore_version
from newsroom.core.errors import DomainError
from newsroom.desk_forms import form_at, of_acts

# Texts set aside that are listed.
ASIDE = 50
_SIDE = re.compile(r"(?:(aside)-)?(\d{1,9})")


class RestoreForm(ActForm):
    """``place`` is the version's number, or that of a text set aside as ``aside-7``."""

    act, button = "restore_version", gettext_lazy("Bring this version back")
    done = gettext_lazy("Brought back as a new version.")

    place = forms.RegexField(_SIDE, widget=forms.HiddenInput)

    def call(self, facts, *, by, now):
        aside, number = _SIDE.fullmatch(facts["place"]).groups()
        known = {"by": by, "now": now, "version": facts["version"] or 0}
        if not aside:
            restore_version(self.article, int(number), **known)
            return
        kept = SetAside.objects.filter(article=self.article, pk=number).first()
        if kept is None:
            raise DomainError("version_unknown", "There is no such version of this draft.")
        restore_set_aside(self.article, kept, **known)


@dataclass(frozen=True)
class Compared:
    """Two versions, or texts set aside, as they are named, and how the second differs from the first."""

    before: str
    after: str
    changes: list[Difference]
    form: ActForm | None
    # Whether the first was never saved: it has no byline, treaties and tags to bring back.
    is_aside: bool


class VersionsPage(ArticlePage):
    name = "versions"
    title = gettext_lazy("Versions")
    template = "admin/articles/article/versions.html"
    forms = of_acts(RestoreForm)

    def context(self, request, article, bound):
        rows, more = versions(article, before=_cursor(request.GET.get("before")))
        kept = SetAside.objects.filter(article=article).select_related("by").order_by("-pk")[:ASIDE]
        before, after = request.GET.get("a"), request.GET.get("b")
        if bound and not before:
            before, after = bound.at_place, str(article.version)
        return {
            "rows": [(row, _line(row)) for row in rows],
            "more": more,
            "kept": list(kept),
            "before": before,
            "after": after,
            "compared": self._compared(request, article, before, after, bound) if before and after else None,
        }

    def after(self, request, article, form):
        return reverse("admin:articles_article_change", args=[article.pk])

    def _compared(self, request, article, before: str, after: str, bound) -> Compared:
        sides = [_side(article, before), _side(article, after)]
        told = compare(*sides)
        restores = after == str(article.version) != before and may(request.user, "save", article)
        return Compared(
            _named(article, before),
            _named(article, after),
            differences(told["texts"], told["statements"]),
            form_at(RestoreForm, article, request.user, before, bound) if restores else None,
            before.startswith("aside"),
        )


def _side(article: Article, asked: str) -> Stood:
    """The version that an address names; one that never was is not found."""
    found = _SIDE.fullmatch(asked)
    if not found:
        raise BadRequest("no version")
    try:
        if not found[1]:
            return stood(article, int(found[2]))
        return stands_aside(article, SetAside.objects.get(article=article, pk=found[2]))
    except (DomainError, SetAside.DoesNotExist):
        raise Http404 from None


def _named(article: Article, asked: str) -> str:
    if asked == str(article.version):
        return _("version %(number)s, as it stands now") % {"number": asked}
    return _("text set aside") if asked.startswith("aside") else _("version %(number)s") % {"number": asked}


def _cursor(asked: str | None) -> int | None:
    if asked is None:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        raise BadRequest("no cursor")
    return int(asked)


def _line(row: Row) -> str:
    """What the row's saves changed, in a line."""
    said = [
        str(LABELS[name]) if name in LABELS else _("text") for name in sorted(row.fields, key=_body_first)
    ]
    if row.more_words:
        said.append(
            ngettext("%(count)+d word", "%(count)+d words", abs(row.more_words)) % {"count": row.more_words}
        )
    if row.restored == "aside":
        said.insert(0, _("brought back a text set aside"))
    elif row.restored:
        said.insert(0, _("brought back version %(number)s") % {"number": row.restored})
    return ", ".join(said)


def _body_first(name: str) -> tuple:
    return name != "body", name
