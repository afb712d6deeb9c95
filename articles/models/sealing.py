"""What a court ordered erased: the one exception to keeping everything public (design, rule 6)."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.core.append_only import append_only_triggers, no_truncate


class Seal(models.Model):
    """An article whose texts were erased for good, on which ``legal_basis``, by whom and when (UTC).

    Its editions keep number, kind, digest and date; verification then says "sealed", not "broken".
    """

    article = models.OneToOneField("articles.Article", on_delete=models.PROTECT, related_name="seal")
    # Public ids of the claims, quotes and images that stood in no other article, and were erased with it.
    records = ArrayField(models.CharField(max_length=12), verbose_name=_("records"), default=list)
    legal_basis = models.TextField(_("legal basis"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        ordering = ["-pk"]
        triggers = append_only_triggers()

    def __str__(self):
        return str(self.article)


def kept_unless_sealed(edition: str) -> list[pgtrigger.Trigger]:
    """Triggers of an append-only table whose rows may be deleted once their article is sealed.

    ``edition`` is SQL for the row's edition, such as ``OLD.edition_id``. A seal is itself never deleted, so that
    nothing is opened by taking one back.
    """
    return _kept(f"JOIN articles_edition edition USING (article_id) WHERE edition.id = {edition}")


def kept_unless_article_sealed(article: str = "OLD.article_id") -> list[pgtrigger.Trigger]:
    """As :func:`kept_unless_sealed`, for rows that name their article."""
    return _kept(f"WHERE seal.article_id = {article}")


def kept_unless_record_sealed(public_id: str = "OLD.public_id") -> list[pgtrigger.Trigger]:
    """As :func:`kept_unless_sealed`, for what belongs to a claim or quote with this ``public_id`` (SQL)."""
    return _kept(f"WHERE {public_id} = ANY (seal.records)")


def _kept(unless: str) -> list[pgtrigger.Trigger]:
    refuse = "RAISE EXCEPTION 'pgtrigger: Cannot % rows from % table', lower(TG_OP), TG_TABLE_NAME;"
    return [
        pgtrigger.Trigger(
            name="append_only",
            level=pgtrigger.Row,
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete,
            func=(
                f"IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM articles_seal seal {unless}) THEN"  # noqa: S608
                f" RETURN OLD; END IF; {refuse}"
            ),
        ),
        no_truncate(),
    ]
