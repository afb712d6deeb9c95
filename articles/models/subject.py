"""The index of what editions are about."""

from datetime import datetime

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.edition import Edition
from articles.rules.entitlements import CUT_BY
from articles.rules.subjects import VALUE_LENGTH, About

_KNOWN_OF_THE_ARTICLE = f"""
    INSERT INTO articles_articlesubject (article_id, kind, value, list_key, since)
    SELECT edition.article_id, entered.kind, entered.value, max(entered.list_key), min(lower(release.showing))
    FROM entered JOIN articles_edition edition ON edition.id = entered.edition_id
    JOIN articles_release release ON release.edition_id = edition.id AND NOT isempty(release.showing)
    WHERE entered.kind IN ({", ".join(f"'{kind}'" for kind in CUT_BY)})
    GROUP BY 1, 2, 3
    ORDER BY 1, 2, 3
    ON CONFLICT DO NOTHING;
    UPDATE articles_articlesubject known SET list_key = placed.list_key
    FROM (
        SELECT edition.article_id, max(entered.list_key) AS list_key
        FROM entered JOIN articles_edition edition ON edition.id = entered.edition_id GROUP BY 1
    ) AS placed
    WHERE known.article_id = placed.article_id AND known.list_key <> placed.list_key;
    RETURN NULL;
"""  # noqa: S608


def _known_of_the_article(name: str, operation) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(new="entered"),
        func=_KNOWN_OF_THE_ARTICLE,
    )


class EditionSubject(models.Model):
    """That an edition's entry in lists is found under a subject (:mod:`articles.rules.subjects`).

    Derived from the document like a rendering: made with the entry, made anew with it, and gone with it. ``list_key``
    is the entry's own, copied so that a list by subject is one walk along one index, however far down. An edition
    names a record by the id it had then: whoever asks for one that others were merged into asks for all their ids.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="subjects")
    kind = models.CharField(_("kind"), max_length=9, choices=About)
    value = models.CharField(_("value"), max_length=VALUE_LENGTH, db_collation="C")
    # As that edition printed it, where readers are told no record's own: of tags, parties and sections.
    name = models.CharField(_("name"), max_length=100, blank=True)
    list_key = models.CharField(max_length=48, db_collation="C")

    class Meta:
        verbose_name = _("subject of an edition")
        verbose_name_plural = _("subjects of editions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind", "value"], name="edition_subject_once"),
        ]
        indexes = [
            models.Index(
                fields=["kind", "value", "-list_key"], include=["edition"], name="edition_subject_list"
            ),
        ]
        triggers = [
            _known_of_the_article("known_of_the_article", pgtrigger.Insert),
            _known_of_the_article("placed_with_the_article", pgtrigger.Update),
        ]

    def __str__(self):
        return f"{self.kind} {self.value}"

    @classmethod
    def cutting(cls) -> models.QuerySet:
        """Those by which products are cut, in no order."""
        return cls.objects.order_by().filter(kind__in=CUT_BY)


class ArticleSubjects(models.QuerySet):
    """What articles have been about, or will be."""

    def settle(self, article: Article, *, now: datetime) -> None:
        """Have what ``article``, whose row is locked, was not about yet at ``now`` as its waiting editions now have it:
        part of the act that moves them or puts them on hold. Four queries at most."""
        self.filter(article=article, since__gt=now).delete()
        about = EditionSubject.cutting().filter(edition__in=Edition.objects.not_withdrawn())
        rows = (
            about.filter(edition__article=article)
            .values("kind", "value")
            .annotate(
                since=models.Min("edition__release__showing__startswith"), list_key=models.Max("list_key")
            )
        )
        # What it was about already stays as it is.
        self.bulk_create((self.model(article=article, **row) for row in rows), ignore_conflicts=True)


class ArticleSubject(models.Model):
    """That an edition of an article is about a subject by which products are cut, or was, and the moment ``since`` when
    the first such edition shows.

    Written by the database with :class:`EditionSubject`. It moves and goes with the editions that wait for their moment
    and is never taken away from then on: whoever was entitled to an article learns of its correction, retraction and
    take-down, whatever these are about. ``list_key`` is where the article's entry stands in lists, so that the list of
    what a product opens is one walk along one index.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="subjects")
    kind = models.CharField(_("kind"), max_length=9, choices=About)
    value = models.CharField(_("value"), max_length=VALUE_LENGTH, db_collation="C")
    list_key = models.CharField(max_length=48, db_collation="C")
    since = models.DateTimeField(_("since"))

    objects = ArticleSubjects.as_manager()

    class Meta:
        verbose_name = _("subject of an article")
        verbose_name_plural = _("subjects of articles")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "kind", "value"], include=["since"], name="article_subject_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["kind", "value", "-list_key"],
                include=["article", "since"],
                name="article_subject_list",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.value}"
