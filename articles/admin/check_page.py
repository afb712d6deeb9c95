"""The page "Check": statement by statement, the wording beside the passages, with verdict and note."""

from collections import defaultdict
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.access import refusal
from articles.admin.act_forms import ActForm, CheckForm
from articles.admin.pages import ArticlePage, form_at
from articles.admin.statements import Shown, shown
from articles.dossier import open_dossier
from articles.fact_checking import passage_choosers, sentence_writers
from articles.models import Check
from articles.readiness import draft_blockers
from newsroom.accounts.models import User

# Codes of blockers that are a state of check; what has none of them is checked.
STATES = {
    "claim_not_checked": "unchecked",
    "quote_not_checked": "unchecked",
    "check_negative": "negative",
}


@dataclass
class Row:
    """One statement; ``state`` is ``checked``, ``unchecked``, ``lapsed`` or ``negative``, ``why_not`` why no form."""

    shown: Shown
    state: str
    writer: str
    history: list[tuple[Check, bool]]
    form: ActForm | None
    why_not: str = ""


class CheckPage(ArticlePage):
    name = "check"
    title = _("Check")
    template = "admin/articles/article/check.html"
    forms = {CheckForm.act: CheckForm}

    def context(self, request, article, bound):
        dossier = open_dossier(article)
        writers = sentence_writers(dossier)
        names = {user.pk: str(user) for user in User.objects.filter(pk__in=set().union(*writers.values()))}
        states = {b.place: STATES[b.code] for b in draft_blockers(dossier) if b.code in STATES}
        history = defaultdict(list)
        for check in Check.objects.filter(article=article).select_related("by").order_by("-pk"):
            history[check.segment].append(check)
        denied = refusal(request.user, "check", article)
        rows = []
        for statement in shown(dossier):
            seen = statement.seen
            if seen.rests_on_nothing:
                continue
            own = request.user.pk in writers[seen.key] | passage_choosers(seen)
            checks = [(check, check.fingerprint == seen.fingerprint) for check in history[seen.key]]
            state = states.get(seen.key, "checked")
            form = None
            if not denied and not own:
                form = form_at(
                    CheckForm, article, request.user, seen.key, bound, fingerprint=seen.fingerprint
                )
            rows.append(
                Row(
                    statement,
                    "lapsed" if state == "unchecked" and checks and not checks[0][1] else state,
                    ", ".join(names[pk] for pk in sorted(writers[seen.key]) if pk in names),
                    checks,
                    form,
                    gettext("You worded this sentence or chose its passage.") if own and not denied else "",
                )
            )
        return {
            "rows": rows,
            "done": sum(row.state == "checked" for row in rows),
            "denied": denied.message if denied else "",
        }

    def after(self, request, article, form):
        """On to the next statement that nobody has checked."""
        dossier = open_dossier(article)
        waiting = [b.place for b in draft_blockers(dossier) if b.code in STATES]
        order = [seen.key for seen in dossier.segments]
        here = order.index(form.at_place) if form.at_place in order else 0
        following = [key for key in order[here + 1 :] + order[:here] if key in waiting]
        place = f"#s-{following[0] if following else form.at_place}"
        return reverse("admin:articles_article_check", args=[article.pk]) + place
