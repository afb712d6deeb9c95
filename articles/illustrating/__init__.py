"""Keep pictures for figures: check uploads, make what readers are sent, and show each only to whom it is public.

Imported by doors and by other acts; ``pictures`` and ``renditions`` know files alone, no models.
"""

from articles.illustrating.keeping import describe_image, keep_image, remove_image, uses_of

__all__ = ["describe_image", "keep_image", "remove_image", "uses_of"]
