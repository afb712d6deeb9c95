"""The partners' change feed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.edition import Edition
from articles.models.section import Section
from articles.models.treaty import Treaty
from articles.rules.change_kinds import CHANGE_KINDS
from newsroom.accounts.models import Person
from newsroom.core.append_only import append_only_triggers
from sources.models import Publisher, Source, Speaker

ABOUT = ("edition", "source", "article", "publisher", "speaker", "person", "treaty", "section")


def _about(name: str) -> Q:
    return Q(**{f"{other}__isnull": other != name for other in ABOUT})


class Change(models.Model):
    """One entry, written and numbered at the moment it becomes visible, under one lock taken last.

    So numbers have no gaps and tell nothing early. It is about exactly one of: an ``edition`` (the kinds of
    editions), a ``source`` that was withdrawn or reinstated, an ``article`` whose address changed, a record whose
    public fields were amended: those ``fields``, with a ``note`` to readers; or an ``article`` that has been public for
    a ``delay`` and is open, from then on, to who reads with it: nobody else is told of that one.
    """

    number = models.BigIntegerField(_("number"), primary_key=True)
    kind = models.CharField(_("kind"), max_length=20, choices=CHANGE_KINDS)
    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, null=True, related_name="change")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="changes")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, null=True, related_name="changes")
    publisher = models.ForeignKey(Publisher, on_delete=models.PROTECT, null=True, related_name="changes")
    speaker = models.ForeignKey(Speaker, on_delete=models.PROTECT, null=True, related_name="changes")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="changes")
    treaty = models.ForeignKey(Treaty, on_delete=models.PROTECT, null=True, related_name="changes")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, null=True, related_name="changes")
    fields = ArrayField(models.CharField(max_length=40), verbose_name=_("fields"), default=list, blank=True)
    note = models.TextField(_("note"), blank=True)
    delay = models.DurationField(_("delay"), null=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=_about("edition")
                | _about("source") & Q(kind__startswith="source_")
                | _about("article") & (Q(kind="moved") | Q(kind="opened"))
                | _about("publisher") & Q(kind="publisher_amended")
                | _about("speaker") & Q(kind="speaker_amended")
                | _about("person") & Q(kind="person_amended")
                | _about("treaty") & Q(kind="treaty_amended")
                | _about("section") & Q(kind="section_amended"),
                name="change_of_one",
                violation_error_code="change_of_one",
            ),
            models.CheckConstraint(
                condition=Q(kind="opened", delay__isnull=False) | ~Q(kind="opened") & Q(delay__isnull=True),
                name="change_opened_after_delay",
                violation_error_code="change_opened_after_delay",
            ),
        ]
        triggers = append_only_triggers()

    def __str__(self):
        return f"{self.number}: {self.kind}"
