"""The checker's file: the numbered script of a story, each sentence with what it rests on and who signed it off.

For an edition it is made of what was frozen when it was published, so that it says the same for ever; for a draft of
how it stands. ``script`` puts it together, ``printing`` makes it HTML or PDF. Doors of the desk and commands import
it, never one of readers or partners.
"""

from articles.checkers_file.printing import as_html, as_pdf
from articles.checkers_file.script import of_draft, of_edition

__all__ = ["as_html", "as_pdf", "of_draft", "of_edition"]
