"""Finished bytes of an edition: its page, its JSON and its entry in lists, made once at publish.

Reading is then a look-up (``articles.reading``). What is made here depends on the edition's document, on when its
release shows, on which of its sources were withdrawn since, and on the template release; nothing of the desk's side is
read.
"""

from articles.rendering.editions import first_shown, make_renderings, render_edition
from articles.rendering.pages import page_html, template_release
from articles.rendering.searched import forget_superseded, keep_searched
from articles.rendering.subjects import keep_subjects
from articles.rendering.withdrawals import withdrawals_of

__all__ = [
    "first_shown",
    "forget_superseded",
    "keep_searched",
    "keep_subjects",
    "make_renderings",
    "page_html",
    "render_edition",
    "template_release",
    "withdrawals_of",
]
