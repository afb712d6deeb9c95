"""What the list of articles says of each: holds, tasks, and how it stood when it was last counted."""

from django.contrib import admin
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from articles.models import Assignment, Edition, LegalHold
from articles.rules.kinds import UNLISTED, Kind


def held(article: str = "pk") -> Exists:
    """Whether the article that a row names by ``article`` is under legal hold: every list says so."""
    return Exists(LegalHold.objects.filter(article=OuterRef(article), lifted_at=None))


HELD = held()


class ArchivedFilter(admin.SimpleListFilter):
    """Which articles the list shows: those that are worked on, unless somebody asks for what was put away."""

    title = _("archive")
    parameter_name = "archived"

    def lookups(self, request, model_admin):
        return [("yes", _("In the archive")), ("all", _("All"))]

    def choices(self, changelist):
        worked_on, *others = super().choices(changelist)
        return [worked_on | {"display": _("Not in the archive")}, *others]

    def queryset(self, request, queryset):
        if self.value() == "all":
            return queryset
        return queryset.filter(archived_at__isnull=self.value() != "yes")


class LegalHoldFilter(admin.SimpleListFilter):
    title = _("legal hold")
    parameter_name = "legal_hold"

    def lookups(self, request, model_admin):
        return [("yes", _("Under legal hold"))]

    def queryset(self, request, queryset):
        return queryset.filter(held=True) if self.value() == "yes" else queryset


class Listed:
    """Mixed in before the page of articles: columns that cost no query a row."""

    def get_queryset(self, request):
        """With what its list says of each, in the list's one query."""
        assigned = Assignment.objects.filter(article=OuterRef("pk"), ended_at=None).order_by("due_at", "pk")
        now, own = timezone.now(), Q(article=OuterRef("pk"))
        current, waiting = Edition.objects.current(now).filter(own), Edition.objects.waiting(now).filter(own)
        return (
            super()
            .get_queryset(request)
            .annotate(
                held=HELD,
                assignees=ArraySubquery(assigned.values("to__username")),
                shown_edition=Subquery(
                    current.order_by().values(told=JSONObject(number="number", kind="kind"))[:1]
                ),
                another_waits=Exists(waiting),
            )
        )

    @display(description=_("article"), ordering="headline")
    def title(self, article):
        tags = [_("legal hold")] if article.held else []
        tags += [_("flash")] if article.is_flash else []
        shown = format_html_join(
            "", ' <span class="desk-tag desk-tag--stop">{}</span>', [(tag,) for tag in tags]
        )
        return format_html("{}{}", article, shown)

    @admin.display(description=_("readers see"))
    def public_state(self, article):
        """What readers have of it now, and whether another edition waits for its moment."""
        told = []
        if article.shown_edition:
            kind = Kind(article.shown_edition["kind"])
            number = _("edition %(n)s") % {"n": article.shown_edition["number"]}
            told.append(str(kind.label) if kind in UNLISTED else str(number))
        if article.another_waits:
            told.append(gettext("one waits"))
        return ", ".join(told) or "–"

    @display(description=_("checked"))
    def checked(self, article):
        """As last counted (articles.standings)."""
        standing = getattr(article, "standing", None)
        return f"{standing.checked}/{standing.sentences}" if standing else "–"

    @display(description=_("blockers"), ordering="standing__blocked")
    def blocked(self, article):
        standing = getattr(article, "standing", None)
        return standing.blocked if standing else "–"

    @display(description=_("assigned to"))
    def assigned(self, article):
        return ", ".join(article.assignees) or "–"
