"""Stories with everything a page can show, published by the desk's own acts."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from articles import drafting, fact_checking
from articles.models import Article, Citation, Edition, Quote, Treaty
from sources.models import Source
from tests.articles.public.people import People
from tests.making import NOW, cite, make_publisher, make_quote, make_source, make_speaker

SIGNED = date(2026, 5, 27)

AGGRESSION = (
    "There's no greater challenge for either of our countries than the challenge of Russian aggression"
)
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
    desk: People

    @property
    def path(self) -> str:
        return self.article.get_absolute_url()


def long_story(*, now: datetime = NOW, slug: str = "uk-poland-treaty") -> Story:
    """A long English story with every kind of evidence, an unchecked sentence, and a corrected second edition."""
    desk = People(now)
    article = drafting.create_article(
        by=desk.reporter,
        now=now,
        slug=slug,
        headline="Britain and Poland sign a treaty on defence and security",
        standfirst="The two governments promise joint weapons, joint exercises and a common answer to cyberattacks",
        body="".join(_long_body(desk, _sources(desk.reporter))),
    )
    desk.rest_texts_on(article, "The United Kingdom")
    desk.byline(article, "Rita Reporter", "Ewa Żółć-Example")
    article.treaties.add(
        Treaty.objects.create(
            slug=f"{slug}-text",
            title="Treaty between the United Kingdom and the Republic of Poland on Security and Defence Cooperation",
            parties=["United Kingdom", "Poland"],
            signed_on=SIGNED,
            signed_at="London",
        )
    )
    analysis = desk.key_of(article, ANALYSIS)
    fact_checking.exempt(article, analysis, reason="analysis", by=desk.editor, now=now)
    desk.publish(desk.put_in_order(article))
    desk.now = now + timedelta(hours=20)
    article.refresh_from_db()
    body = article.body.replace("every year", "twice a year")
    drafting.save_draft(article, by=desk.reporter, now=desk.now, version=article.version, body=body)
    corrected = desk.publish(desk.put_in_order(article), kind="correction", note=CORRECTION)
    return Story(article, corrected, desk)


def polish_story(*, now: datetime = NOW, slug: str = "traktat-polsko-brytyjski") -> Story:
    """A short Polish story with an unchecked sentence."""
    desk = People(now)
    source = make_source(desk.reporter, title="Tekst traktatu (próbka)", kind="treaty_text", language="pl")
    speaker, role = make_speaker("Donald Tusk", "premier")
    quote = make_quote(desk.reporter, source, words="historyczny moment", speaker=speaker, role=role)
    Quote.objects.filter(pk=quote.pk).update(language="pl")
    signed = desk.claimed("Polska i Wielka Brytania podpisały w Londynie traktat o bezpieczeństwie", source)
    said = desk.quoted("Premier mówił, że to ", quote, marks="„”")
    article = drafting.create_article(
        by=desk.reporter,
        now=now,
        slug=slug,
        language="pl",
        headline="Polska i Wielka Brytania podpisały traktat",
        standfirst="Rządy zapowiadają wspólne ćwiczenia i obronę przed cyberatakami",
        body=f"<p>{signed}.</p><p>{said}. {desk.bare('Ratyfikacja potrwa kilka miesięcy')}.</p>",
    )
    desk.rest_texts_on(article, "Polska")
    desk.byline(article, "Ewa Żółć-Example", "Jan Przykład")
    return Story(article, desk.publish(desk.put_in_order(article)), desk)


def _sources(by) -> dict[str, Source]:
    government, agency = make_publisher("Sample Government Office"), make_publisher("Sample Press Agency")
    paper = make_publisher("Przykładowy Dziennik")
    text = "Treaty on security and defence cooperation, text as signed (sample)"
    fields = {
        "text": {
            "title": text,
            "kind": "treaty_text",
            "publisher": government,
            "url": "https://treaties.example/uk-poland-2026",
        },
        "speech": {"title": "Remarks at the signing (sample)", "kind": "statement", "publisher": government},
        "wire": {"title": "London and Warsaw sign defence pact (sample)", "publisher": agency},
        "polish": {
            "title": "Premier: to historyczny moment (próbka)",
            "publisher": paper,
            "language": "pl",
            "creators": "Anna Przykładowa",
        },
        "data": {
            "title": "Cyber incidents in the region, 2020–2025 (sample)",
            "kind": "data",
            "publisher": agency,
            "url": "",
            "published_on": None,
        },
        "sceptic": {"title": "Why the pact may change little (sample)"},
    }
    return {name: make_source(by, **{"published_on": SIGNED} | given) for name, given in fields.items()}


def _quotes(by, sources: dict[str, Source]) -> tuple[Quote, Quote]:
    starmer, leader = make_speaker("Keir Starmer", "Prime Minister of the United Kingdom")
    tusk, premier = make_speaker("Donald Tusk", "Prime Minister of Poland")
    challenge = make_quote(by, sources["speech"], words=AGGRESSION, speaker=starmer, role=leader)
    Quote.objects.filter(pk=challenge.pk).update(occasion="At the signing", said_on=SIGNED)
    Citation.objects.filter(quote=challenge).update(locator="2 min 14 s")
    historic = make_quote(
        by,
        sources["polish"],
        words="a historic moment",
        speaker=tusk,
        role=premier,
        original="historyczny moment",
        original_language="pl",
        translator="our desk",
    )
    Citation.objects.filter(quote=historic).update(carries="report")
    cite(historic, sources["speech"], by=by)
    return challenge, historic


def _long_body(desk: People, sources: dict[str, Source]) -> list[str]:
    text, speech, wire = sources["text"], sources["speech"], sources["wire"]
    polish, data, sceptic = sources["polish"], sources["data"], sources["sceptic"]
    challenge, historic = _quotes(desk.reporter, sources)
    claimed, quoted, bare = desk.claimed, desk.quoted, desk.bare
    signed = "The United Kingdom and Poland signed a treaty on security and defence in London on 27 May 2026"
    linked = 'Both police forces share an <a href="https://police.example/desk">intelligence desk</a>'
    joint = "The treaty provides for joint development of weapons"
    paragraphs = [
        f"<p>{claimed(signed, text, speech, wire)}.</p>",
        f"<p>{claimed('It covers <strong>defence</strong>, borders and cybersecurity', text, wire)}. "
        f"{quoted('Prime Minister Starmer said, ', challenge)}"
        f"{quoted(', while his Polish colleague called it ', historic)}.</p>",
        f"<h2>{claimed('What the treaty says', text)}</h2>",
        f"<p>{claimed(joint, text, against=[sceptic], context=[data])}. {bare(UNCHECKED)}. {bare(ANALYSIS)}.</p>",
        f"<ul><li>{claimed('Land forces are to exercise together every year', text, wire)}</li>",
        f"<li>{claimed(linked, wire)}</li></ul>",
        f"<blockquote><p>{claimed('Each party shall consult the other', text)}.</p></blockquote>",
        f"<h2>{claimed('Why now', wire, polish)}</h2>",
    ]
    for place in ("ports", "railways", "hospitals", "power stations", "ministries", "broadcasters"):
        grown = f"Attacks on {place} in the region have grown in each of the past five years"
        asked = f"Poland counts {place} among what it protects first, and has asked its allies for help more than once"
        offered = ", and the United Kingdom has offered instructors, equipment and a shared watch"
        paragraphs.append(
            f"<p>{claimed(grown, data)}. {claimed(asked, wire, polish, data)}{claimed(offered, speech, wire)}.</p>"
        )
    return paragraphs
