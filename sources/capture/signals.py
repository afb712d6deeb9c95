"""What other apps may follow: that a source has a further snapshot."""

from django.dispatch import Signal

# Sent inside the capture's transaction with ``source``, ``snapshot`` and ``now`` (aware).
captured = Signal()
