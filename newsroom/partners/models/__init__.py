"""What the newsroom knows of its partners, one concept a module."""

from newsroom.partners.models.api_key import ApiKey, Scope
from newsroom.partners.models.counter import Counter
from newsroom.partners.models.delivery import Attempt, Delivery
from newsroom.partners.models.endpoint import Endpoint
from newsroom.partners.models.invited import Invited
from newsroom.partners.models.partner import Partner
from newsroom.partners.models.product import OpeningsTold, Product
from newsroom.partners.models.showing import Confirmation, Fetch, Reminder, Silence
from newsroom.partners.models.usage import Usage

__all__ = [
    "ApiKey",
    "Attempt",
    "Confirmation",
    "Counter",
    "Delivery",
    "Endpoint",
    "Fetch",
    "Invited",
    "OpeningsTold",
    "Partner",
    "Product",
    "Reminder",
    "Scope",
    "Silence",
    "Usage",
]
