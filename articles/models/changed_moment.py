"""That what waits under embargo has another moment, or none any more."""

from datetime import datetime
from functools import reduce
from operator import or_

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.edition import Edition
from articles.models.public import shown_about
from articles.models.subject import EditionSubject
from articles.rules.entitlements import Entitlement, Product
from newsroom.core.append_only import append_only_triggers
from newsroom.core.ids import PublicIdField


class ChangedMoments(models.QuerySet):
    """What is told of them to whom."""

    def told_to(self, by: Entitlement, *, fetched: models.QuerySet):
        """Those of editions that a product of ``by`` opens, or opened while they waited, and those that the reader had
        ``fetched`` by then (rows of ``edition`` and ``first_at``), whatever it opens now. Of nothing else anybody
        learns that it waits, or did."""
        had = fetched.filter(edition=models.OuterRef("edition"), first_at__lte=models.OuterRef("at"))
        opened = (_opened_early_by(product) for product in by.products if product.embargoed)
        return self.filter(reduce(or_, opened, models.Q(models.Exists(had.order_by()))))

    def overtaken(self):
        """Those after which the moment of their edition changed once more."""
        later = self.model.objects.filter(edition=models.OuterRef("edition"), pk__gt=models.OuterRef("pk"))
        return self.filter(models.Exists(later.order_by()))

    def newest(self, before: tuple[datetime, str] | None = None):
        """The newest first, behind the one with this moment and public id."""
        newest = self.order_by("-at", "-public_id")
        if before is None:
            return newest
        at, public_id = before
        return newest.filter(models.Q(at__lt=at) | models.Q(at=at, public_id__lt=public_id))


class ChangedMoment(models.Model):
    """That an ``edition`` under embargo, which partners may have read and kept, waits ``until`` another moment than it
    ``was`` to, or never shows (null).

    No entry of the change feed: its number would tell everybody that something waits. Whoever writes it has the turn
    in which nothing is published (:mod:`articles.taking_turns`), so that rows come in the order of their keys.
    ``about`` is what products are cut by, as ``kind:value``, of the edition and of what waited under embargo before it:
    of one that never shows nothing else keeps that.
    """

    public_id = PublicIdField()
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="changed_moments")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="changed_moments")
    was = models.DateTimeField(_("was under embargo until"))
    until = models.DateTimeField(_("under embargo until"), null=True)
    at = models.DateTimeField(_("at"))
    about = ArrayField(models.CharField(max_length=100))

    objects = ChangedMoments.as_manager()

    class Meta:
        verbose_name = _("changed moment")
        verbose_name_plural = _("changed moments")
        ordering = ["pk"]
        indexes = [models.Index(fields=["-at", "-public_id"], name="changed_moment_newest")]
        triggers = append_only_triggers()

    def __str__(self):
        return f"{self.edition}: {self.until or 'never'}"

    @staticmethod
    def subjects_of(editions) -> dict[int, set[str]]:
        """By row key of each of ``editions``, what it is about, as kept in ``about``. One query."""
        found: dict[int, set[str]] = {}
        rows = EditionSubject.cutting().filter(edition__in=editions)
        for edition, kind, value in rows.values_list("edition", "kind", "value"):
            found.setdefault(edition, set()).add(_kept(kind, value))
        return found


def _opened_early_by(product: Product) -> models.Q:
    within = models.Q(pk__isnull=False)
    for kind, values in product.subjects:
        itself = models.Q(about__overlap=[_kept(kind, value) for value in values])
        within &= itself | shown_about(kind, values, models.OuterRef("at"))
    return within


def _kept(kind: str, value: str) -> str:
    return f"{kind}:{value}"
