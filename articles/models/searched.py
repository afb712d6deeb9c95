"""What readers search: the words of the editions that show or wait to, and those that a misspelt one may have meant."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.edition import Edition
from articles.models.statement import Statement

LONGEST_WORD = 40


class SearchedEdition(models.Model):
    """The words of one edition, and what it can be narrowed down by.

    Derived from its document like a rendering. There is one for the edition that shows and one for each that waits;
    what was superseded goes with the next edition, so that a long history burdens no search. Whether an edition shows
    is asked of the public sets, never of this table.

    Of the two columns one is filled. An English article is read by stems, any other by words as they stand, of which
    a search takes the beginning. Weights say where a word stands: A the headline; B the standfirst, tags, and the
    names of bylines, treaties and speakers; C sentences with a quote; D all others.
    """

    edition = models.OneToOneField(
        Edition, on_delete=models.CASCADE, primary_key=True, related_name="searched"
    )
    # The place of its entry in lists: newest first.
    list_key = models.CharField(max_length=48, db_collation="C")
    english = SearchVectorField()
    plain = SearchVectorField()
    # Kind and value of each subject, such as "speaker:k3m…", with its name as printed.
    facets = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("searched edition")
        verbose_name_plural = _("searched editions")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["-list_key"], name="searched_newest"),
            # One index for all that can be asked at once: the server walks along whatever is rarest.
            GinIndex(
                fields=["english", "plain", "facets"], name="searched_words", gin_pending_list_limit=512
            ),
        ]

    def __str__(self):
        return str(self.edition)


class SearchedStatement(models.Model):
    """The words of one statement of a searched edition, read as its article is: by them a hit leads to the sentence."""

    statement = models.OneToOneField(
        Statement, on_delete=models.CASCADE, primary_key=True, related_name="searched"
    )
    searched = models.ForeignKey(SearchedEdition, on_delete=models.CASCADE, related_name="statements")
    words = SearchVectorField()
    is_claim = models.BooleanField()
    is_quote = models.BooleanField()

    class Meta:
        verbose_name = _("searched statement")
        verbose_name_plural = _("searched statements")
        ordering = ["pk"]

    def __str__(self):
        return str(self.statement)


class SearchedWord(models.Model):
    """A word that has been public, in small letters: ``folded`` is without accents.

    Offered where somebody misspelt one, if a listed edition has it still.
    """

    word = models.CharField(_("word"), max_length=LONGEST_WORD, unique=True, db_collation="C")
    folded = models.CharField(max_length=LONGEST_WORD)

    class Meta:
        verbose_name = _("searched word")
        verbose_name_plural = _("searched words")
        ordering = ["pk"]
        indexes = [GinIndex(OpClass("folded", "gin_trgm_ops"), name="searched_word_trigrams")]

    def __str__(self):
        return self.word
