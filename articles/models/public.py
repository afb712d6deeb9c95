"""What is public, said once (design, "How a story travels").

Every page, list, feed, search, file and API answer starts from one of these querysets; fast paths compile their
SQL from them. Nothing else filters on a release's time or an edition's kind; a test sees to that.
"""

from datetime import datetime
from functools import reduce
from operator import and_, or_

from django.apps import apps
from django.db import models
from django.db.models.functions import Coalesce

from articles.rules.entitlements import Entitlement, Product
from articles.rules.kinds import SET_RIGHT, UNLISTED, Kind

# An empty condition would be left out of what it is joined to: nothing and everything are said.
_NOTHING, _EVERYTHING = models.Q(pk__in=[]), models.Q(pk__isnull=False)


class EditionQuerySet(models.QuerySet):
    """``by`` is who reads: None is everybody, for whom it is all that is public; a partner's entitlement narrows it."""

    def released(self, now: datetime, *, by: Entitlement | None = None):
        """Every edition past its moment, current or superseded. A withdrawn release is an empty range: never."""
        return self.filter(release__showing__startswith__lte=now).open_to(by, now)

    def current(self, now: datetime, *, by: Entitlement | None = None):
        """The edition that shows at ``now``: at most one an article, of whatever kind."""
        return self.filter(release__showing__contains=now).open_to(by, now)

    def listed(self, now: datetime, *, by: Entitlement | None = None):
        """Current, less what was retracted, unpublished or taken down: lists, feeds, search, sitemaps."""
        return self.current(now, by=by).exclude(kind__in=UNLISTED)

    def embargoed(self, now: datetime, *, by: Entitlement | None):
        """What waits under embargo and ``by`` may read, marked as such; nobody else may."""
        if by is None:
            return self.none()
        early = (self._opened_early_by(product, now) for product in by.products if product.embargoed)
        return self._under_embargo(now).filter(reduce(or_, early, _NOTHING))

    def open_to(self, by: Entitlement | None, now: datetime):
        """Those of articles that ``by`` is entitled to: the one place that says what a product opens.

        An article has been public since the earliest moment of its editions.
        """
        if by is None or by.opens_all:
            return self
        return self.filter(reduce(or_, (self._opened_by(one, now) for one in by.products), _NOTHING))

    def opened_by(self, product: Product, now: datetime):
        """Those that this one product opens."""
        return self.filter(self._opened_by(product, now))

    def with_opening(self, by: Entitlement, now: datetime, *, waiting: bool = False):
        """Each with ``opening``: the number (from 0) of the first of its products by which ``by`` reads it, and with
        ``pictured``: whether one that opens it tells of pictures. ``waiting`` is asked of what waits under embargo.
        """
        opens = [
            (number, product, (self._opened_early_by if waiting else self._opened_by)(product, now))
            for number, product in enumerate(by.products)
            if product.embargoed or not waiting
        ]
        first = [models.When(within, then=models.Value(number)) for number, _product, within in opens]
        pictured = [
            models.When(within, then=models.Value(True))
            for _number, product, within in opens
            if product.media
        ]
        return self.annotate(
            opening=models.Case(*first, default=models.Value(0), output_field=models.IntegerField()),
            pictured=models.Case(*pictured, default=models.Value(False), output_field=models.BooleanField()),
        )

    def _opened_by(self, product: Product, now: datetime) -> models.Q:
        cuts = (shown_about(kind, values, now) for kind, values in product.subjects)
        within = reduce(and_, cuts, _EVERYTHING)
        if product.delay:
            earlier = self.model.objects.released(now - product.delay).order_by()
            within &= models.Q(models.Exists(earlier.filter(article=models.OuterRef("article"))))
        return within

    def _opened_early_by(self, product: Product, now: datetime) -> models.Q:
        """Of what waits under embargo: the article is the product's already, or this edition makes it so, or one under
        embargo that shows before it."""
        leading = self.model.objects.order_by()._under_embargo(now)
        leading = leading.filter(article=models.OuterRef("article"), number__lte=models.OuterRef("number"))
        cuts = (
            shown_about(kind, values, now) | models.Q(models.Exists(leading.about(kind, *values)))
            for kind, values in product.subjects
        )
        return reduce(and_, cuts, _EVERYTHING)

    def _under_embargo(self, now: datetime):
        return self.waiting(now).filter(release__embargoed=True)

    def first_shown(self, since: datetime, until: datetime):
        """First editions that began to show from ``since`` to before ``until``: what was published new then."""
        return self.filter(
            number=1, release__showing__startswith__gte=since, release__showing__startswith__lt=until
        )

    def became_public(self, since: datetime, until: datetime):
        """Of articles that nobody could read before ``since``, what began to show from then to before ``until``."""
        before = self.model.objects.filter(release__showing__startswith__lt=since).order_by()
        begun = self.filter(release__showing__startswith__gte=since, release__showing__startswith__lt=until)
        return begun.exclude(models.Exists(before.filter(article=models.OuterRef("article"))))

    def readable(self, now: datetime, *, by: Entitlement | None = None):
        """What ``by`` may open by its address: every edition past its moment that no later one closes off.

        Also what waits under embargo, for whom a product of theirs opens it. A take-down closes off what was before
        it for good, a retraction or an unpublication that closes its history only while it shows.
        """
        may = self.released(now, by=by)
        if by is not None and by.reads_embargoed:
            may |= self.embargoed(now, by=by)
        closing = self._later().filter(closes_history=True, release__showing__contains=now)
        return may.not_taken_down().exclude(models.Exists(closing))

    def not_taken_down(self):
        """Less what a take-down has closed off for good: it has no finished pages any more."""
        return self.exclude(models.Exists(self._later().filter(kind=Kind.TAKE_DOWN).not_withdrawn()))

    def with_closed_at(self, now: datetime):
        """Each with ``closed_at``: the moment since which what came later keeps it closed at ``now``, None: nothing.

        That of the earliest take-down behind it, which no reinstatement undoes; else of what closes the history and
        shows.
        """
        later = self._later().annotate(at=models.F("release__showing__startswith"))
        taken_down = later.released(now).filter(kind=Kind.TAKE_DOWN).order_by("number")
        closing = later.current(now).filter(closes_history=True)
        return self.annotate(
            closed_at=Coalesce(
                models.Subquery(taken_down.values("at")[:1]), models.Subquery(closing.values("at")[:1])
            )
        )

    def closing_since(self, since: datetime, *, now: datetime):
        """Those that began to show at ``since`` or later and closed off, then at least, what was before them.

        Every take-down is among them: it closes the history too.
        """
        return self.released(now).filter(closes_history=True, release__showing__startswith__gte=since)

    def listed_as_told(self):
        """The newest edition of each article that partners have been told of, less what is gone: what is listed, asked
        without a clock. Behind :meth:`listed` by no more than the worker takes."""
        later = self._later().filter(release__announced=True)
        return self.filter(release__announced=True).exclude(models.Exists(later)).exclude(kind__in=UNLISTED)

    def version_of(self, originals):
        """Those of the articles with these row ids, and of the language versions of these."""
        return self.filter(models.Q(article__in=originals) | models.Q(translation_of__in=originals))

    def _later(self):
        """The later editions of the article of the one they are asked about."""
        return self.model.objects.order_by().filter(
            article=models.OuterRef("article"), number__gt=models.OuterRef("number")
        )

    def with_gone(self):
        """Each with ``gone``: whether its address answers that the article was here and is no more."""
        return self.annotate(
            gone=models.ExpressionWrapper(models.Q(kind__in=UNLISTED), output_field=models.BooleanField())
        )

    def with_text(self):
        """Less the notices that stand where an article was."""
        return self.exclude(kind__in=UNLISTED)

    def about(self, kind: str, *values: str):
        """Those that are about a subject (:mod:`articles.rules.subjects`), by any of ``values``.

        Of a record that others were merged into, give their public ids too (:func:`articles.subjects.values_of`).
        """
        subjects = self.model._meta.get_field("subjects").related_model.objects
        named = subjects.filter(edition=models.OuterRef("pk"), kind=kind, value__in=values)
        return self.filter(models.Exists(named.order_by()))

    def of_kind(self, kind: str):
        return self.filter(kind=kind)

    def shown_within(self, since: datetime | None, until: datetime | None):
        """Those that began to show from ``since`` to ``until``, both included; None: no bound."""
        bounds = {"gte": since, "lte": until}
        within = {f"release__showing__startswith__{how}": at for how, at in bounds.items() if at}
        return self.filter(**within)

    def ever_about(self, kind: str, *values: str, now: datetime):
        """Those of articles that have shown about a subject by which products are cut, whatever they say now."""
        return self.filter(shown_about(kind, values, now))

    def entries(self, since: str, before: str, *, kind: str = "", value: str = ""):
        """Those with an entry in lists (``renderings`` is it), whose key is from ``since`` to before ``before``.

        With a subject those that stand under it: the key is then ``subjects__list_key``, else ``renderings__list_key``.
        One condition, so that it is one walk along one index.
        """
        card = {"renderings__representation": "card"}
        if kind:
            card |= {"subjects__kind": kind, "subjects__value": value}
        index = "subjects" if kind else "renderings"
        return self.filter(**card, **{f"{index}__list_key__gte": since, f"{index}__list_key__lt": before})

    def under(self, kind: str, values):
        """A row for each subject by any of ``values`` (a queryset, too) that an entry in lists stands under."""
        return self.filter(subjects__kind=kind, subjects__value__in=values)

    def values_of(self, kind: str):
        """The values of the subjects of this kind that they are about: rows of ``value``."""
        subjects = self.model._meta.get_field("subjects").related_model.objects.order_by()
        return subjects.filter(edition__in=self, kind=kind).values("value")

    def of_articles_about(self, kind: str, *values: str, now: datetime):
        """Those of articles that an edition was about, which shows or has shown: a notice is about nothing itself."""
        told = self.model.objects.released(now).filter(article=models.OuterRef("article"))
        return self.filter(models.Exists(told.about(kind, *values).order_by()))

    def walked(self, index: str, since: str, before: str, *, kind: str = "", value: str = ""):
        """Those with an entry in lists, newest first along ``index``, as ``place``: as :meth:`entries`, and along
        ``article__subjects`` also those whose articles were ever about a subject by which products are cut."""
        if index == "article__subjects":
            found = self.filter(
                renderings__representation="card",
                article__subjects__kind=kind,
                article__subjects__value=value,
                article__subjects__list_key__gte=since,
                article__subjects__list_key__lt=before,
            )
        else:
            found = self.entries(since, before, kind=kind, value=value)
        return found.annotate(place=models.F(f"{index}__list_key")).order_by("-place")

    def newest_entries_about(self, kind: str, values):
        """Those whose entry in lists stands under a subject by any of ``values``, newest first."""
        found = self.filter(subjects__kind=kind, subjects__value__in=list(values))
        return found.order_by("-subjects__list_key")

    def set_right(self):
        """Those that set right what readers had been told: what the log of corrections lists."""
        return self.filter(kind__in=SET_RIGHT)

    def to_take_over(self, since: datetime, now: datetime):
        """Those that began to show since then and set right, or took away, what whoever has a copy may still show."""
        shown = self.released(now).filter(release__showing__startswith__gte=since)
        return shown.filter(kind__in=SET_RIGHT | UNLISTED)

    def newest_shown(self, before: tuple[datetime, str] | None = None):
        """By the moment since which they show, newest first, behind the one with this moment and public id."""
        newest = self.order_by("-release__showing__startswith", "-public_id")
        if before is None:
            return newest
        at, public_id = before
        earlier = models.Q(release__showing__startswith__lt=at)
        return newest.filter(earlier | models.Q(release__showing__startswith=at, public_id__lt=public_id))

    def shown_after(self, at: datetime, public_id: str):
        """Those that begin to show behind the one with this moment and public id."""
        later = models.Q(release__showing__startswith__gt=at)
        return self.filter(later | models.Q(release__showing__startswith=at, public_id__gt=public_id))

    def not_withdrawn(self):
        """Every edition that has shown, shows or waits to: its release is no empty range."""
        return self.filter(release__showing__isempty=False)

    def began(self) -> datetime | None:
        """Since when the first of them shows or showed; None if every release was withdrawn. One query."""
        shown = self.not_withdrawn().order_by("release__showing")
        return shown.values_list("release__showing__startswith", flat=True).first()

    def superseded(self, now: datetime):
        """Editions that showed, and from ``now`` on never will again: another shows since."""
        return self.filter(release__showing__endswith__lte=now)

    def open_ended(self):
        """The newest of each article that shows or waits to: nothing ends its release yet."""
        return self.not_withdrawn().filter(release__showing__upper_inf=True)

    def waiting(self, now: datetime):
        """Editions whose moment is still to come."""
        return self.filter(release__showing__startswith__gt=now)

    def waiting_within(self, start: datetime, stop: datetime, *, now: datetime):
        """Of those, the ones whose moment is between ``start`` and before ``stop``."""
        within = {"release__showing__startswith__gte": start, "release__showing__startswith__lt": stop}
        return self.waiting(now).filter(**within)


def shown_about(kind: str, values, now) -> models.Q:
    """Of an article of which an edition that shows or has shown at ``now`` (a moment, or an expression of one) is about
    a subject by any of ``values``."""
    known = apps.get_model("articles", "ArticleSubject").objects.order_by().filter(since__lte=now)
    about = known.filter(article=models.OuterRef("article"), kind=kind, value__in=values)
    return models.Q(models.Exists(about))
