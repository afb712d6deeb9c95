"""Make what a test needs, in the desk's own words and by the desk's own acts."""

from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from itertools import count

from django.contrib.auth.models import Group

from articles import drafting, fact_checking, passages, publishing, review
from articles.documents import build_content, content_digest
from articles.dossier import Dossier, open_dossier
from articles.models import Byline, Check, Citation, Claim, Quote
from articles.readiness import blockers
from newsroom.accounts.models import Person, User
from newsroom.audit.recording import record_each
from sources.models import Publisher, Snapshot, SnapshotText, Source, Speaker, SpeakerRole
from sources.passages.matching import locate, passage_at

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
_numbers = count(1)


def make_user(*roles: str, username: str | None = None) -> User:
    """A user with these roles who can sign in to the desk."""
    return _make_users(User(username=username or f"user{next(_numbers)}", is_staff=True), roles=[roles])[0]


def _make_users(*users: User, roles: list[tuple[str, ...]]) -> list[User]:
    """Store ``users``, each with the roles that stand in its place, in two statements."""
    made = User.objects.bulk_create(users)
    belongs = User.groups.through
    belongs.objects.bulk_create(
        belongs(user=user, group_id=_group(role))
        for user, of_this in zip(made, roles, strict=True)
        for role in of_this
    )
    return made


@cache
def _group(role: str) -> int:
    """The row id of a role's group, which the migrations made and no test takes away."""
    return Group.objects.get(name=role).pk


def make_source(by: User, **fields) -> Source:
    """An identified source, unless ``fields`` say otherwise."""
    number = next(_numbers)
    fields = {"title": f"Source {number}", "url": f"https://press.example/{number}"} | fields
    return Source.objects.create(created_by=by, created_at=NOW, **fields)


def make_snapshot(source: Source, text: str, **fields) -> Snapshot:
    """A capture of ``source`` with this extracted text, as keeping a pasted text leaves it, but without its file."""
    data = text.encode()
    digest = sha256(data).hexdigest()
    fields = {
        "way": Snapshot.Way.PASTED,
        "reason": "There is no address.",
        "media_type": "text/plain",
        "sha256": digest,
        "size": len(data),
        "warc_sha256": digest,
        "warc_size": len(data),
        "extractor": "plain/1",
        "captured_at": NOW,
    } | fields
    pages = fields.pop("pages", [])
    snapshot = Snapshot.objects.create(source=source, captured_by=source.created_by, **fields)
    SnapshotText.objects.create(snapshot=snapshot, text=text, pages=pages)
    return snapshot


def archive(citation: Citation, words: str = "") -> Citation:
    """Let ``citation`` rest on ``words`` (of its quote, unless given) in a new snapshot of its source."""
    _rest(citation, words, Quote.objects.filter(pk=citation.quote_id).first())
    citation.save()
    return citation


def _rest(citation: Citation, words: str, quote: Quote | None) -> None:
    if not words:
        words = quote.original or quote.words if quote else f"{citation.source} reports what was agreed"
    before = f"Copy {next(_numbers)}. It was said: “"
    text = f"{before}{words}” Nothing else was said."
    passage = passage_at(text, len(before), len(before) + len(words))
    citation.snapshot = make_snapshot(citation.source, text)
    citation.start = locate(passage, text).start
    citation.exact, citation.prefix, citation.suffix = passage.exact, passage.prefix, passage.suffix


def make_publisher(name: str) -> Publisher:
    return Publisher.objects.create(name=name, slug=f"publisher-{next(_numbers)}")


def make_speaker(name: str = "Ada Sample", role: str = "Minister") -> tuple[Speaker, SpeakerRole]:
    speaker = Speaker.objects.create(name=name, slug=f"speaker-{next(_numbers)}")
    return speaker, SpeakerRole.objects.create(speaker=speaker, title=role)


def make_claim(by: User, *sources: Source, label: str = "The treaty was signed.") -> Claim:
    claim = Claim.objects.create(label=label, created_by=by, created_at=NOW)
    cite(claim, *sources, by=by)
    return claim


def make_quote(by: User, *sources: Source, words: str, speaker=None, role=None, **fields) -> Quote:
    quote = Quote.objects.create(
        words=words, language="en", speaker=speaker, role=role, created_by=by, created_at=NOW, **fields
    )
    cite(quote, *sources, by=by)
    return quote


def cite(
    record: Claim | Quote, *sources: Source, by: User, stance: str = "supports", archived: bool = True
) -> None:
    """Let ``record`` rest on ``sources``, with a passage in a snapshot of each unless ``archived`` is false."""
    quote = record if isinstance(record, Quote) else None
    for position, source in enumerate(sources):
        citation = Citation(
            claim=None if quote else record,
            quote=quote,
            carries="words" if quote else "",
            source=source,
            stance=stance,
            position=position,
            chosen_by=by,
            created_at=NOW,
        )
        if archived and not source.confidential:
            _rest(citation, "", quote)
        citation.save()


def draft_digest(article) -> str:
    """The digest of the content an editor reads now."""
    return content_digest(build_content(open_dossier(article)))


