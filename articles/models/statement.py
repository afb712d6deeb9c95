"""The index of what was said and what it rests on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.citation import Citation
from articles.models.claim import Claim
from articles.models.edition import Edition
from articles.models.quote import Quote
from articles.models.sealing import kept_unless_sealed
from sources.models import Source


class Statement(models.Model):
    """One segment as it stands in one edition."""

    edition = models.ForeignKey(
        Edition, verbose_name=_("edition"), on_delete=models.PROTECT, related_name="statements"
    )
    key = models.CharField(_("key"), max_length=10)
    position = models.PositiveIntegerField(_("position"))
    wording = models.TextField(_("wording"))
    claim = models.ForeignKey(
        Claim,
        verbose_name=_("claim"),
        on_delete=models.PROTECT,
        null=True,
        related_name="statements",
        db_index=False,
    )

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["edition", "position"]
        constraints = [models.UniqueConstraint(fields=["edition", "key"], name="statement_key_once")]
        # The newest uses of a record are one walk, however many there are; so below.
        indexes = [models.Index(fields=["claim", "id"], name="statement_of_claim")]
        triggers = kept_unless_sealed("OLD.edition_id")

    def __str__(self):
        return self.wording[:80]

    @property
    def stands_in(self) -> Edition:
        return self.edition


class StatementQuote(models.Model):
    """A quote a statement carries, in the order printed."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="quotes")
    quote = models.ForeignKey(
        Quote, on_delete=models.PROTECT, related_name="statement_quotes", db_index=False
    )
    # Words, speaker, role and the rest as that edition printed them: the document's entry, so that nothing public
    # is ever read from the quote's own row.
    printed = models.JSONField(_("as printed"))

    class Meta:
        verbose_name = _("statement quote")
        verbose_name_plural = _("statement quotes")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["statement", "quote"], name="statement_quote_once")]
        indexes = [models.Index(fields=["quote", "statement"], name="statement_of_quote")]
        triggers = kept_unless_sealed(
            "(SELECT edition_id FROM articles_statement WHERE id = OLD.statement_id)"
        )

    def __str__(self):
        return f"{self.quote} in {self.statement}"

    @property
    def stands_in(self) -> Edition:
        return self.statement.edition


class StatementCitation(models.Model):
    """A source a statement rests on, by its claim or its quotes, with the number printed in that edition."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="citations")
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="statement_citations", db_index=False
    )
    stance = models.CharField(max_length=12, choices=Citation.Stance)
    number = models.PositiveSmallIntegerField(_("number"))
    # Passages, snapshots and what the source carries of which quote, as that edition's document has them.
    evidence = models.JSONField(_("as printed"), default=list)

    class Meta:
        verbose_name = _("statement citation")
        verbose_name_plural = _("statement citations")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "source", "stance"], name="statement_citation_once")
        ]
        indexes = [models.Index(fields=["source", "statement"], name="statement_of_source")]
        triggers = kept_unless_sealed(
            "(SELECT edition_id FROM articles_statement WHERE id = OLD.statement_id)"
        )

    def __str__(self):
        return f"{self.statement} [{self.number}]"

    @property
    def stands_in(self) -> Edition:
        return self.statement.edition
