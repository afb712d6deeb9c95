"""The people of a desk, and what they do to a story until readers see it."""

from datetime import datetime, timedelta

from django.utils.html import escape

from articles import drafting, publishing, review
from articles.corrections import retract, take_down, unpublish
from articles.dossier import open_dossier
from articles.models import Article, Byline, Edition
from articles.readiness import blockers
from newsroom.accounts.models import Person
from tests import making
from tests.making import NOW, draft_digest


class People:
    """One of each role, and helpers that make marks of records."""

    def __init__(self, now: datetime = NOW):
        self.now = now
        self.reporter, self.checker, self.editor, self.duty = making.make_newsroom()
        self._keys = 0

    def _next_key(self) -> str:
        high, low = divmod(self._keys, 26)
        self._keys += 1
        return f"sentence{chr(97 + high)}{chr(97 + low)}"

    def claimed(self, wording: str, *sources, against=(), context=()) -> str:
        """A segment that rests on a new claim."""
        claim = making.make_claim(self.reporter, *sources, label=wording)
        making.cite(claim, *against, by=self.reporter, stance="contradicts")
        making.cite(claim, *context, by=self.reporter, stance="context")
        return f'<span data-segment="{self._next_key()}" data-claim="{claim.public_id}">{wording}</span>'

    def quoted(self, before: str, quote, after: str = "", *, marks: str = "“”", lang: str = "") -> str:
        """A segment with the whole words of ``quote`` between ``marks``."""
        words = f'<span data-words="{quote.public_id}">{escape(quote.words)}</span>'
        return (
            f'<span data-segment="{self._next_key()}" data-quotes="{quote.public_id}">'
            f"{before}{marks[0]}{words}{marks[1]}{after}</span>"
        )

    def bare(self, wording: str) -> str:
        return f'<span data-segment="{self._next_key()}">{wording}</span>'

    def key_of(self, article: Article, wording: str) -> str:
        return next(seen.key for seen in open_dossier(article).segments if seen.wording.startswith(wording))

    def rest_texts_on(self, article: Article, wording: str) -> None:
        """Headline and standfirst rest on the segment that begins with ``wording``."""
        keys = [self.key_of(article, wording)]
        drafting.save_draft(
            article,
            by=self.reporter,
            now=self.now,
            version=article.version,
            headline_rests_on=keys,
            standfirst_rests_on=keys,
        )

    def byline(self, article: Article, *names: str) -> None:
        for position, name in enumerate(names):
            slug = drafting.free_slug(Person, name)
            person = Person.objects.create(name=name, slug=slug)
            Byline.objects.create(article=article, person=person, position=position)

    def put_in_order(self, article: Article, *, waive: bool = True) -> Article:
        """Check what can be checked, waive the rest that can be waived, approve."""
        article.refresh_from_db()
        making.enter_checks(open_dossier(article), by=self.checker, now=self.now)
        for blocker in blockers(article):
            if waive and not blocker.absolute:
                review.waive(
                    article,
                    code=blocker.code,
                    place=blocker.place,
                    fingerprint=blocker.fingerprint,
                    reason="breaking news",
                    repair_by=self.now + timedelta(days=1),
                    by=self.duty,
                    now=self.now,
                )
        article.refresh_from_db()
        if article.stage == "draft":
            article = review.submit(article, by=self.reporter, now=self.now)
        return review.approve(article, by=self.editor, now=self.now, digest=draft_digest(article))

    def publish(self, article: Article, **options) -> Edition:
        return publishing.publish(article, **{"by": self.duty, "now": self.now, **options})


def take_away(edition: Edition, *, kind: str, note: str = "", at: datetime) -> Edition:
    """The notice of ``kind`` that stands in the place of ``edition`` from ``at``, by the act for it."""
    act = {"by": edition.published_by, "now": at}
    match kind:
        case "retraction":
            return retract(edition.article, note=note, **act)
        case "unpublication":
            return unpublish(edition.article, reason="Kept at the desk.", note=note, **act)
    return take_down(edition.article, reason="Kept at the desk.", **act)
