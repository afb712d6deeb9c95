"""Upkeep of the queue itself, and purges that must happen."""

import logging

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from newsroom.core.purging import PATIENT_SECONDS, NotPurged, purge_now

logger = logging.getLogger(__name__)

# Tried anew after 1, 6, 11 … seconds, for 27 hours: a cache keeps nothing for longer than a day (deploy/varnish.vcl).
PATIENTLY = RetryStrategy(max_attempts=200, wait=1, linear_wait=5)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="retry_stalled_jobs", pass_context=True)
async def retry_stalled_jobs(context, timestamp: int) -> None:
    """Put back what a killed worker left behind; its heartbeat tells that it is gone.

    Every task must therefore bear being run twice.
    """
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        await manager.retry_job(job)


@app.task(retry=PATIENTLY)
def purge_again(keys: list[str]) -> None:
    """Purge ``keys`` from every cache: what the act did right after its commit, if it lived to do it.

    Each failure is logged, with the cache and the reason; after the last one the job stays in the desk's list.
    """
    try:
        purge_now(keys, seconds=PATIENT_SECONDS)
    except NotPurged as failed:
        logger.error("Not purged, readers may get old pages if the site fails: %s", failed)
        raise
