"""A client for partners: keep a copy of what the newsroom has published, and never miss what is set right.

The folder stands alone: copy it beside your own code, with ``requests`` installed. It may import nothing of the site,
and nothing of the site may import it; our own tests use it as a partner would. ``README.md`` is the recipe.
"""

from .mirror import Article, Mirror
from .newsroom import Gone, Newsroom, Problem

__all__ = ["Article", "Gone", "Mirror", "Newsroom", "Problem"]
