"""What is done about an article that readers know: retract, unpublish, take down, and seal what a court orders.

Corrections, clarifications and reinstatements are editions of a draft (:mod:`articles.publishing`).
"""

from articles.corrections.confirming import confirm_removal, escalate_removals
from articles.corrections.retracting import retract, unpublish
from articles.corrections.sealing import seal
from articles.corrections.taking_down import take_down

__all__ = ["confirm_removal", "escalate_removals", "retract", "seal", "take_down", "unpublish"]