def enter_checks(dossier: Dossier, *, by: User, now: datetime) -> None:
    """Let ``by``, who wrote nothing of it, find that every segment is supported.

    The rows are those that the act would leave, which opens the dossier anew for each segment
    (tests/test_making.py).
    """
    article, verdict = dossier.article, Check.Verdict.SUPPORTS
    looked_at = [seen for seen in dossier.segments if not seen.rests_on_nothing]
    Check.objects.bulk_create(
        Check(
            article=article,
            segment=seen.key,
            fingerprint=seen.fingerprint,
            verdict=verdict,
            seen=seen.as_checked(),
            by=by,
            at=now,
        )
        for seen in looked_at
    )
    told = ((article, {"segment": seen.key, "verdict": verdict}) for seen in looked_at)
    record_each("segment.checked", told, by=by, now=now)


def make_newsroom() -> list[User]:
    """A reporter, a fact checker, an editor and a duty editor, in few statements."""
    roles = [("reporter",), ("fact_checker",), ("editor",), ("duty_editor",)]
    people = (User(username=f"user{next(_numbers)}", is_staff=True) for _ in roles)
    return _make_users(*people, roles=roles)


class Desk:
    """A reporter, a fact checker, an editor and a duty editor, and a story of one claim and one quote."""

    KEYS = ("aaaaaaaaaa", "bbbbbbbbbb")

    def __init__(self, *, slug: str | None = None, now: datetime = NOW):
        self.now = now
        self.reporter, self.checker, self.editor, self.duty = make_newsroom()
        self.first, self.second = make_source(self.reporter), make_source(self.reporter)
        self.speaker, self.role = make_speaker()
        self.claim = make_claim(self.reporter, self.first, self.second)
        self.quote = make_quote(
            self.reporter, self.second, words="a good day", speaker=self.speaker, role=self.role
        )
        self.article = drafting.create_article(
            by=self.reporter,
            now=now,
            headline="A treaty is signed",
            standfirst="Two states sign",
            headline_rests_on=[self.KEYS[0]],
            standfirst_rests_on=[self.KEYS[0]],
            body=self.body(),
            **({"slug": slug} if slug else {}),
        )
        person = Person.objects.create(
            name="Rita Reporter", slug=f"person-{next(_numbers)}", user=self.reporter
        )
        Byline.objects.create(article=self.article, person=person)

    def body(
        self, said: str = "a good day", signed: str = "Two states signed a treaty on 27 May 2026"
    ) -> str:
        return (
            f'<p><span data-segment="{self.KEYS[0]}" data-claim="{self.claim.public_id}">{signed}</span>.</p>'
            f'<p><span data-segment="{self.KEYS[1]}" data-quotes="{self.quote.public_id}">Ada Sample called it '
            f'“<span data-words="{self.quote.public_id}">{said}</span>”</span>.</p>'
        )

    def reload(self):
        self.article.refresh_from_db()
        return self.article

    def save(self, **fields):
        self.article = drafting.save_draft(
            self.article, by=self.reporter, now=self.now, version=self.reload().version, **fields
        )
        return self.article

    def choose_passage(self, citation: Citation, text: str, exact: str) -> Citation:
        """Let ``citation`` rest on the words ``exact`` in a new copy of its source with this text."""
        snapshot, start = make_snapshot(citation.source, text), text.index(exact)
        return passages.choose_passage(
            citation, snapshot, start=start, end=start + len(exact), by=self.reporter, now=self.now
        )

    def check_all(self, *, by: User | None = None, verdict: str = Check.Verdict.SUPPORTS) -> Dossier:
        """Let every segment be checked, by the act where ``by`` is given; returns what was looked at."""
        dossier = open_dossier(self.reload())
        if by is None and verdict == Check.Verdict.SUPPORTS:
            enter_checks(dossier, by=self.checker, now=self.now)
            return dossier
        for seen in dossier.segments:
            if not seen.rests_on_nothing:
                fact_checking.record_check(
                    self.article,
                    seen.key,
                    verdict=verdict,
                    by=by or self.checker,
                    now=self.now,
                    fingerprint=seen.fingerprint,
                )
        return dossier

    def approve(self, *, by: User | None = None, read: Dossier | None = None):
        """Submit and approve the draft as it stands; ``read`` is what was opened of it already."""
        if self.reload().stage == "approved":
            return self.article
        digest = content_digest(build_content(read or open_dossier(self.article)))
        if self.article.stage == "draft":
            self.article = review.submit(self.article, by=self.reporter, now=self.now)
        self.article = review.approve(self.article, by=by or self.editor, now=self.now, digest=digest)
        return self.article

    def waive_all(self):
        """Let every blocker of the draft pass that a duty editor may waive."""
        for blocker in blockers(self.reload()):
            if not blocker.absolute:
                review.waive(
                    self.article,
                    code=blocker.code,
                    place=blocker.place,
                    fingerprint=blocker.fingerprint,
                    reason="Urgent.",
                    repair_by=self.now + timedelta(days=1),
                    by=self.duty,
                    now=self.now,
                )

    def publish(self, **options):
        """Check, approve and publish the draft as it stands; options as for :func:`articles.publishing.publish`."""
        self.approve(read=self.check_all())
        return publishing.publish(self.article, **{"by": self.duty, "now": self.now, **options})
