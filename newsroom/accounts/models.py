"""Users of the desk and the people named in bylines."""

from typing import ClassVar

import pghistory
from django.contrib.auth.models import AbstractUser
from django.db import models
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
