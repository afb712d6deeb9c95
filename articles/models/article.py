"""One continuing piece of coverage: its working draft and where that draft is."""

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from articles.body.html import parse_html, render_html
from articles.body.model import Body
from articles.models.sealing import kept_unless_article_sealed
from articles.models.section import Section, in_scope, scopes_of
from articles.models.treaty import Treaty
from articles.rules.languages import Language
from articles.rules.stages import Stage, Steps, transitions
from articles.rules.tags import MOST_TAGS, TAG_LENGTH
from newsroom.accounts.models import Person
from newsroom.accounts.roles import DESK
from newsroom.core.ids import LENGTH as ID_LENGTH
from newsroom.core.ids import PublicIdField


def _keys_field(label):
    return ArrayField(
        models.CharField(max_length=10),
        verbose_name=label,
        default=list,
        blank=True,
        help_text=_("Keys of the sentences it rests on."),
    )


def named_in(body: Body) -> list[str]:
    """The public ids of the claims and quotes that the sentences of ``body`` name."""
    segments = [segment for block in body.blocks for segment in block.segments]
    claims = {segment.claim for segment in segments if segment.claim}
    named = claims | {quote for segment in segments for quote in segment.quotes}
    # Whatever is longer names no record.
    return sorted(public_id for public_id in named if len(public_id) <= ID_LENGTH)


def shown_in(body: Body) -> list[str]:
    """The public ids of the images that the figures of ``body`` show."""
    return sorted({block.figure.image for block in body.figures if len(block.figure.image) <= ID_LENGTH})


def came_and_went() -> list[pghistory.RowEvent]:
    """What is tracked of rows that are also taken away: what stood at a moment can be told by them."""
    return [pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent()]


class ArticleQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ArticleQuerySet":
        """The drafts that ``user`` may see: what ``access.may(user, "see", article)`` says of each."""
        return self.filter(in_scope(user)) if user.roles & DESK else self.none()

    def not_trashed(self) -> "ArticleQuerySet":
        """Less what is in the trash: what lists, boards, searches and choosers show."""
        return self.filter(trashed_at=None)


