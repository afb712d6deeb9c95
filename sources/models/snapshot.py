"""Archived captures of sources, and the attempts to make them."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from newsroom.core.append_only import append_only_triggers
from newsroom.core.ids import PublicIdField
from sources.models.source import Source

# What a search of the archived texts looks at (the column ``searched``, sources/migrations/0005_searched.py):
# PostgreSQL indexes at most a megabyte of distinct words of one text, and no text of this many characters has more,
# whatever its script.
SEARCHED_LENGTH = 100_000


class Snapshot(models.Model):
    """One capture of a source, never changed: what was received, when (UTC), from where, with the digest of its bytes.

    ``sha256`` is of the payload's raw bytes, ``warc_sha256`` of the WARC/1.1 file that holds them (content-addressed
    in the default storage, see :mod:`sources.capture.archive`). ``obstacle`` is empty for the document itself;
    anything else says what was met in its place, and such a capture is never taken for the source.
    """

    class Way(models.TextChoices):
        FETCHED = "fetched", _("fetched from its address")
        UPLOADED = "uploaded", _("uploaded file")
        PASTED = "pasted", _("pasted text")

    class Obstacle(models.TextChoices):
        ERROR_PAGE = "error_page", _("an error page")
        LOGIN_WALL = "login_wall", _("a login or payment wall")
        CONSENT_WALL = "consent_wall", _("a consent page")
        NO_TEXT = "no_text", _("a page without readable text")

    public_id = PublicIdField()
    source = models.ForeignKey(
        Source, verbose_name=_("source"), on_delete=models.PROTECT, related_name="snapshots"
    )
    way = models.CharField(_("way"), max_length=8, choices=Way)
    # Why it was not fetched: of uploads and pasted text only.
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    requested_url = models.CharField(_("asked for"), max_length=2000, blank=True)
    final_url = models.CharField(_("answered from"), max_length=2000, blank=True)
    status = models.PositiveSmallIntegerField(_("HTTP status"), null=True)
    media_type = models.CharField(_("kind of file"), max_length=40, help_text=_("As its bytes tell."))
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveIntegerField(_("bytes"))
    warc_sha256 = models.CharField(_("SHA-256 of the WARC"), max_length=64)
    warc_size = models.PositiveIntegerField(_("bytes of the WARC"))
    extractor = models.CharField(_("extractor"), max_length=60)
    # What the page said of itself: title, publisher, authors, published (ISO), language; "" where it said nothing.
    found = models.JSONField(_("found in it"), default=dict)
    obstacle = models.CharField(_("met instead"), max_length=12, choices=Obstacle, blank=True)
    captured_at = models.DateTimeField(_("captured at"), help_text=_("UTC; when the capture began."))
    captured_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("captured by"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,  # NULL: the scheduled re-capture.
    )

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["source", "-id"], name="snapshot_of_source"),
            models.Index(fields=["sha256"], name="snapshot_payload"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(way="fetched", reason="") | ~Q(way="fetched") & ~Q(reason=""),
                name="snapshot_reason",
                violation_error_code="reason_missing",
                violation_error_message=_("Say why it could not be fetched."),
            ),
        ]
        triggers = append_only_triggers()

    def __str__(self):
        return f"{self.get_way_display()}, {self.captured_at:%Y-%m-%d %H:%M} UTC"


class SnapshotText(models.Model):
    """The text extracted from a snapshot: NFC, single spaces, one newline between blocks (standards/03).

    Positions of passages count code points of ``text``. It lies apart, so that lists never load it and a court's
    order can seal it (design, rule 6). ``pages`` are the offsets at which the pages of a paged document begin.
    """

    snapshot = models.OneToOneField(
        Snapshot, on_delete=models.PROTECT, primary_key=True, related_name="extracted"
    )
    text = models.TextField(_("text"))
    pages = ArrayField(models.PositiveIntegerField(), default=list)

    class Meta:
        verbose_name = _("text of a snapshot")
        verbose_name_plural = _("texts of snapshots")
        triggers = append_only_triggers()

    def __str__(self):
        return str(self.snapshot)


class SnapshotSketch(models.Model):
    """The bands of a snapshot's MinHash, by which texts that resemble each other are found (sources.origins).

    Both arrays are empty for a text too short to be compared.
    """

    snapshot = models.OneToOneField(
        Snapshot, on_delete=models.CASCADE, primary_key=True, related_name="sketch"
    )
    # Of sources.origins.sketching: what another scheme made is not comparable.
    scheme = models.PositiveSmallIntegerField()
    # How many different ones the text has.
    shingles = models.PositiveIntegerField()
    signature = ArrayField(models.BigIntegerField())
    bands = ArrayField(models.BigIntegerField())

    class Meta:
        verbose_name = _("sketch of a snapshot")
        verbose_name_plural = _("sketches of snapshots")
        # Without its list of late entries: that would be read through for each of the bands that are looked up.
        indexes = [GinIndex(fields=["bands"], name="sketch_bands", fastupdate=False)]

    def __str__(self):
        return str(self.snapshot)


class Capture(models.Model):
    """An attempt to capture a source from its address: waits in the queue, is retried, and says why it failed."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    source = models.ForeignKey(
        Source, verbose_name=_("source"), on_delete=models.PROTECT, related_name="captures"
    )
    url = models.CharField(_("address"), max_length=2000)
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    # The code and words of the last failure; empty before the first.
    failure = models.CharField(_("failure"), max_length=40, blank=True)
    failure_detail = models.CharField(_("what happened"), max_length=500, blank=True)
    snapshot = models.OneToOneField(
        Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="capture"
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked for by"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,  # NULL: the scheduled re-capture.
    )
    requested_at = models.DateTimeField(_("asked for at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        verbose_name = _("capture")
        verbose_name_plural = _("captures")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["source", "-id"], name="capture_of_source")]
        constraints = [
            models.UniqueConstraint(
                fields=["source"],
                condition=Q(state="waiting"),
                name="capture_waiting_once",
                violation_error_code="capture_waiting",
                violation_error_message=_("This source is being captured already."),
            ),
        ]

    def __str__(self):
        return f"{self.source}: {self.state}"
