"""The page "Check": statement by statement, the wording beside the passages, with verdict and note."""

from collections import defaultdict
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.access import may, refusal
from articles.admin.act_forms import CheckForm, VouchForm
from articles.admin.cited import Cited, Evidence
from articles.admin.pages import ArticlePage
from articles.admin.statements import Shown, shown
from articles.dossier import Dossier, open_dossier
from articles.fact_checking import passage_choosers, sentence_writers
from articles.models import Check, Vouching
from articles.readiness import draft_blockers
from articles.readiness.evidence import VOUCHERS
from articles.seen import Seen
from articles.statement_states import Checked, checks_of
from newsroom.accounts.models import User
from newsroom.desk_forms import ActForm, form_at, of_acts


@dataclass
class Row:
    """One statement; ``why_not`` says why there is no form.

    ``vouchers`` answer for it by name, None where it does not rest on confidential sources alone.
    """

    shown: Shown
    state: Checked
    writer: str
    history: list[tuple[Check, bool]]
    evidence: list[Cited]
    form: ActForm | None
    why_not: str = ""
    vouchers: list[Vouching] | None = None
    vouch: ActForm | None = None


class CheckPage(ArticlePage):
    name = "check"
    title = _("Check")
    template = "admin/articles/article/check.html"
    forms = of_acts(CheckForm, VouchForm)

    def context(self, request, article, bound):
        dossier = open_dossier(article)
        rows = _Rows(dossier, request.user, bound)
        found = [rows.row(statement) for statement in shown(dossier) if not statement.seen.rests_on_nothing]
        return {
            "rows": found,
            "done": sum(row.state == "checked" for row in found),
            "denied": rows.denied.message if rows.denied else "",
            "vouchers_needed": VOUCHERS,
        }

    def after(self, request, article, form):
        """On to the next statement that nobody has checked; who answered for one stays at it."""
        if isinstance(form, VouchForm):
            return super().after(request, article, form)
        dossier = open_dossier(article)
        checks = checks_of(dossier, draft_blockers(dossier))
        waiting = {key for key, state in checks.items() if state != Checked.CHECKED}
        order = [seen.key for seen in dossier.segments]
        here = order.index(form.at_place) if form.at_place in order else 0
        following = [key for key in order[here + 1 :] + order[:here] if key in waiting]
        place = f"#s-{following[0] if following else form.at_place}"
        return reverse("admin:articles_article_check", args=[article.pk]) + place


class _Rows:
    """Builds the rows for one user; what people recorded is loaded once."""

    def __init__(self, dossier: Dossier, user, bound: ActForm | None):
        self.dossier, self.article, self.user, self.bound = dossier, dossier.article, user, bound
        self.evidence = Evidence(dossier)
        self.writers = sentence_writers(dossier)
        writing = User.objects.filter(pk__in=set().union(*self.writers.values()))
        self.names = {writer.pk: str(writer) for writer in writing}
        self.states = checks_of(dossier, draft_blockers(dossier))
        self.history, self.vouchings = defaultdict(list), defaultdict(list)
        for check in Check.objects.filter(article=self.article).select_related("by").order_by("-pk"):
            self.history[check.segment].append(check)
        for vouching in Vouching.objects.filter(article=self.article).select_related("by"):
            self.vouchings[vouching.segment, vouching.fingerprint].append(vouching)
        self.denied = refusal(user, "check", self.article)
        self.may_vouch = may(user, "vouch", self.article)

    def row(self, statement: Shown) -> Row:
        seen = statement.seen
        own = self.user.pk in self.writers[seen.key] | passage_choosers(seen)
        checks = [(check, check.fingerprint == seen.fingerprint) for check in self.history[seen.key]]
        row = Row(
            statement,
            self.states[seen.key],
            ", ".join(self.names[pk] for pk in sorted(self.writers[seen.key]) if pk in self.names),
            checks,
            [self.evidence.cited(citation, seen.key) for citation in seen.citations],
            self._form(CheckForm, seen) if not self.denied and not own else None,
            gettext("You worded this sentence or chose its passage.") if own and not self.denied else "",
        )
        if seen.rests_on_confidential_alone:
            row.vouchers = self.vouchings[seen.key, seen.fingerprint]
            done = self.user.pk in {vouching.by_id for vouching in row.vouchers}
            row.vouch = self._form(VouchForm, seen) if self.may_vouch and not own and not done else None
        return row

    def _form(self, kind: type[ActForm], seen: Seen) -> ActForm:
        return form_at(kind, self.article, self.user, seen.key, self.bound, fingerprint=seen.fingerprint)
