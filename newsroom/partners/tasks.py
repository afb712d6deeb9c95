"""Upkeep of the partners' side."""

from django.utils import timezone
from procrastinate.contrib.django import app

from newsroom.partners.models import Counter


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="sweep_counters")
def sweep_counters(timestamp: int) -> None:
    """Forget counts whose window is over; safe to run twice."""
    Counter.objects.filter(ends__lt=timezone.now()).delete()
