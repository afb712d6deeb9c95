"""The desk's pages of partners, for administrators: who reads, what, how much, and which edition when.

Nothing imports them but Django's admin, which looks for them.
"""

from newsroom.partners.admin import keys, partners, products  # noqa: F401 - they register themselves
