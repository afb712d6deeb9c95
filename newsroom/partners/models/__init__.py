"""What the newsroom knows of its partners, one concept a module."""

from newsroom.partners.models.api_key import ApiKey, Scope
from newsroom.partners.models.partner import Partner
from newsroom.partners.models.product import Product

__all__ = ["ApiKey", "Partner", "Product", "Scope"]
