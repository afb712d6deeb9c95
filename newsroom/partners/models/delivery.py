"""What was sent to whom, and what they answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models import Change, ChangedMoment
from newsroom.core.ids import PublicIdField
from newsroom.partners.models.endpoint import Endpoint


class Delivery(models.Model):
    """One event for one endpoint: the bytes of ``body`` are what is signed and sent, at every attempt.

    It is about a ``change``, or a ``moment`` that was changed; a test is about neither. ``urgent`` overtakes
    everything: it takes something away from readers or keeps it from them, or somebody waits for a test.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DELIVERED = "delivered", _("delivered")
        FAILED = "failed", _("failed")
        # The partner may not read it any more, or the endpoint is gone.
        DROPPED = "dropped", _("not sent any more")

    public_id = PublicIdField()
    endpoint = models.ForeignKey(Endpoint, on_delete=models.PROTECT, related_name="deliveries")
    change = models.ForeignKey(Change, on_delete=models.PROTECT, null=True, related_name="deliveries")
    moment = models.ForeignKey(ChangedMoment, on_delete=models.PROTECT, null=True, related_name="deliveries")
    type = models.CharField(_("type"), max_length=40)
    body = models.TextField(_("body"))
    urgent = models.BooleanField(_("urgent"), default=False)
    reminder = models.BooleanField(_("reminder"), default=False)
    made_at = models.DateTimeField(_("made"))
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_at = models.DateTimeField(_("next attempt"), null=True)
    finished_at = models.DateTimeField(_("finished"), null=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["endpoint", "change"],
                condition=models.Q(reminder=False),
                name="delivery_once",
                violation_error_code="delivered_already",
            ),
            models.UniqueConstraint(
                fields=["endpoint", "moment"],
                name="delivery_of_moment_once",
                violation_error_code="delivered_already",
            ),
            models.CheckConstraint(
                condition=models.Q(change=None) | models.Q(moment=None),
                name="delivery_of_one",
                violation_error_code="delivery_of_one",
            ),
        ]
        indexes = [
            models.Index(fields=["endpoint", "-made_at"], name="delivery_log"),
            models.Index(fields=["endpoint"], condition=models.Q(state="waiting"), name="delivery_waiting"),
        ]

    def __str__(self):
        return f"{self.type} {self.message_id}"

    @property
    def message_id(self) -> str:
        """The same at every attempt: by it a receiver knows what it has already."""
        return f"msg_{self.public_id}"


class Attempt(models.Model):
    """One request and its answer: ``status`` is null where none came, ``failure`` then says why.

    Of the answer's body no more is kept than helps to find a mistake.
    """

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="attempts")
    at = models.DateTimeField(_("at"))
    url = models.CharField(_("address"), max_length=2_000)
    ip = models.CharField(_("IP address"), max_length=45, blank=True)
    request_headers = models.JSONField(_("request"), default=dict)
    status = models.PositiveSmallIntegerField(_("status"), null=True)
    failure = models.CharField(_("failure"), max_length=30, blank=True)
    answer = models.CharField(_("answer"), max_length=1_000, blank=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M:%S} UTC: {self.status or self.failure}"

    @property
    def succeeded(self) -> bool:
        return self.status is not None and 200 <= self.status < 300
