"""One story on its way through the desk: every step by the act a person would do it by, a minute after the last."""

from datetime import date, datetime, timedelta

from articles import drafting, evidence, fact_checking, publishing, review
from articles.body.html import parse_html, render_html
from articles.body.keys import new_key
from articles.body.model import Block, Body, Segment
from articles.demo.people import Staff, person_named, treaty_called
from articles.demo.pictures import illustrated
from articles.demo.plans import Plan, document, known_sources, place_in
from articles.documents import build_content, content_digest
from articles.dossier import Dossier, Seen, open_dossier
from articles.illustrating import keep_image
from articles.importing.entries import SourceEntry
from articles.importing.storing import import_text
from articles.marking import rest_on_claim
from articles.models import Article, Check, Citation, Quote
from articles.passages import choose_passage
from newsroom.audit.recording import record
from newsroom.core.errors import DomainError
from sources.capture.keeping import keep_text
from sources.models import Source
from sources.origins.deciding import confirm_origin

# Of a scheduled edition, and of a waiver's deadline, after the loading.
AHEAD = timedelta(days=3)


class Journey:
    """Takes the story of ``plan`` as far as its stage says; ``now`` is the moment of the loading (aware).

    Every act is dated between the plan's ``hours_ago`` and ``now``, so that lists and log read like a week's.
    """

    def __init__(self, plan: Plan, staff: Staff, *, archive: str, now: datetime):
        self.plan = plan
        self.staff = staff
        self.archive = archive
        self.loaded_at = now
        self.moment = now - timedelta(hours=plan.hours_ago)
        self.article: Article = None

    def run(self) -> None:
        stage = self.plan.stage
        self._import()
        if stage == "draft":
            return
        if stage == "archive":
            # Its texts go out as they came: nothing is worded here.
            self._credit()
            day = date.fromisoformat(self.plan.published_on)
            publishing.release_as_archive(self.article, published_on=day, **self._as(self.staff.duty))
            return
        self._describe()
        self._illustrate()
        self._credit()
        self._cite()
        self._check()
        if stage == "fact_check":
            return
        self._exempt()
        self._send_to_review()
        if stage == "review":
            return
        self._approve()
        if stage == "approved":
            return
        self._waive()
        self._publish(at=self._ahead() if stage == "scheduled" else None)
        if self.plan.update:
            self._update()

    def _as(self, person) -> dict:
        """The actor and the moment every act asks for."""
        self.moment += timedelta(minutes=1)
        return {"by": person, "now": self.moment}

    def _ahead(self) -> datetime:
        """A full hour, AHEAD of the loading."""
        return (self.loaded_at + AHEAD).replace(minute=0, second=0, microsecond=0)

    def _open(self) -> Dossier:
        self.article.refresh_from_db()
        return open_dossier(self.article)

    def _import(self) -> None:
        entries = [
            SourceEntry(
                number, *(source[name] or None for name in ("title", "publisher", "url", "published"))
            )
            for number, source in enumerate((known_sources()[name] for name in self.plan.sources), start=1)
        ]
        self.article, _proposal = import_text(
            self.plan.text,
            language=self.plan.language,
            headline=self.plan.headline,
            sources=entries,
            archive=self.archive,
            name=self.plan.name,
            **self._as(self.staff.reporter),
        )
        # The sample documents are at no address: what stands for them is handed in, and nothing is fetched.
        Source.objects.filter(snapshots=None, capture_due_at=self.moment).update(capture_due_at=None)

    def _describe(self) -> None:
        """What a text does not tell: address, standfirst, and what headline and standfirst rest on."""
        plan, dossier = self.plan, self._open()
        self.article = drafting.save_draft(
            self.article,
            version=self.article.version,
            slug=drafting.free_slug(Article, plan.slug),
            standfirst=plan.standfirst,
            headline_rests_on=[_saying(says, dossier).key for says in plan.headline_rests_on],
            standfirst_rests_on=[_saying(says, dossier).key for says in plan.standfirst_rests_on],
            **self._as(self.staff.reporter),
        )

    def _illustrate(self) -> None:
        """The pictures of the plan, kept and shown."""
        if not self.plan.pictures:
            return
        dossier, reporter = self._open(), self.staff.reporter
        body = illustrated(
            dossier.body,
            self.plan.pictures,
            keep=lambda data, **said: keep_image(data, **said, **self._as(reporter)),
            key_of=lambda says: _saying(says, dossier).key,
        )
        version = self.article.version
        self.article = drafting.save_draft(
            self.article, version=version, body=render_html(body), **self._as(reporter)
        )

    def _credit(self) -> None:
        """Byline, treaties, tags, and the kinds of the sources."""
        plan, reporter = self.plan, self.staff.reporter
        self.article = drafting.save_draft(
            self.article,
            version=self.article.version,
            bylines=[person_named(name, self.staff, now=self.moment) for name in plan.byline],
            treaties=[treaty_called(slug, self.staff, now=self.moment) for slug in plan.treaties],
            tags=plan.tags,
            **self._as(reporter),
        )
        for name in plan.sources:
            self._source(name)

    def _source(self, name: str) -> Source:
        """The sample source of this name, told its kind and language if nobody has."""
        told = known_sources()[name]
        acting = self._as(self.staff.reporter)
        source = evidence.source_like(
            url=told["url"], title=told["title"], publisher_name=told["publisher"], **acting
        )
        if source.language:
            return source
        day = {"published_on": date.fromisoformat(told["published"])} if told["published"] else {}
        facts = {"kind": told["kind"], "language": told["language"], **day}
        # The reading notes are ours alone to show; of what others put out only passages are.
        facts["archive_shown"] = told["kind"] == "document"
        return evidence.identify_source(source, **facts, **acting)

    def _archive(self, name: str) -> Source:
        """The sample source of this name with a copy of its document, and with what it copies from."""
        source, told = self._source(name), known_sources()[name]
        if not source.snapshots.exists():
            keep_text(
                source,
                text=document(name),
                reason="A sample document: it lies at no address.",
                **self._as(self.staff.reporter),
            )
        if "copies" in told and source.derives_from is None:
            of, how = told["copies"]["of"], told["copies"]["how"]
            confirm_origin(source, self._archive(of), how=how, **self._as(self.staff.reporter))
        return source

    def _cite(self) -> None:
        """Every citation gets its passage in the copy of its source."""
        dossier = self._open()
        facts = {_saying(fact["says"], dossier).key: fact for fact in self.plan.facts}
        names = {self._archive(name).pk: name for name in self.plan.sources}
        for seen in dossier.segments:
            for quote in seen.quotes:
                self._tell(quote)
            for citation in seen.citations:
                name = names[citation.source_id]
                if quote := citation.quote:
                    self._choose(citation, quote.original or quote.words)
                else:
                    fact = facts[seen.key]
                    self._choose(citation, fact["passages"][name], fact.get("places", {}).get(name, ""))
        for entry in self.plan.besides:
            source, claim = self._archive(entry["source"]), _saying(entry["says"], dossier).claim
            citation = evidence.cite(claim, source, stance=entry["stance"], **self._as(self.staff.reporter))
            self._choose(citation, entry["passage"])

    def _choose(self, citation: Citation, exact: str, place: str = "") -> None:
        """Let it rest on the words ``exact`` in the latest copy of its source."""
        snapshot = citation.source.snapshots.latest("pk")
        start, end = place_in(snapshot.extracted.text, exact)
        acting = self._as(self.staff.reporter)
        choose_passage(citation, snapshot, start=start, end=end, locator=place, **acting)

    def _tell(self, quote: Quote) -> None:
        """Occasion, day and original of a quote; the desk's form has no act for them either."""
        told = next((told for told in self.plan.quotes if quote.words.startswith(told["says"])), None)
        if told is None:
            return
        fields = {name: value for name, value in told.items() if name != "says"}
        if "said_on" in fields:
            fields["said_on"] = date.fromisoformat(fields["said_on"])
        for name, value in fields.items():
            setattr(quote, name, value)
        quote.full_clean()
        quote.save(update_fields=list(fields))
        record("quote.changed", quote, fields=sorted(fields), **self._as(self.staff.reporter))

    def _check(self) -> None:
        """Hand the draft in, and check what the plan does not leave open."""
        self.article = review.submit(self.article, **self._as(self.staff.reporter))
        dossier = self._open()
        left = {_saying(says, dossier).key for says in self.plan.unchecked}
        doubts = {_saying(doubt["says"], dossier).key: doubt["note"] for doubt in self.plan.doubts}
        done = set(Check.objects.filter(article=self.article).values_list("segment", flat=True))
        for seen in dossier.segments:
            if seen.rests_on_nothing or seen.key in left | done:
                continue
            fact_checking.record_check(
                self.article,
                seen.key,
                verdict=Check.Verdict.UNSURE if seen.key in doubts else Check.Verdict.SUPPORTS,
                note=doubts.get(seen.key, ""),
                fingerprint=seen.fingerprint,
                **self._as(self.staff.checker),
            )

    def _exempt(self) -> None:
        for entry in self.plan.exempt:
            place = _saying(entry["says"], self._open()).key
            editor = self._as(self.staff.editor)
            fact_checking.exempt(self.article, place, reason=entry["reason"], note=entry["note"], **editor)

    def _waive(self) -> None:
        for entry in self.plan.waive:
            seen = _saying(entry["says"], self._open())
            review.waive(
                self.article,
                code=entry["code"],
                place=seen.key,
                fingerprint=seen.fingerprint,
                reason=entry["reason"],
                repair_by=self._ahead(),
                **self._as(self.staff.duty),
            )

    def _send_to_review(self) -> None:
        self.article = review.send_to_review(self.article, **self._as(self.staff.checker))

    def _approve(self) -> None:
        self.article.refresh_from_db()
        digest = content_digest(build_content(open_dossier(self.article)))
        self.article = review.approve(self.article, digest=digest, **self._as(self.staff.editor))

    def _publish(self, *, at: datetime | None = None, note: str = "") -> None:
        publishing.publish(self.article, at=at, note=note, **self._as(self.staff.duty))

    def _update(self) -> None:
        """A second edition: one more paragraph of one sentence, with a claim of its own."""
        update, reporter = self.plan.update, self.staff.reporter
        self.moment = self.loaded_at - timedelta(hours=update["hours_ago"])
        self.article.refresh_from_db()
        says, key = update["says"], new_key()
        blocks = (
            *parse_html(self.article.body).blocks,
            Block("p", f"{says}.", (Segment(0, len(says), key),)),
        )
        body, version = render_html(Body(blocks)), self.article.version
        self.article = drafting.save_draft(self.article, version=version, body=body, **self._as(reporter))
        claim = evidence.make_claim(label=says, **self._as(reporter))
        for name, exact in update["passages"].items():
            self._choose(evidence.cite(claim, self._archive(name), **self._as(reporter)), exact)
        version = self.article.version
        self.article = rest_on_claim(self.article, key, claim, version=version, **self._as(reporter))
        self._check()
        self._send_to_review()
        self._approve()
        self._publish(note=update["note"])


def _saying(says: str, dossier: Dossier) -> Seen:
    """The segment that begins with these words. Raises DomainError ``demo_text_changed`` if there is not just one."""
    found = [seen for seen in dossier.segments if seen.wording.startswith(says)]
    if len(found) != 1:
        raise DomainError(
            "demo_text_changed", f"{len(found)} sentences begin so: {says}", dossier.article.slug
        )
    return found[0]
