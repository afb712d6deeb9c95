"""What was published: numbered, chained and never changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.public import EditionQuerySet
from articles.models.sealing import kept_unless_sealed
from articles.rules.kinds import Kind
from newsroom.core.append_only import append_only_triggers
from newsroom.core.ids import PublicIdField


class Edition(models.Model):
    """One frozen, numbered state of an article.

    ``digest`` is the SHA-256 (hex) of the content's bytes, ``previous_digest`` that of the edition before, empty
    for the first. When the edition shows is said by its release.
    """

    public_id = PublicIdField()
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    # Whether editions before it can no longer be opened by their addresses (articles.models.public).
    closes_history = models.BooleanField(_("closes the history"), default=False)
    # The original that its article was a language version of.
    translation_of = models.ForeignKey(
        Article,
        verbose_name=_("language version of"),
        on_delete=models.PROTECT,
        null=True,
        related_name="editions_of_versions",
    )
    digest = models.CharField(_("digest"), max_length=64)
    previous_digest = models.CharField(max_length=64, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("published by"), on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("created at"))

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["article"], condition=Q(closes_history=True), name="edition_closing"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=Kind.TAKE_DOWN) | Q(closes_history=True),
                name="take_down_closes_history",
                violation_error_code="take_down_open",
            ),
            models.UniqueConstraint(
                fields=["article", "number"],
                name="edition_number_once",
                violation_error_code="edition_exists",
            ),
            models.CheckConstraint(
                condition=Q(number=1, previous_digest="") | Q(number__gt=1) & ~Q(previous_digest=""),
                name="edition_chained",
                violation_error_code="edition_unchained",
            ),
        ]
        triggers = append_only_triggers()

    def __str__(self):
        return f"{self.article.slug} {self.number}"


class EditionContent(models.Model):
    """The document of an edition, as the canonical JSON text whose SHA-256 is the edition's digest.

    It lies apart from the chain, so that a court's order can seal the content and leave the digest (rule 6).
    """

    edition = models.OneToOneField(
        Edition,
        verbose_name=_("edition"),
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="content",
    )
    document = models.TextField(_("document"))

    class Meta:
        verbose_name = _("edition content")
        verbose_name_plural = _("edition contents")
        triggers = kept_unless_sealed("OLD.edition_id")

    def __str__(self):
        return str(self.edition)


class Rendering(models.Model):
    """Finished bytes of one representation of an edition: derived, made at publish, rebuilt by command."""

    class Representation(models.TextChoices):
        PAGE = "page", _("page")
        API = "api", _("API")
        CARD = "card", _("entry in lists")
        # What stands beside a link on other sites (articles.rendering.social_pictures).
        DRAWN = "drawn", _("picture of the headline")
        CUT = "cut", _("part of its picture")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="renderings")
    representation = models.CharField(max_length=6, choices=Representation)
    # The state of templates and styles it was made from; rebuild_renderings makes anew what differs.
    template_release = models.CharField(max_length=16)
    etag = models.CharField(max_length=64)
    plain = models.BinaryField()
    # Empty for entries in lists, which are never served alone, and for pictures.
    gzipped = models.BinaryField()
    # Since when they are these bytes, by the database's clock: derived, as they are. None where the moment itself tells
    # too much (articles.rendering.editions).
    made_at = models.DateTimeField(null=True, editable=False, db_default=Now())
    # Where an entry stands in lists, newest first: the article's first moment (UTC), then its public id. Empty for
    # the other representations. Compared byte by byte, whatever the database's language.
    list_key = models.CharField(max_length=48, blank=True, db_collation="C")

    class Meta:
        verbose_name = _("rendering")
        verbose_name_plural = _("renderings")
        constraints = [
            models.UniqueConstraint(fields=["edition", "representation"], name="rendering_once"),
        ]
        indexes = [
            models.Index(fields=["-list_key"], condition=Q(representation="card"), name="rendering_list"),
        ]

    def __str__(self):
        return f"{self.edition} {self.representation}"
