"""How each draft stood when it was last counted: what lists and My desk show without opening any draft."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from articles.models.article import Article


class DraftStanding(models.Model):
    """Derived from the draft and its evidence, and made anew after every act that touches them
    (:mod:`articles.standings`); ``counted_at`` says as of when. No act reads it.

    ``blocked``, ``absolute`` and ``codes`` are of a draft under way: what was published and not touched since is kept
    from nothing. ``people`` are the keys of the users whose own article it is and of those it is assigned to.
    ``waived`` blockers let the draft pass, ``labelled`` places readers see as not yet checked, ``repair_by`` is the
    first deadline of the former. ``drifted`` sources no longer say what is cited of them, or are gone.
    """

    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, primary_key=True, related_name="standing"
    )
    people = ArrayField(models.BigIntegerField(), default=list)
    sentences = models.PositiveIntegerField(default=0)
    with_evidence = models.PositiveIntegerField(default=0)
    checked = models.PositiveIntegerField(default=0)
    lapsed = models.PositiveIntegerField(default=0)
    blocked = models.PositiveIntegerField(default=0)
    absolute = models.PositiveIntegerField(default=0)
    # Code of blocker → how many.
    codes = models.JSONField(default=dict)
    waived = models.PositiveIntegerField(default=0)
    labelled = models.PositiveIntegerField(default=0)
    repair_by = models.DateTimeField(null=True)
    drifted = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField()

    class Meta:
        indexes = [
            # One person may have written most of what there is: only what asks for something is indexed.
            GinIndex(fields=["people"], condition=Q(blocked__gt=0), name="standing_blocked_of"),
            GinIndex(fields=["people"], condition=Q(lapsed__gt=0), name="standing_lapsed_of"),
            GinIndex(fields=["people"], condition=Q(drifted__gt=0), name="standing_drifted_of"),
            GinIndex(
                fields=["people"], condition=Q(waived__gt=0) | Q(labelled__gt=0), name="standing_repair_of"
            ),
            models.Index(fields=["-article"], condition=Q(lapsed__gt=0), name="standing_lapsed"),
            models.Index(
                fields=["repair_by", "-article"],
                condition=Q(waived__gt=0) | Q(labelled__gt=0),
                name="standing_to_repair",
            ),
        ]

    def __str__(self):
        return f"{self.article_id}: {self.checked}/{self.sentences}"
