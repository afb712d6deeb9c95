"""Users of the desk and the people named in bylines."""

from typing import ClassVar

import pghistory
from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from newsroom.accounts.roles import Role
from newsroom.core.ids import PublicIdField


class User(AbstractUser):
    """Somebody who signs in to the desk.

    What a user may do is decided by ``articles.access`` from :attr:`roles` alone; ``is_superuser`` opens no
    editorial act.
    """

    # By which door this user acts, written into every audit event. Commands set it on the instance to "shell".
    acting_through: ClassVar[str] = "desk"

    public_id = PublicIdField()

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            # Single sign-on and letters find a person by it.
            models.UniqueConstraint(
                Lower("email"),
                condition=~models.Q(email=""),
                name="one_account_an_address",
                violation_error_code="email_taken",
                violation_error_message=_("Somebody has this address already."),
            )
        ]

    def __str__(self):
        return self.get_full_name() or self.username

    @cached_property
    def roles(self) -> frozenset[str]:
        """The user's roles; asked once per loaded instance. Inactive users have none."""
        if not self.is_active:
            return frozenset()
        return frozenset(self.groups.filter(name__in=Role.values).values_list("name", flat=True))


@pghistory.track(append_only=True)
class Person(models.Model):
    """Somebody who can stand in a byline, with or without an account.

    Public fields: ``public_id``, ``slug``, ``name``.
    """

    PRINTED: ClassVar = ("slug", "name")

    public_id = PublicIdField()
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200, help_text=_("As printed in the byline."))
    user = models.OneToOneField(
        User,
        verbose_name=_("user"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="person",
        help_text=_("The account of this person. An article is somebody's own if they stand in its byline."),
    )

    class Meta:
        verbose_name = _("bylined person")
        verbose_name_plural = _("bylined people")
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name

    @property
    def is_printed(self) -> bool:
        """Whether an article in whose byline it stands has an edition: it then changes by an act alone
        (:mod:`articles.amending`). One query."""
        return self.byline_set.filter(article__editions__isnull=False).exists()


class Invitation(models.Model):
    """That somebody may make an account, by a link that was sent to them: at the desk in these roles, or elsewhere in
    none (``at_desk`` False: whoever invited them knows where, and listens to ``inviting.accepted``).

    Of the link's key only the digest is kept. Written by ``newsroom.accounts.inviting`` alone.
    """

    public_id = PublicIdField()
    email = models.EmailField(_("e-mail address"))
    first_name = models.CharField(_("first name"), max_length=150, blank=True)
    last_name = models.CharField(_("last name"), max_length=150, blank=True)
    at_desk = models.BooleanField(_("at the desk"), default=True, editable=False)
    roles_given = ArrayField(models.CharField(max_length=20), verbose_name=_("roles"), default=list)
    invited_by = models.ForeignKey(
        User, verbose_name=_("invited by"), on_delete=models.PROTECT, related_name="+"
    )
    invited_at = models.DateTimeField(_("invited at"))
    expires_at = models.DateTimeField(_("expires at"))
    # Empty until the letter is written; a further letter's key takes its place.
    key_digest = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    accepted_at = models.DateTimeField(_("accepted at"), null=True)
    user = models.OneToOneField(
        User, verbose_name=_("user"), on_delete=models.PROTECT, null=True, related_name="invitation"
    )
    revoked_at = models.DateTimeField(_("withdrawn at"), null=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=models.Q(accepted_at=None, revoked_at=None),
                name="one_open_invitation_an_address",
            )
        ]

    def __str__(self):
        return self.email

    def state(self, now) -> str:
        """``accepted``, ``withdrawn``, ``expired`` or ``open`` at ``now``."""
        if self.accepted_at:
            return "accepted"
        if self.revoked_at:
            return "withdrawn"
        return "open" if now < self.expires_at else "expired"
