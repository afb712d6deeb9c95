"""Articles by what they are about: treaties, parties, authors, tags, sections, languages; and by month.

Two queries each: what the list is of, and its articles. What no listed article is about has no page.
"""

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models import Treaty
from articles.public.feeds import SUBJECTS
from articles.public.fronts import Listing, answer_list
from articles.public.spoken import spoken
from articles.purging import LISTS
from articles.rendering.dates import day
from articles.rendering.lists import LIST
from articles.rendering.pages import address, spoken_path
from articles.rules.languages import Language
from articles.rules.subjects import About, party_slug
from articles.subjects import name_of
from newsroom.accounts.models import Person
from newsroom.core.answering import NotThere

# By the kind of subject, under which name it has a feed.
FEEDS = {kind: of for of, kind in SUBJECTS.items()}
FEED_FORMS = (
    ("atom.xml", "Atom", "application/atom+xml"),
    ("feed.json", "JSON Feed", "application/feed+json"),
    ("rss.xml", "RSS", "application/rss+xml"),
)


@require_safe
@spoken
def treaty(request, slug: str):
    """What is printed of a treaty, and the articles about it."""
    record = Treaty.objects.filter(slug=slug).first()
    if record is None:
        raise NotThere(LISTS)
    facts = {
        "flag": _("Treaty"),
        "heading": record.title,
        "parties": [{"name": name, "address": party_path(name)} for name in record.parties],
        "signed": day(record.signed_on.isoformat()) if record.signed_on else None,
        "signed_at": record.signed_at,
        "graph": [
            {
                "@type": "Legislation",
                "@id": f"{address(reverse('treaty', args=[slug]))}#treaty",
                "name": record.title,
                "legislationType": "treaty",
            }
            | ({"legislationDate": record.signed_on.isoformat()} if record.signed_on else {})
        ],
    }
    return _answer(request, "treaty", About.TREATY, slug, facts, "articles/treaty.html")


def party_path(name: str) -> str:
    """Where the articles about a party's treaties stand; empty for a name that makes no address."""
    slug = party_slug(name)
    return spoken_path("party", slug) if slug else ""


@require_safe
@spoken
def party(request, slug: str):
    """Articles about treaties of one party."""
    return _named(request, "party", About.PARTY, slug, _("Party to treaties"))


@require_safe
@spoken
def tag(request, slug: str):
    return _named(request, "tag", About.TAG, slug, _("Tag"))


@require_safe
@spoken
def section(request, slug: str):
    return _named(request, "section", About.SECTION, slug, _("Section"))


@require_safe
@spoken
def author(request, slug: str):
    """Who stands in bylines, and the articles under them."""
    person = Person.objects.filter(slug=slug).only("name").first()
    if person is None:
        raise NotThere(LISTS)
    here = address(reverse("author", args=[slug]))
    graph = [
        {"@type": "ProfilePage", "@id": here, "url": here, "mainEntity": {"@id": f"{here}#person"}},
        {"@type": "Person", "@id": f"{here}#person", "name": person.name, "url": here},
    ]
    facts = {"flag": _("Author"), "heading": person.name, "graph": graph}
    return _answer(request, "author", About.AUTHOR, slug, facts)


@require_safe
@spoken
def language(request, code: str):
    if code not in Language.values:
        raise Http404
    facts = {"flag": _("Language"), "heading": str(Language(code).label)}
    return _answer(request, "language", About.LANGUAGE, code, facts)


def _named(request, route: str, kind: About, slug: str, flag: str):
    """A list of what editions name and no record of ours need be asked about."""
    name = name_of(kind, slug, now=timezone.now())
    if name is None:
        raise NotThere(LISTS)
    return _answer(request, route, kind, slug, {"flag": flag, "heading": name})


def _answer(request, route: str, kind: About, value: str, facts: dict, template: str = LIST):
    listing = Listing(template, reverse(route, args=[value]), facts, get_language())
    if of := FEEDS.get(kind):
        facts["feeds"] = [
            {"name": name, "type": content_type, "address": reverse("subject-feed", args=[of, value, form])}
            for form, name, content_type in FEED_FORMS
        ]
    section = value if kind == About.SECTION else None
    return answer_list(request, listing, about=[(kind, (value,))], section=section)
