"""What the page "Check" shows of each statement, and the form for whoever may record a verdict."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext

from articles.access import may, refusal
from articles.admin.act_forms import CheckForm, VouchForm
from articles.admin.around import Around, around
from articles.admin.cited import Cited, Evidence
from articles.admin.comments_page import CommentForm, rows_of
from articles.admin.comments_page import Row as Thread
from articles.admin.lapsed import Since, since
from articles.admin.statements import Shown
from articles.dossier import Dossier
from articles.fact_checking import passage_choosers, sentence_writers
from articles.models import Check, Vouching
from articles.seen import Seen
from articles.statement_states import Checked
from newsroom.accounts.models import User
from newsroom.desk_forms import ActForm, form_at


@dataclass
class Row:
    """One statement; ``why_not`` says why there is no form, ``since`` what changed where its check has lapsed.

    ``vouchers`` answer for it by name, None where it does not rest on confidential sources alone.
    """

    shown: Shown
    state: Checked
    writer: str
    history: list[tuple[Check, bool]]
    evidence: list[tuple[Cited, Around | None]]
    form: ActForm | None
    why_not: str = ""
    since: Since | None = None
    vouchers: list[Vouching] | None = None
    vouch: ActForm | None = None
    threads: list[Thread] = field(default_factory=list)
    remark: ActForm | None = None


class Rows:
    """Builds the rows of ``statements`` for one user; what people recorded of them is loaded once."""

    def __init__(
        self,
        dossier: Dossier,
        statements: list[Shown],
        states: dict[str, Checked],
        *,
        user,
        bound: ActForm | None,
    ):
        self.dossier, self.article, self.user, self.bound = dossier, dossier.article, user, bound
        self.statements, self.states = statements, states
        self.evidence = Evidence(dossier)
        self.around = around(dossier, (c for shown in statements for c in shown.seen.citations))
        self.writers = sentence_writers(dossier)
        keys = [shown.key for shown in statements]
        writing = User.objects.filter(pk__in=set().union(*(self.writers[key] for key in keys)))
        self.names = {writer.pk: str(writer) for writer in writing}
        self.history, self.vouchings = defaultdict(list), defaultdict(list)
        recorded = {"article": self.article, "segment__in": keys}
        for check in Check.objects.filter(**recorded).select_related("by").order_by("-pk"):
            self.history[check.segment].append(check)
        for vouching in Vouching.objects.filter(**recorded).select_related("by"):
            self.vouchings[vouching.segment, vouching.fingerprint].append(vouching)
        self.denied = refusal(user, "check", self.article)
        self.may_vouch = may(user, "vouch", self.article)
        self.threads = rows_of(self.article, user)
        self.may_comment = may(user, "comment", self.article)

    def all(self) -> list[Row]:
        return [self._row(shown) for shown in self.statements]

    def _row(self, shown: Shown) -> Row:
        seen = shown.seen
        own = self.user.pk in self.writers[seen.key] | passage_choosers(seen)
        checks, state = self.history[seen.key], self.states[seen.key]
        row = Row(
            shown,
            state,
            ", ".join(self.names[pk] for pk in sorted(self.writers[seen.key]) if pk in self.names),
            [(check, check.fingerprint == seen.fingerprint) for check in checks],
            [(self.evidence.cited(c, seen.key), self.around.get(c.pk)) for c in seen.citations],
            self._form(CheckForm, seen) if not self.denied and not own else None,
            gettext("You worded this sentence or chose its passage.") if own and not self.denied else "",
            since(checks[0], seen) if state == Checked.LAPSED and checks else None,
        )
        row.threads = [thread for thread in self.threads if thread.key == seen.key]
        row.remark = (
            form_at(CommentForm, self.article, self.user, seen.key, None) if self.may_comment else None
        )
        if seen.rests_on_confidential_alone:
            row.vouchers = self.vouchings[seen.key, seen.fingerprint]
            done = self.user.pk in {vouching.by_id for vouching in row.vouchers}
            row.vouch = self._form(VouchForm, seen) if self.may_vouch and not own and not done else None
        return row

    def _form(self, kind: type[ActForm], seen: Seen) -> ActForm:
        return form_at(kind, self.article, self.user, seen.key, self.bound, fingerprint=seen.fingerprint)