# What is derived from the body is in its history already.
@pghistory.track(
    exclude=["rests_on", "shows", "under_way", "is_flash"],
    meta={"triggers": kept_unless_article_sealed("OLD.pgh_obj_id")},
)
class Article(models.Model):
    """The working draft of one article. What readers see is in its editions, never here."""

    public_id = PublicIdField()
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    language = models.CharField(_("language"), max_length=12, choices=Language, default=Language.ENGLISH)
    stage = models.CharField(_("stage"), max_length=12, choices=Stage, default=Stage.DRAFT, editable=False)
    headline = models.CharField(_("headline"), max_length=200, blank=True)
    headline_rests_on = _keys_field(_("headline rests on"))
    standfirst = models.CharField(_("standfirst"), max_length=500, blank=True)
    standfirst_rests_on = _keys_field(_("standfirst rests on"))
    body = models.TextField(_("body"), blank=True)
    # Derived from the body's marks, so that what rests on a record is found without reading every draft.
    rests_on = ArrayField(
        models.CharField(max_length=12),
        default=list,
        blank=True,
        editable=False,
        help_text=_("Public ids of the claims and quotes its sentences name."),
    )
    # Derived likewise, so that what shows an image is found.
    shows = ArrayField(
        models.CharField(max_length=12),
        default=list,
        blank=True,
        editable=False,
        help_text=_("Public ids of the images its figures show."),
    )
    section = models.ForeignKey(
        Section,
        verbose_name=_("section"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        help_text=_("Which steps it goes through, and where readers find it."),
    )
    tags = ArrayField(
        models.CharField(max_length=TAG_LENGTH),
        verbose_name=_("tags"),
        default=list,
        blank=True,
        size=MOST_TAGS,
        help_text=_("Words under which readers find more of the same, separated by commas."),
    )
    translation_of = models.ForeignKey(
        "self",
        verbose_name=_("language version of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="translations",
        help_text=_("The original of which this is a version in another language."),
    )
    bylines = models.ManyToManyField(Person, through="Byline", verbose_name=_("byline"), blank=True)
    treaties = models.ManyToManyField(Treaty, verbose_name=_("treaties"), blank=True, related_name="articles")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("created by"),
        on_delete=models.PROTECT,
        related_name="articles_created",
        editable=False,
    )
    created_at = models.DateTimeField(_("created at"), editable=False)
    saved_at = models.DateTimeField(_("saved at"), editable=False)
    # Counts saves of the draft: a save based on an older version is refused.
    version = models.PositiveIntegerField(default=1, editable=False)

    # Whether there is something to publish: the text was saved, or submitted, since its latest edition was made.
    under_way = models.BooleanField(default=True, editable=False)

    # Begun as a flash (articles.flashing) and not published yet: it comes before all others.
    is_flash = models.BooleanField(_("flash"), default=False, editable=False)

    # When it was put away: no further edition is planned, and the desk's lists leave it out. Readers see no difference.
    archived_at = models.DateTimeField(_("archived at"), null=True, editable=False)

    # When it was put in the trash: until it is taken out again it stands in no list and nothing is done with it.
    trashed_at = models.DateTimeField(_("in the trash since"), null=True, editable=False)

    # When its texts were erased (articles.models.sealing): nobody writes it any more.
    sealed_at = models.DateTimeField(_("sealed at"), null=True, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-pk"]
        indexes = [
            GinIndex(fields=["rests_on"], name="article_rests_on"),
            models.Index(
                fields=["stage", "-saved_at"],
                condition=models.Q(under_way=True, archived_at=None),
                name="article_under_way",
            ),
            models.Index(fields=["-saved_at"], condition=models.Q(is_flash=True), name="article_flash"),
            GinIndex(fields=["shows"], name="article_shows"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["translation_of", "language"],
                name="article_version_once",
                violation_error_code="translated_already",
            ),
            models.CheckConstraint(
                condition=models.Q(stage__in=Stage.values),
                name="article_stage_known",
                violation_error_code="stage_unknown",
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="stage_moves", field="stage", transitions=transitions()),
        ]

    def __str__(self):
        return self.headline or self.slug

    def save(self, *args, update_fields=None, **kwargs):
        if update_fields is None or "body" in update_fields:
            # Whatever door the text comes by, what is stored has passed the allowlist.
            body = parse_html(self.body)
            self.body = render_html(body)
            self.rests_on, self.shows = named_in(body), shown_in(body)
            self.under_way = True
            if update_fields is not None:
                update_fields = [*update_fields, "rests_on", "shows", "under_way"]
        super().save(*args, update_fields=update_fields, **kwargs)

    def get_absolute_url(self):
        return reverse("article", args=[self.slug])

    @property
    def told_as(self) -> str:
        """What it is called where not everybody may read its draft."""
        return self.slug

    @property
    def audit_label(self) -> str:
        """What the audit log calls it: no text of it, which may have to be sealed one day."""
        return self.slug

    @classmethod
    def slug_taken(cls, slug: str, *, but=None) -> bool:
        """Whether ``slug`` is, or ever was, the address of an article (other than ``but``). One query."""
        return bool(cls.slugs_taken({slug}, but=but))

    @classmethod
    def slugs_taken(cls, slugs: set[str], *, but=None) -> set[str]:
        """Those of ``slugs`` that are, or ever were, the address of an article (other than ``but``). One query."""
        others = cls.objects.exclude(pk=but.pk) if but else cls.objects
        here, once = (
            others.filter(**{f"{slug}__in": slugs}).order_by().values_list(slug, flat=True)
            for slug in ("slug", "former_addresses__slug")
        )
        return set(here.union(once).order_by())

    @property
    def steps(self) -> Steps:
        """What its section asks for between writing and going out."""
        return self.section.steps if self.section_id else Steps()

    @cached_property
    def standing_hold(self):
        """The legal hold it is under, or None. One query."""
        return self.legal_holds.filter(lifted_at=None).select_related("by").first()

    @cached_property
    def open_recalls(self) -> list:
        """The first recalls of what was found wrong in what readers have of it, and is not repaired. One query."""
        told = self.recalled.filter(recall__closed_at=None).order_by("recall_id").distinct("recall_id")
        return [
            row.recall for row in told.select_related("recall__claim", "recall__quote", "recall__source")[:5]
        ]

    def is_in_scope_of(self, user) -> bool:
        """Whether ``user`` works on such drafts: the same rule as :func:`articles.models.section.in_scope`."""
        scopes = scopes_of(user)
        return not scopes or any(
            section in (None, self.section_id) and language in ("", self.language)
            for section, language in scopes
        )

    def is_own_of(self, user) -> bool:
        """Design, "own article": the user created it or stands in its byline, or stood there: nobody leaves a byline
        to look at what is theirs. Two queries at most."""
        stood = Byline.pgh_event_model.objects.filter(article=self, person__user=user)
        return user.pk in self.owners() or stood.exists()

    def owners(self) -> set[int]:
        """The ids of the users whose own article it is. One query."""
        named = self.byline_set.filter(person__user__isnull=False).values_list("person__user", flat=True)
        return {self.created_by_id, *named}


@pghistory.track(*came_and_went(), append_only=True)
class Byline(models.Model):
    """Who wrote the article, in the order printed."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "person"],
                name="byline_person_once",
                violation_error_code="byline_twice",
                violation_error_message=_("This person is in the byline already."),
            )
        ]

    def __str__(self):
        return str(self.person)

    @property
    def stands_in(self) -> Article:
        return self.article


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None, append_only=True)
class ArticleTreaty(Article.treaties.through):
    """Which treaties an article was about, and since when."""

    class Meta:
        proxy = True
