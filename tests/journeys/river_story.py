"""The story of :mod:`tests.journeys.press` at a desk of four: brought in, archived, cited, checked, and judged."""

from datetime import timedelta

from articles import drafting, fact_checking, passages, publishing, review
from articles.citation_states import citation_states
from articles.dossier import Dossier, open_dossier
from articles.drifting import drifted
from articles.importing.entries import SourceEntry
from articles.importing.storing import import_text
from articles.models import Article, Byline, Check, Citation, Claim, Edition, EvidenceRule
from articles.readiness import blockers
from newsroom.accounts.models import Person
from sources.capture.keeping import keep_text
from sources.capture.requesting import carry_out, request_capture
from sources.models import Capture, Likeness, Snapshot, Source
from sources.origins import look_for_likeness, proposals_for
from sources.recapturing import request_due
from sources.standing import SourceState, state_of
from tests.journeys import press
from tests.making import NOW, draft_digest, make_user
from tests.sources.capture.hostile import Hostile, admitting

# When every source is due to be captured again.
LATER = NOW + timedelta(days=36)
# What, by a blocker's code or the name of a state; and where: a sentence, a source, or a source cited in a sentence.
Finding = tuple[str, str]


class Story:
    """``sources`` are by the names that :mod:`tests.journeys.press` has for them."""

    def __init__(self, server: Hostile, text: str = press.STORY):
        self.server = server
        self.reporter = make_user("reporter", username="reporter")
        self.checker = make_user("fact_checker", username="checker")
        self.editor = make_user("editor", username="editor")
        self.duty = make_user("duty_editor", username="duty")
        self.by_reporter = {"by": self.reporter, "now": NOW}
        self.article = self._bring_in(text)
        self.sources = dict(zip(press.NAMES, self.open().sources(), strict=True))
        # Nothing answers where the paper press would be: it is not for the schedule.
        Source.objects.filter(url__startswith="https://press.example/").update(capture_due_at=None)
        self._ask_for_three_origins_of_figures()

    def _bring_in(self, text: str) -> Article:
        entries = [
            SourceEntry(number, f"Sample {name}", "Sample Press", self._address(name))
            for number, name in enumerate(press.NAMES, start=1)
        ]
        headline = "A river is shared"
        article, _ = import_text(
            text.encode(), language="en", headline=headline, sources=entries, **self.by_reporter
        )
        first = [open_dossier(article).segments[0].key]
        told = {"standfirst": "Two states sign", "headline_rests_on": first, "standfirst_rests_on": first}
        person = Person.objects.create(name="Rita Reporter", slug="rita", user=self.reporter)
        Byline.objects.create(article=article, person=person)
        return drafting.save_draft(article, version=article.version, **told, **self.by_reporter)

    def _address(self, name: str) -> str:
        if name in press.FETCHED:
            return self.server.url(f"/{name}")
        return f"https://press.example/{name.replace(' ', '-')}"

    def _ask_for_three_origins_of_figures(self) -> None:
        # As the desk's forms do, which have no act for either.
        Claim.objects.filter(label__contains="nine thousand").update(kind=Claim.Kind.FIGURE)
        EvidenceRule.objects.create(kind=Claim.Kind.FIGURE, origins=3)

    def open(self) -> Dossier:
        self.article.refresh_from_db()
        return open_dossier(self.article)

    def reword(self, old: str, new: str) -> None:
        self.article.refresh_from_db()
        assert self.article.body.count(old) == 1
        self.article = drafting.save_draft(
            self.article,
            version=self.article.version,
            body=self.article.body.replace(old, new),
            **self.by_reporter,
        )

    def keep(self, name: str, text: str) -> Snapshot:
        return keep_text(self.sources[name], text=text, reason="Handed in on paper.", **self.by_reporter)

    def capture(self, name: str) -> None:
        self._carry_out(request_capture(self.sources[name], **self.by_reporter))

    def capture_what_is_due(self) -> None:
        """What schedule and worker do a month later."""
        assert request_due(now=LATER, limit=20) == len(press.FETCHED)
        for capture in Capture.objects.filter(state=Capture.State.WAITING):
            self._carry_out(capture, now=LATER)

    def _carry_out(self, capture: Capture, now=NOW) -> None:
        carry_out(capture.pk, now=now, guard=admitting(self.server))

    def look_for_copies(self) -> list[Likeness]:
        """What the worker does after every capture; returns the new proposals."""
        captured = Snapshot.objects.select_related("source").order_by("pk")
        return [pair for snapshot in captured for pair in look_for_likeness(snapshot, now=NOW)]

    def cite_passages(self) -> None:
        """Each citation whose source has a usable copy rests on its words in the latest."""
        names = {source.pk: name for name, source in self.sources.items()}
        for citation in self.open().citations:
            name = names[citation.source_id]
            if citation.source.snapshots.filter(obstacle="").exists():
                self.choose(citation, press.QUOTED[name] if citation.quote_id else press.PASSAGES[name])

    def citation(self, name: str) -> Citation:
        """The one of a claim to this source."""
        return self.sources[name].citations.get(quote=None)

    def choose(self, citation: Citation, words: str) -> None:
        snapshot = citation.source.snapshots.filter(obstacle="").latest("pk")
        start = snapshot.extracted.text.index(words)
        passages.choose_passage(citation, snapshot, start=start, end=start + len(words), **self.by_reporter)

    def check(self) -> list[str]:
        """Another person finds that the sources support what is not checked as it stands; returns the places."""
        unchecked = [b for b in blockers(self.open().article) if b.code.endswith("_not_checked")]
        for blocker in unchecked:
            fact_checking.record_check(
                self.article,
                blocker.place,
                verdict=Check.Verdict.SUPPORTS,
                fingerprint=blocker.fingerprint,
                by=self.checker,
                now=NOW,
            )
        return [blocker.where for blocker in unchecked]

    def publish(self) -> Edition:
        self.article.refresh_from_db()
        review.submit(self.article, **self.by_reporter)
        review.send_to_review(self.article, by=self.checker, now=NOW)
        digest = draft_digest(self.open().article)
        review.approve(self.article, by=self.editor, now=NOW, digest=digest)
        return publishing.publish(self.open().article, by=self.duty, now=NOW)

    def findings(self) -> list[Finding]:
        """Everything that is held against the story and what it rests on, sorted; its approval aside."""
        dossier = self.open()
        sources = {source.pk: f"source:{source.public_id}" for source in dossier.sources()}
        names = {f"source:{source.public_id}": name for name, source in self.sources.items()}
        called = {pk: names[place] for pk, place in sources.items()}
        sentences = {
            seen.key: f"paragraph {seen.paragraph}, sentence {seen.sentence}" for seen in dossier.segments
        }
        found = [
            (b.code, names.get(b.place) or sentences[b.place])
            for b in blockers(self.article)
            if b.code != "not_approved"
        ]
        cited = {
            citation.pk: f"{sentences[seen.key]}: {called[citation.source_id]}"
            for seen in dossier.segments
            for citation in seen.citations
        }
        for source in dossier.sources():
            found += [(name, called[source.pk]) for name in _held_against(source)]
            found += [("drifted", cited[citation.pk]) for citation in drifted(source)]
        for pk, state in citation_states(dossier).items():
            told = (
                f"reachable {state.reachable}",
                f"contains {state.contains}",
                f"supports {state.supports}",
            )
            found += [(name, cited[pk]) for name in told if name not in _IN_ORDER]
        return sorted(found)


# Of a source on paper nobody knows whether its address answers.
_IN_ORDER = {"reachable yes", "reachable unknown", "contains yes", "supports yes"}


def _held_against(source: Source) -> list[str]:
    """Its state, how its last capture failed, and what it is perhaps a copy of."""
    state, last = state_of(source), source.captures.first()
    found = [] if state == SourceState.IDENTIFIED else [str(state)]
    found += [last.failure] if last and last.state == Capture.State.FAILED else []
    return found + ["perhaps a copy" for _ in proposals_for(source)]
