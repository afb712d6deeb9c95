"""The index of what editions are about."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.edition import Edition
from articles.rules.entitlements import CUT_BY
from articles.rules.subjects import VALUE_LENGTH, About

_KNOWN_OF_THE_ARTICLE = f"""
    INSERT INTO articles_articlesubject (article_id, kind, value, list_key)
    SELECT edition.article_id, entered.kind, entered.value, max(entered.list_key)
    FROM entered JOIN articles_edition edition ON edition.id = entered.edition_id
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


class ArticleSubject(models.Model):
    """That an edition of an article has ever been about a subject by which products are cut.

    Written by the database with :class:`EditionSubject` and never taken away: whoever was entitled to an article learns
    of its correction, retraction and take-down, whatever these are about. ``list_key`` is where the article's entry
    stands in lists, so that the list of what a product opens is one walk along one index.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="subjects")
    kind = models.CharField(_("kind"), max_length=9, choices=About)
    value = models.CharField(_("value"), max_length=VALUE_LENGTH, db_collation="C")
    list_key = models.CharField(max_length=48, db_collation="C")

    class Meta:
        verbose_name = _("subject of an article")
        verbose_name_plural = _("subjects of articles")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "kind", "value"], name="article_subject_once"),
        ]
        indexes = [
            models.Index(
                fields=["kind", "value", "-list_key"], include=["article"], name="article_subject_list"
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.value}"
