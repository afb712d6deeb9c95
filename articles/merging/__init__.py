"""Merge what was entered twice: sources, publishers, speakers, claims (design, rule 11).

The desk's pages import the act, what it would do, and who looks like whom; nothing below imports this.
"""

from articles.merging.alike import alike, alike_among
from articles.merging.consequences import Consequences, consequences
from articles.merging.merge import MERGED, merge, refusal_of

__all__ = ["MERGED", "Consequences", "alike", "alike_among", "consequences", "merge", "refusal_of"]
