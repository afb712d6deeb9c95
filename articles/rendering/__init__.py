"""Finished bytes of an edition: its page, its JSON and its entry in lists, made once at publish.

Reading is then a look-up (``articles.reading``). What is made here depends on the edition's document, on when its
release shows, on which of its sources were withdrawn since, and on the template release; nothing of the desk's side is
read.
"""

from articles.rendering.editions import make_renderings, render_edition
from articles.rendering.pages import page_html, template_release
from articles.rendering.searched import enter_searched, forget_superseded
from articles.rendering.subjects import enter_subjects
from articles.rendering.withdrawals import withdrawals_of

__all__ = [
    "enter_searched",
    "enter_subjects",
    "forget_superseded",
    "make_renderings",
    "page_html",
    "render_edition",
    "template_release",
    "withdrawals_of",
]
