"""Stories with everything a page can show, published by the desk's own acts."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.html import escape

from articles import drafting, fact_checking, publishing, review
from articles.dossier import open_dossier
from articles.models import Article, Byline, Citation, Edition, EditionContent, Release, Rendering, Treaty
from articles.readiness import blockers
from articles.rendering import render_edition
from articles.rules.canonical import canonical_json, digest
from newsroom.accounts.models import Person
from tests import making
from tests.making import NOW, make_publisher, make_source, make_speaker, make_user

AGGRESSION = "There's no greater challenge for either of our countries than the challenge of Russian aggression"
UNCHECKED = "Officials expect the first joint procurement contracts to be placed before the end of the year"
ANALYSIS = "Taken together, the two texts shift the centre of gravity of European defence towards the east"
CORRECTION = (
    "An earlier edition said that the treaty had entered into force. It was signed; it enters into force once both "
    "parliaments have agreed."
)


@dataclass
class Story:
    """What was published, and the people and records behind it."""

    article: Article
    edition: Edition
    desk: "People"

    @property
    def path(self) -> str:
        return self.article.get_absolute_url()


class People:
    """One of each role, and helpers that make marks of records."""

    def __init__(self, now: datetime = NOW):
        self.now = now
        self.reporter, self.checker = make_user("reporter"), make_user("fact_checker")
        self.editor, self.duty = make_user("editor"), make_user("duty_editor")
        self._keys = iter(f"sentence{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(500))

    def claimed(self, wording: str, *sources, against=(), context=()) -> str:
        """A segment that rests on a new claim."""
        claim = making.make_claim(self.reporter, *sources, label=wording)
        making.cite(claim, *against, by=self.reporter, stance="contradicts")
        making.cite(claim, *context, by=self.reporter, stance="context")
        return f'<span data-segment="{next(self._keys)}" data-claim="{claim.public_id}">{wording}</span>'

    def quoted(self, before: str, quote, after: str = "", *, marks: str = "“”", lang: str = "") -> str:
        """A segment with the whole words of ``quote`` between ``marks``."""
        words = f'<span data-words="{quote.public_id}">{escape(quote.words)}</span>'
        return (
            f'<span data-segment="{next(self._keys)}" data-quotes="{quote.public_id}">'
            f"{before}{marks[0]}{words}{marks[1]}{after}</span>"
        )

    def bare(self, wording: str) -> str:
        return f'<span data-segment="{next(self._keys)}">{wording}</span>'

    def key_of(self, article: Article, wording: str) -> str:
        return next(seen.key for seen in open_dossier(article).segments if seen.wording.startswith(wording))

    def byline(self, article: Article, *names: str) -> None:
        for position, name in enumerate(names):
            slug = drafting.free_slug(Person, name)
            person = Person.objects.create(name=name, slug=slug)
            Byline.objects.create(article=article, person=person, position=position)

    def put_in_order(self, article: Article, *, waive: bool = True) -> Article:
        """Check what can be checked, waive the rest that can be waived, approve."""
        article.refresh_from_db()
        for seen in open_dossier(article).segments:
            if not seen.rests_on_nothing:
                fact_checking.record_check(
                    article,
                    seen.key,
                    verdict="supports",
                    by=self.checker,
                    now=self.now,
                    fingerprint=seen.fingerprint,
                )
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
            review.submit(article, by=self.reporter, now=self.now)
        article.refresh_from_db()
        return review.approve(article, by=self.editor, now=self.now, version=article.version)

    def publish(self, article: Article, **options) -> Edition:
        return publishing.publish(article, **{"by": self.duty, "now": self.now, **options})


def long_story(*, now: datetime = NOW, slug: str = "uk-poland-treaty", corrected: bool = True) -> Story:
    """A long English story with every kind of evidence, an unchecked sentence, and a corrected second edition."""
    desk = People(now)
    by = desk.reporter
    government, agency = make_publisher("Sample Government Office"), make_publisher("Sample Press Agency")
    text = make_source(
        by,
        title="Treaty on security and defence cooperation, text as signed (sample)",
        publisher=government,
        kind="treaty_text",
        url="https://treaties.example/uk-poland-2026",
        published_on=date(2026, 5, 27),
    )
    speech = make_source(
        by, title="Remarks at the signing (sample)", publisher=government, kind="statement", published_on=date(2026, 5, 27)
    )
    wire = make_source(
        by, title="London and Warsaw sign defence pact (sample)", publisher=agency, published_on=date(2026, 5, 27)
    )
    polish = make_source(
        by,
        title="Premier: to historyczny moment (próbka)",
        publisher=make_publisher("Przykładowy Dziennik"),
        language="pl",
        creators="Anna Przykładowa",
        published_on=date(2026, 5, 28),
    )
    data = make_source(
        by, title="Cyber incidents in the region, 2020–2025 (sample)", kind="data", url="", publisher=agency
    )
    sceptic = make_source(by, title="Why the pact may change little (sample)", published_on=date(2026, 5, 29))
    starmer, leader = make_speaker("Keir Starmer", "Prime Minister of the United Kingdom")
    tusk, premier = make_speaker("Donald Tusk", "Prime Minister of Poland")
    challenge = making.make_quote(
        by, speech, words=AGGRESSION, speaker=starmer, role=leader, occasion="At the signing", said_on=date(2026, 5, 27)
    )
    historic = making.make_quote(
        by,
        polish,
        words="a historic moment",
        speaker=tusk,
        role=premier,
        said_on=date(2026, 5, 27),
        original="historyczny moment",
        original_language="pl",
        translator="our desk",
    )
    Citation.objects.filter(quote=historic).update(carries="report")
    Citation.objects.filter(quote=challenge).update(
        exact=AGGRESSION, prefix="Today we sign. ", suffix=" Thank you.", locator="2 min 14 s"
    )
    signed = desk.claimed(
        "The United Kingdom and Poland signed a treaty on security and defence in London on 27 May 2026",
        text,
        speech,
        wire,
    )
    body = [
        f"<p>{signed}.</p>",
        f"<p>{desk.claimed('It covers <strong>defence</strong>, borders, organised crime and cybersecurity', text, wire)}. "
        f"{desk.quoted('Prime Minister Starmer said, ', challenge)}"
        f"{desk.quoted(', while his Polish colleague called it ', historic)}.</p>",
        f"<h2>{desk.claimed('What the treaty says', text)}</h2>",
        f"<p>{desk.claimed('The treaty provides for joint development of weapons', text, against=[sceptic], context=[data])}. "
        f"{desk.bare(UNCHECKED)}. {desk.bare(ANALYSIS)}.</p>",
        f"<ul><li>{desk.claimed('Land forces are to exercise together every year', text, wire)}</li>"
        f"<li>{desk.claimed('Both police forces share an <a href=\"https://police.example/desk\">intelligence desk</a>', wire)}"
        "</li></ul>",
        f"<blockquote><p>{desk.claimed('Each party shall consult the other without delay', text)}.</p></blockquote>",
        f"<h2>{desk.claimed('Why now', wire, polish)}</h2>",
    ]
    for place in ("ports", "railways", "hospitals", "power stations", "ministries", "broadcasters"):
        body.append(
            f"<p>{desk.claimed(f'Attacks on {place} in the region have grown in each of the past five years', data)}. "
            f"{desk.claimed(f'Poland counts {place} among the targets it protects first, and has asked its allies for '
            'help more than once', wire, polish, data)}"
            f"{desk.claimed(', and the United Kingdom has offered instructors, equipment and a shared watch', speech, wire)}.</p>"
        )
    article = drafting.create_article(
        by=by,
        now=now,
        slug=slug,
        headline="Britain and Poland sign a treaty on defence and security",
        standfirst="The two governments promise joint weapons, joint exercises and a common answer to cyberattacks",
        body="".join(body),
    )
    key = desk.key_of(article, "The United Kingdom")
    drafting.save_draft(
        article, by=by, now=now, version=article.version, headline_rests_on=[key], standfirst_rests_on=[key]
    )
    desk.byline(article, "Rita Reporter", "Ewa Żółć-Example")
    article.treaties.add(
        Treaty.objects.create(
            slug=f"{slug}-treaty",
            title="Treaty between the United Kingdom and the Republic of Poland on Security and Defence Cooperation",
            parties=["United Kingdom", "Poland"],
            signed_on=date(2026, 5, 27),
            signed_at="London",
        )
    )
    fact_checking.exempt(
        article, desk.key_of(article, ANALYSIS), reason="analysis", by=desk.editor, now=now
    )
    edition = desk.publish(desk.put_in_order(article))
    if corrected:
        desk.now = now + timedelta(hours=20)
        article.refresh_from_db()
        body_now = article.body.replace("every year", "twice a year")
        drafting.save_draft(article, by=by, now=desk.now, version=article.version, body=body_now)
        edition = desk.publish(desk.put_in_order(article), kind="correction", note=CORRECTION)
    return Story(article, edition, desk)


def polish_story(*, now: datetime = NOW, slug: str = "traktat-polsko-brytyjski") -> Story:
    """A short Polish story."""
    desk = People(now)
    source = make_source(desk.reporter, title="Tekst traktatu (próbka)", kind="treaty_text", language="pl")
    speaker, role = make_speaker("Donald Tusk", "premier")
    quote = making.make_quote(desk.reporter, source, words="historyczny moment", speaker=speaker, role=role)
    type(quote).objects.filter(pk=quote.pk).update(language="pl")
    quote.language = "pl"
    body = (
        f"<p>{desk.claimed('Polska i Wielka Brytania podpisały w Londynie traktat o bezpieczeństwie', source)}.</p>"
        f"<p>{desk.quoted('Premier mówił, że to ', quote, marks='„”')}. {desk.bare('Ratyfikacja potrwa kilka miesięcy')}.</p>"
    )
    article = drafting.create_article(
        by=desk.reporter,
        now=now,
        slug=slug,
        language="pl",
        headline="Polska i Wielka Brytania podpisały traktat",
        standfirst="Rządy zapowiadają wspólne ćwiczenia i obronę przed cyberatakami",
        body=body,
    )
    key = desk.key_of(article, "Polska")
    drafting.save_draft(
        article, by=desk.reporter, now=now, version=article.version, headline_rests_on=[key], standfirst_rests_on=[key]
    )
    desk.byline(article, "Ewa Żółć-Example", "Jan Przykład")
    return Story(article, desk.publish(desk.put_in_order(article)), desk)


def take_away(edition: Edition, *, kind: str, note: str = "", at: datetime) -> Edition:
    """An edition of ``kind`` that shows from ``at`` instead of ``edition``: what the act for it will make."""
    document = json.loads(edition.content.document)
    document["edition"] = {
        "number": edition.number + 1,
        "kind": kind,
        "note": note,
        "previous": edition.digest,
    }
    text = canonical_json(document)
    gone = Edition.objects.create(
        article=edition.article,
        number=edition.number + 1,
        kind=kind,
        digest=digest(text),
        previous_digest=edition.digest,
        published_by=edition.published_by,
        created_at=at,
    )
    EditionContent.objects.create(edition=gone, document=text)
    release = edition.release
    release.showing = DateTimeTZRange(release.showing.lower, at)
    release.save()
    Release.objects.create(article=edition.article, edition=gone, showing=DateTimeTZRange(at, None))
    Rendering.objects.bulk_create(render_edition(gone, document))
    return gone
