"""Make a checker's file HTML or PDF: the same bytes for the same file.

What people wrote reaches the typesetter as data, never as markup of its language.
"""

import json
from pathlib import Path

import typst
from django.conf import settings
from django.template.loader import get_template

from articles.checkers_file.wording import in_words

HTML_TEMPLATE = "admin/articles/checkers_file.html"
PDF_TEMPLATE = "admin/articles/checkers_file.typ"


def as_html(script: dict) -> str:
    """One page that needs nothing else: it can be printed, sent and kept."""
    return get_template(HTML_TEMPLATE).render({"file": in_words(script)})


def as_pdf(script: dict) -> bytes:
    """The same as PDF, in the fonts that come with the typesetter, dated as the edition is."""
    template = Path(settings.BASE_DIR) / "templates" / PDF_TEMPLATE
    return typst.compile(
        template,
        root=template.parent,
        format="pdf",
        sys_inputs={"file": json.dumps(in_words(script), ensure_ascii=False)},
        ignore_system_fonts=True,
    )
