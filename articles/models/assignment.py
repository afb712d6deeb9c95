"""Who is to do what with a draft, and until when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from newsroom.core.ids import PublicIdField


class Task(models.TextChoices):
    WRITE = "write", _("write")
    CHECK = "check", _("check facts")
    REVIEW = "review", _("review")


class Assignment(models.Model):
    """One person's task with one draft: open while ``ended_at`` is NULL; ``due_at`` is NULL where nobody said when.

    It ends when the draft moves on (:mod:`articles.assigning`), or when somebody takes it back.
    """

    public_id = PublicIdField()
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="assignments")
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("to"), on_delete=models.PROTECT, related_name="assignments"
    )
    task = models.CharField(_("task"), max_length=10, choices=Task)
    due_at = models.DateTimeField(_("due"), null=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("at"))
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "to", "task"],
                condition=Q(ended_at=None),
                name="assignment_open_once",
                violation_error_code="assigned_already",
            )
        ]
        indexes = [
            models.Index(fields=["to", "due_at"], condition=Q(ended_at=None), name="assignment_of_person"),
            models.Index(fields=["due_at"], condition=Q(ended_at=None), name="assignment_due"),
        ]

    def __str__(self):
        return f"{self.get_task_display()}: {self.to}"

    @property
    def audit_label(self) -> str:
        """What the audit log calls it: no text of the article."""
        return f"{self.task}: {self.article.slug}"
