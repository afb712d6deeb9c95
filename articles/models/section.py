"""The sections of the newsroom: what each asks of its drafts, and who works in which."""

from typing import ClassVar

import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.rules.languages import Language
from articles.rules.stages import MOST_APPROVALS, Steps
from newsroom.core.ids import PublicIdField


@pghistory.track(append_only=True)
class Section(models.Model):
    """A part of the coverage with steps of its own between writing and going out.

    Public fields: ``public_id``, ``slug``, ``name``. ``printed_at`` is when an edition first printed it (NULL: none
    has): from then on they change by an act alone (:mod:`articles.amending`).
    """

    PRINTED: ClassVar = ("slug", "name")

    public_id = PublicIdField()
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=100)
    about = models.CharField(_("description"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    fact_check = models.BooleanField(
        _("drafts go to the fact checkers"),
        default=True,
        help_text=_("Not ticked: a submitted draft goes straight to the editors."),
    )
    review = models.BooleanField(
        _("drafts go to review"),
        default=True,
        help_text=_("Not ticked: an editor approves where the fact checkers have it."),
    )
    in_order = models.BooleanField(
        _("no step is skipped"),
        default=False,
        help_text=_("Ticked: an editor approves in the last of these steps only."),
    )
    approvals = models.PositiveSmallIntegerField(
        _("approvals needed"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_APPROVALS)],
        help_text=_("By so many different people, none of them whose own article it is."),
    )
    printed_at = models.DateTimeField(_("printed since"), null=True, editable=False)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fact_check=True) | Q(review=True),
                name="section_has_a_step",
                violation_error_code="section_without_step",
                violation_error_message=_("Drafts go to the fact checkers, or to review, or to both."),
            ),
            models.CheckConstraint(
                condition=Q(approvals__range=(1, MOST_APPROVALS)),
                name="section_approvals_known",
                violation_error_code="approvals_unknown",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_printed(self) -> bool:
        return self.printed_at is not None

    @property
    def steps(self) -> Steps:
        return Steps(self.fact_check, self.review, self.in_order, self.approvals)


@pghistory.track(append_only=True)
class Scope(models.Model):
    """What one person works on: drafts of ``section`` (NULL: of any, or of none) in ``language`` ("": in any).

    A person without any works on everything; one with some, on what one of them covers.
    """

    public_id = PublicIdField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="scopes"
    )
    section = models.ForeignKey(
        Section,
        verbose_name=_("section"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Empty: any section."),
    )
    language = models.CharField(
        _("language"), max_length=12, choices=Language, blank=True, help_text=_("Empty: any language.")
    )

    class Meta:
        verbose_name = _("scope")
        verbose_name_plural = _("scopes")
        ordering = ["user", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(section__isnull=False) | ~Q(language=""),
                name="scope_of_something",
                violation_error_code="scope_of_everything",
                violation_error_message=_("Name a section, or a language, or both."),
            ),
            models.UniqueConstraint(
                fields=["user", "section", "language"],
                nulls_distinct=False,
                name="scope_once",
                violation_error_code="scope_twice",
            ),
        ]

    def __str__(self):
        parts = [str(self.section)] if self.section else []
        parts += [self.get_language_display()] if self.language else []
        return f"{self.user}: {', '.join(parts)}"


def scopes_of(user) -> tuple[tuple[int | None, str], ...]:
    """Section and language of each scope of ``user``; like the roles, asked once per loaded instance."""
    if "scopes_held" not in user.__dict__:
        user.scopes_held = tuple(Scope.objects.filter(user=user).values_list("section_id", "language"))
    return user.scopes_held


def section_to_start_in(user, language: str) -> int | None:
    """Where a draft in ``language`` belongs that ``user`` begins and names no section for: NULL, unless they work in
    certain sections only."""
    covering = [section for section, spoken in scopes_of(user) if spoken in ("", language)]
    return covering[0] if covering and None not in covering else None


def covering(article) -> Q:
    """The condition that a user works on drafts like ``article``: who has no scope, or one that covers it."""
    section = Q(scopes__section=None) | Q(scopes__section=article.section_id)
    return section & (Q(scopes__language=None) | Q(scopes__language__in=["", article.language]))


def in_scope(user, path: str = "") -> Q:
    """The condition that the draft at ``path`` (like ``article__``) is one that ``user`` works on.

    The same rule as :meth:`articles.models.Article.is_in_scope_of`; empty for who works on everything.
    """
    covered = Q()
    for section, language in scopes_of(user):
        one = Q(**{f"{path}section": section}) if section else Q()
        covered |= one & Q(**{f"{path}language": language}) if language else one
    return covered
