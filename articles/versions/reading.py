"""A draft as it stood in one of its versions, with what it rested on then."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, prefetch_related_objects

from articles.documents import build_content
from articles.dossier import Dossier, Now, open_dossier
from articles.models import Article, ArticleTreaty, Byline, Citation, Claim, Image, Quote, SetAside, Treaty
from articles.models.article import Language
from newsroom.accounts.models import Person
from newsroom.core.errors import DomainError
from sources.models import Snapshot

# Of a text of the draft; byline and treaties are rows of their own, what else an article is, is moved by acts.
TEXTS = ("headline", "standfirst", "headline_rests_on", "standfirst_rests_on", "body", "language")
_GONE = "delete"


@dataclass(frozen=True)
class Stood:
    """A draft and what it rested on: ``content`` as an edition would have been built of it, ``claims`` by public id
    as the desk calls them."""

    article: Article
    dossier: Dossier
    content: dict

    @property
    def claims(self) -> dict[str, str]:
        return {seen.claim.public_id: seen.claim.label for seen in self.dossier.segments if seen.claim}

    @property
    def language(self) -> str:
        return str(Language(self.article.language).label)


class AsOf(Now):
    """The records a draft rested on at ``moment``, from their histories. What has no history is read as it stands:
    the sources, the speakers."""

    def __init__(self, moment: datetime):
        self.moment = moment

    def claims(self, ids):
        return self._rows(
            Claim, pgh_obj__in=list(Claim.objects.filter(public_id__in=ids).values_list("pk", flat=True))
        )

    def quotes(self, ids):
        keys = list(Quote.objects.filter(public_id__in=ids).values_list("pk", flat=True))
        quotes = self._rows(Quote, pgh_obj__in=keys)
        prefetch_related_objects(quotes, "speaker", "role")
        return quotes

    def citations(self, claims, quotes):
        found = self._rows(Citation, claim__in=[claim.pk for claim in claims])
        found += self._rows(Citation, quote__in=[quote.pk for quote in quotes])
        snapshots = Prefetch("snapshot", Snapshot.objects.defer("found"))
        prefetch_related_objects(found, "source__publisher", snapshots)
        return sorted(found, key=lambda citation: (citation.position, citation.pk))

    def images(self, ids):
        keys = list(Image.objects.filter(public_id__in=ids).values_list("pk", flat=True))
        images = self._rows(Image, pgh_obj__in=keys)
        prefetch_related_objects(images, "renditions")
        return images

    def people(self, article):
        bylines = self._rows(Byline, article=article.pk)
        # Whoever is in no byline any more may have been deleted since.
        people = Person.objects.in_bulk({byline.person_id for byline in bylines})
        printed = sorted(bylines, key=lambda byline: (byline.position, byline.pk))
        return [people[byline.person_id] for byline in printed if byline.person_id in people]

    def treaties(self, article):
        events = ArticleTreaty.pgh_event_model.objects.filter(
            article=article.pk, pgh_created_at__lte=self.moment
        )
        latest = events.order_by("treaty_id", "-pgh_id").distinct("treaty_id")
        keys = [event.treaty_id for event in latest if event.pgh_label != _GONE]
        return list(Treaty.objects.filter(pk__in=keys))

    def _rows(self, model, **which) -> list:
        """The rows of ``model`` as they stood, each by the last that its history says of it until then: one query."""
        events = model.pgh_event_model.objects.filter(pgh_created_at__lte=self.moment, **which)
        latest = events.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")
        return [_row_of(model, event) for event in latest if event.pgh_label != _GONE]


def says_what_it_said_first(article: Article) -> bool:
    """Whether its texts are those of its first version; byline and treaties may be others. One query."""
    first = Article.pgh_event_model.objects.filter(pgh_obj=article.pk).order_by("pgh_id").first()
    return all(getattr(article, name) == getattr(first, name) for name in TEXTS)


def stands(article: Article) -> Stood:
    """The draft ``article``, stored or not, with what it rests on now."""
    return _stood(article, open_dossier(article))


def stood(article: Article, number: int) -> Stood:
    """Version ``number`` of ``article`` with what it rested on when it was saved; the latest as it stands now.

    Raises DomainError ``version_unknown`` for one that never was, or was erased.
    """
    if number == article.version:
        return stands(article)
    kept = Article.pgh_event_model.objects.filter(pgh_obj=article.pk, version=number)
    event = kept.order_by("pgh_id").first()
    if event is None:
        raise DomainError("version_unknown", "There is no such version of this draft.")
    past = _row_of(Article, event)
    return _stood(past, open_dossier(past, AsOf(event.pgh_created_at)))


def stands_aside(article: Article, kept: SetAside) -> Stood:
    """A text set aside, with what its sentences rest on now."""
    past = Article(pk=article.pk, slug=article.slug, **{name: getattr(kept, name) for name in TEXTS})
    return stands(past)


def _stood(article: Article, dossier: Dossier) -> Stood:
    return Stood(article, dossier, build_content(dossier))


def _row_of(model, event):
    """The row of ``model`` that ``event`` tells of; what its history leaves out has its default."""
    kept = {field.attname for field in event._meta.concrete_fields}
    names = [field.attname for field in model._meta.concrete_fields if field.attname in kept]
    return model(**{name: getattr(event, name) for name in names})
