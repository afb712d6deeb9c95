"""The page "Check": statement by statement, the wording beside the passages, with verdict and note.

It works as plain forms; ``static/desk/checking.js`` adds the keys, and asks for the part that changes alone.
"""

from django.utils.translation import gettext_lazy as _

from articles.admin.act_forms import CheckForm, VouchForm
from articles.admin.check_rows import Rows
from articles.admin.pages import ArticlePage
from articles.admin.parts import part_with, statement_address, wanted_key
from articles.admin.statements import shown
from articles.dossier import open_dossier
from articles.readiness import draft_blockers
from articles.readiness.evidence import VOUCHERS
from articles.statement_states import Checked, checks_of
from newsroom.desk_forms import of_acts

# What one may ask to see: by the name in the address, the states.
FILTERS = {
    "": (_("All"), frozenset(Checked)),
    "todo": (_("To do"), frozenset(Checked) - {Checked.CHECKED}),
    "lapsed": (_("Lapsed"), frozenset({Checked.LAPSED})),
    "negative": (_("Not supported"), frozenset({Checked.NEGATIVE})),
}


class CheckPage(ArticlePage):
    name = "check"
    title = _("Check")
    template = "admin/articles/article/check.html"
    part = "admin/articles/article/checking.html"
    forms = of_acts(CheckForm, VouchForm)

    def context(self, request, article, bound):
        dossier = open_dossier(article)
        states = checks_of(dossier, draft_blockers(dossier))
        statements = [statement for statement in shown(dossier) if statement.key in states]
        only, key = _only(request), wanted_key(request, bound)
        wanted = [s for s in statements if states[s.key] in FILTERS[only][1] or s.key == key]
        part = part_with(wanted, key)
        rows = Rows(dossier, part.statements, states, user=request.user, bound=bound)
        at = key if key in states else next((s.key for s in part.statements), "")
        return {
            "rows": rows.all(),
            "part": part,
            "strip": [(statement, states[statement.key]) for statement in statements],
            "filters": _filters(states, only),
            "only": only,
            "at": at,
            "to": statement_address(article, "check", "", **({"only": only} if only else {})),
            "done": sum(state == Checked.CHECKED for state in states.values()),
            "denied": rows.denied.message if rows.denied else "",
            "vouchers_needed": VOUCHERS,
        }

    def after(self, request, article, form):
        """On to the next statement that nobody has checked; who answered for one stays at it."""
        key = form.at_place
        if not isinstance(form, VouchForm):
            dossier = open_dossier(article)
            states = checks_of(dossier, draft_blockers(dossier))
            order = [seen.key for seen in dossier.segments]
            here = order.index(key) if key in order else 0
            to_do = {Checked.UNCHECKED, Checked.LAPSED}
            key = next((k for k in order[here + 1 :] + order[:here] if states.get(k) in to_do), key)
        return statement_address(
            article, "check", key, **({"only": only} if (only := _only(request)) else {})
        )


def _only(request) -> str:
    asked = request.GET.get("only", "")
    return asked if asked in FILTERS else ""


def _filters(states: dict[str, Checked], only: str) -> list[tuple]:
    """Name, label, how many, and whether it is the one."""
    return [
        (name, label, sum(state in of for state in states.values()), name == only)
        for name, (label, of) in FILTERS.items()
    ]
