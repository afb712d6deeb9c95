"""What is done about an article that readers know: retract, unpublish, take down, and seal what a court orders.

Corrections, clarifications and reinstatements are editions of a draft (:mod:`articles.publishing`).
"""

from articles.corrections.retracting import retract, unpublish
from articles.corrections.sealing import seal
from articles.corrections.taking_down import confirm_take_down, escalate_take_downs, take_down

__all__ = ["confirm_take_down", "escalate_take_downs", "retract", "seal", "take_down", "unpublish"]
