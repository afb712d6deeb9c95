"""A story that rests on a confidential source, made by the doors people use; and the words to search for afterwards."""

from datetime import UTC, datetime

import time_machine
from django.urls import reverse

from articles import evidence, fact_checking, passages
from articles.dossier import open_dossier
from articles.models import Citation
from newsroom.accounts.models import User
from newsroom.accounts.roles import Role
from sources.admin.confidential import IdentityPage
from sources.capture.keeping import keep_text
from sources.models import Source
from tests.articles.admin.pages import signed_in
from tests.journeys.walking import Traces, answer_of
from tests.making import NOW, Desk, make_user

WORDS = ("Quillfeather", "Żdźbło", "quillbox7731", "heron’s fountain")
TRACES = Traces(*WORDS)
LABEL = "A diplomat at the talks"
TERMS = "Nothing before the 4471st day"
TYPED = {
    "act": "confide",
    "public_label": LABEL,
    "kind": "interview",
    "name": "Zofia Quillfeather-Żdźbło",
    "contact": "quillbox7731@hidden.example",
    "notes": "we meet at the heron’s fountain",
}
CONFIDED_AT = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
CONFIDE = reverse("admin:sources_source_confide")
LOOK = {"act": "look", "reason": "A letter from their lawyer"}
# Roles that may not look; together they are somebody who may do all else.
OTHERS = sorted(set(Role.values) - {Role.SOURCE_KEEPER})


class Scene:
    """A story whose claim rests on a confidential source alone, and its quote on it among others; published."""

    def __init__(self, **typed):
        self.desk = Desk(slug="a-treaty")
        User.objects.filter(pk=self.desk.duty.pk).update(username="duty")
        self.keeper = signed_in(make_user("source_keeper", *OTHERS))
        with time_machine.travel(CONFIDED_AT, tick=False):
            answer = signed_in(self.desk.reporter).post(CONFIDE, TYPED | typed)
        assert answer.status_code == 302
        self.source = Source.objects.get(confidential=True)
        Source.objects.filter(pk=self.source.pk).update(usage_terms=TERMS)
        self.identity = IdentityPage.address(self.source.pk)
        self._cite()
        self.edition = self._publish()

    def _cite(self):
        told = {"by": self.desk.reporter, "now": NOW}
        for citation in self.desk.claim.citations.all():
            evidence.withdraw_citation(citation, **told)
        evidence.cite(self.desk.claim, self.source, exact="Two states will sign", locator="p. 3", **told)
        evidence.cite(self.desk.quote, self.source, carries=Citation.Carries.REPORT, **told)
        # The other source of the quote is archived as it would be, so that its copy can be given out.
        text = "She called it a good day, and left."
        copy = keep_text(self.desk.second, text=text, reason="A recording", **told)
        start = text.index("a good day")
        citation = self.desk.quote.citations.get(source=self.desk.second)
        passages.choose_passage(citation, copy, start=start, end=start + len("a good day"), **told)

    def _publish(self):
        for seen in open_dossier(self.desk.reload()).segments:
            if seen.rests_on_confidential_alone:
                for editor in (self.desk.editor, self.desk.duty):
                    fact_checking.vouch(
                        self.desk.article, seen.key, fingerprint=seen.fingerprint, by=editor, now=NOW
                    )
        return self.desk.publish()

    def looked_at(self) -> str:
        """What a keeper is shown."""
        return answer_of(self.keeper, self.identity, **LOOK)[1]
