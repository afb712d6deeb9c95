"""What the newsroom knows of its partners, one concept a module."""

from newsroom.partners.models.api_key import ApiKey, Scope
from newsroom.partners.models.counter import Counter
from newsroom.partners.models.partner import Partner
from newsroom.partners.models.product import Product
from newsroom.partners.models.usage import Usage

__all__ = ["ApiKey", "Counter", "Partner", "Product", "Scope", "Usage"]
