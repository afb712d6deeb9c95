"""Recalls: the list, what is open first, and the page of one with everything that still shows what was found wrong."""

from dataclasses import dataclass, field

from django.contrib import admin
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from articles.access import may
from articles.legal_holds import held_among
from articles.models import Article, Recall, RecalledWording
from articles.models.section import in_scope
from articles.recalling import Place, close, still_showing
from newsroom.desk_admin import ReadOnlyAdmin
from newsroom.desk_forms import ActForm, form_at, of_acts
from newsroom.desk_pages import RecordPage

# Sentences on the page of a recall; what is further down comes up when those before it are repaired.
SHOWN = 200


class CloseForm(ActForm):
    act, button, done = "close_recall", _("Close the recall"), _("The recall is closed.")
    prominent = True

    def call(self, facts, *, by, now):
        close(self.about, by=by, now=now)


@dataclass
class ToRepair:
    """An article that still shows what was recalled: sentence by sentence, edition by edition."""

    article: Article
    places: list[Place] = field(default_factory=list)


class RecallRecordPage(RecordPage):
    """Instead of a form: nothing of a recall is typed over."""

    model = Recall
    name = "change"
    title = _("Recall")
    template = "admin/articles/recall/page.html"
    forms = of_acts(CloseForm)

    def find(self, pk):
        related = ["claim", "quote", "source", "opened_by", "closed_by"]
        return Recall.objects.filter(pk=pk).select_related(*related).first()

    def context(self, request, recalled, bound):
        places = [] if recalled.closed_at else still_showing(recalled, now=timezone.now())
        ours = [place for place in places if not place.waits or may(request.user, "see", place.article)]
        to_repair: dict[int, ToRepair] = {}
        for place in ours[:SHOWN]:
            to_repair.setdefault(place.article.pk, ToRepair(place.article)).places.append(place)
        may_close = recalled.closed_at is None and not places and may(request.user, "recall")
        return {
            "recall": recalled,
            "of": recalled.claim or recalled.quote or recalled.source,
            "to_repair": list(to_repair.values()),
            "held": held_among(row.article for row in to_repair.values()),
            "count": len(places),
            "beyond": len(places) - len(ours[:SHOWN]),
            "repaired": _repaired(recalled, places, request.user),
            "close": form_at(CloseForm, recalled, request.user, "", bound) if may_close else None,
        }


def _repaired(recalled: Recall, places: list[Place], user) -> list[RecalledWording]:
    """The wrong wordings that their articles do not show any more, by the keys of their sentences: of those that
    ``user`` works on, for what was put on hold nobody has read."""
    shown = {(place.article.pk, place.key) for place in places}
    rows = (
        recalled.told.filter(in_scope(user, "article__"))
        .select_related("article")
        .defer("article__body")[: SHOWN * 2]
    )
    return [row for row in rows if (row.article_id, row.key) not in shown][:SHOWN]


@admin.register(Recall)
class RecallAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "what", "state", "standing", "opened_by", "opened_at", "closed_at"]
    list_filter = [("closed_at", admin.EmptyFieldListFilter), "opened_at"]
    list_select_related = ["claim", "quote", "source", "opened_by"]
    search_fields = ["reason", "=public_id", "claim__label", "quote__words", "source__title"]
    ordering = [F("closed_at").desc(nulls_first=True), "-pk"]
    # Each open one is looked up in all that shows.
    list_per_page = 10
    fields = ["reason"]

    def get_urls(self):
        return [RecallRecordPage(self).url(), *super().get_urls()]

    @admin.display(description=_("of"))
    def what(self, recalled):
        return (recalled.claim or recalled.quote or recalled.source)._meta.verbose_name

    @display(description=_("state"), ordering="closed_at", label={"open": "danger", "closed": ""})
    def state(self, recalled):
        return ("closed", _("closed")) if recalled.closed_at else ("open", _("open"))

    @admin.display(description=_("still shown"))
    def standing(self, recalled):
        if recalled.closed_at:
            return "–"
        places = still_showing(recalled, now=timezone.now())
        articles = len({place.article.pk for place in places})
        if not places:
            return _("nowhere")
        return _("%(n)s (articles: %(articles)s)") % {"n": len(places), "articles": articles}
