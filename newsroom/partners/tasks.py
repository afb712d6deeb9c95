"""What the queue does for partners."""

from django.utils import timezone
from procrastinate.contrib.django import app

from newsroom.partners.models import Counter, Delivery
from newsroom.partners.opening import tell_of_openings
from newsroom.partners.reminding import remind_all
from newsroom.partners.silence import notice_silence
from newsroom.partners.webhooks import delivering, fanning_out, queueing


# Before what it makes is sent, and before whatever else waits: a retraction may be among it.
@app.task(priority=queueing.URGENT, lock="make_deliveries")
def make_deliveries() -> None:
    """Tell every endpoint what the change feed has; safe to run twice."""
    fanning_out.make_deliveries(now=timezone.now())


@app.task
def send_delivery(delivery: int, tries: int) -> None:
    """Carry out one try of a delivery; safe to run twice."""
    delivering.attempt(delivery, tries=tries, now=timezone.now())


@app.task
def queue_delivery(delivery: int, tries: int) -> None:
    """The moment of a later try has come; safe to run twice."""
    waiting = Delivery.objects.filter(pk=delivery, tries=tries, state=Delivery.State.WAITING).first()
    if waiting is not None:
        queueing.queue(waiting)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="queue_lost_deliveries")
def queue_lost_deliveries(timestamp: int) -> None:
    """Queue what got lost; safe to run twice."""
    fanning_out.queue_lost(now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="tell_of_openings")
def tell_of_what_delays_opened(timestamp: int) -> None:
    """Enter in the change feed what delays have opened; safe to run twice."""
    tell_of_openings(now=timezone.now())


@app.periodic(cron="41 * * * *")
@app.task(queueing_lock="look_after_partners")
def look_after_partners(timestamp: int) -> None:
    """Remind who is behind, and notice who is silent; safe to run twice."""
    now = timezone.now()
    notice_silence(now=now)
    remind_all(now=now)


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="sweep_counters")
def sweep_counters(timestamp: int) -> None:
    """Forget counts whose window is over; safe to run twice."""
    Counter.objects.filter(ends__lt=timezone.now()).delete()
