"""Work that must not happen unless the act is kept: mail, purges, webhooks (design, rule 1)."""

from collections.abc import Callable

from django.db import transaction


def after_commit(work: Callable[[], object]) -> None:
    """Do ``work`` right after the open transaction commits, never if it is rolled back.

    An exception in ``work`` is logged and goes no further: the act is kept, and the queued job is the retry.
    Raises RuntimeError outside a transaction, where ``work`` would run before the act is complete.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("after_commit needs an open transaction")
    transaction.on_commit(work, robust=True)
