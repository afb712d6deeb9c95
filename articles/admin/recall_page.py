"""The page "Recall" of a claim or quote: where it stands, and the form that says it is wrong."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.access import may
from articles.admin.challenged import open_challenges
from articles.copies import copies_of
from articles.legal_holds import held_among
from articles.models import Article, Claim, Edition, Quote, Statement
from articles.models.section import in_scope
from articles.recalling import REASON_LENGTH, open_recall_of, recall
from newsroom.core.merged import rows_of
from newsroom.desk_forms import ActForm, form_at, note_field, of_acts
from newsroom.desk_pages import RecordPage, tab

# Sentences that show or wait, and drafts, each; there may be more.
SHOWN = 100


class RecallForm(ActForm):
    act, button = "recall", _("Recall")
    done = _("It is recalled. What waited is on hold; the drafts to repair are listed here.")

    reason = note_field(
        _("What is wrong"), required=True, length=REASON_LENGTH, rows=3, help_text=_("For the desk only.")
    )

    def call(self, facts, *, by, now):
        recall(self.about, reason=facts["reason"], by=by, now=now)


class RecallPage(RecordPage):
    """Hung in for each model by :func:`recall_page`."""

    name = "recall"
    title = _("Recall")
    template = "admin/articles/record/recall.html"
    forms = of_acts(RecallForm)

    def around(self, request, record):
        return {"tabs": record_tabs(record, self.name)}

    def context(self, request, record, bound):
        now = timezone.now()
        ours = in_scope(request.user, "edition__article__")
        standing = list(_standing(record, now).filter(ours)[: SHOWN + 1])
        named = Article.objects.visible_to(request.user).not_trashed()
        named = named.filter(rests_on__contains=[record.public_id]).order_by("-saved_at")
        drafts = list(named.defer("body")[:SHOWN])
        waiting = Edition.objects.waiting(now).filter(pk__in={row.edition_id for row in standing})
        current = open_recall_of(record)
        offered = current is None and may(request.user, "recall")
        waits = set(waiting.values_list("pk", flat=True))
        return {
            "standing": standing[:SHOWN],
            "copies": copies_of(row.edition.article for row in standing if row.edition_id not in waits),
            "more": len(standing) > SHOWN,
            "waiting": waits,
            "drafts": drafts,
            "held": held_among([*drafts, *(row.edition.article for row in standing)]),
            "recall": current,
            "challenges": open_challenges(record, request.user),
            "earlier": list(record.recalls.exclude(closed_at=None).select_related("closed_by")[:SHOWN]),
            "form": form_at(RecallForm, record, request.user, "", bound) if offered else None,
        }

    def after(self, request, record, form):
        """To the recall, with all that is to be repaired."""
        return reverse("admin:articles_recall_change", args=[open_recall_of(record).pk])


def recall_page(model: type[Claim] | type[Quote]) -> type[RecallPage]:
    """The page for records of ``model``."""
    return type(f"{model.__name__}RecallPage", (RecallPage,), {"model": model})


def record_tabs(record: Claim | Quote, current: str) -> list[dict]:
    """The pages of one claim or quote, for the row of links over each of them."""
    kind = record._meta.model_name
    pages = [("change", record._meta.verbose_name.capitalize()), ("recall", _("Recall"))]
    if isinstance(record, Claim):
        pages.append(("duplicates", _("Duplicates")))
    return [
        tab(title, reverse(f"admin:articles_{kind}_{name}", args=[record.pk]), current=name == current)
        for name, title in pages
    ]


def _standing(record: Claim | Quote, now):
    """The statements of listed and waiting editions that name ``record``, the newest editions first."""
    claim = isinstance(record, Claim)
    named = {"claim__in": rows_of(record)} if claim else {"quotes__quote": record}
    editions = Edition.objects.listed(now) | Edition.objects.waiting(now)
    rows = Statement.objects.filter(edition__in=editions, **named).select_related("edition__article")
    return rows.defer("edition__article__body").order_by("-edition_id", "position")
