"""The one base of every refusal."""

from django.utils.translation import gettext


class DomainError(Exception):
    """Something was refused, with a stable ``code`` that clients and tests match; nothing was changed.

    ``message`` is one clear line for a person, in the language of whoever asked: it is written in English with
    ``%(names)s`` for its ``facts``, and the catalogues of ``locale/desk`` have it in others. ``place`` names what is
    meant (a field, a segment's key, a byte offset), None where it is the whole.
    """

    def __init__(self, code: str, message: str, place: str | None = None, /, **facts):
        told = gettext(message) % facts if facts else gettext(message)
        super().__init__(told)
        self.code = code
        self.message = told
        self.place = place
