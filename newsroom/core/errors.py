"""The one base of every refusal."""


class DomainError(Exception):
    """Something was refused, with a stable ``code`` that clients and tests match; nothing was changed.

    ``message`` is one clear line for a person; ``place`` names what is meant (a field, a segment's key, a
    byte offset), None where it is the whole.
    """

    def __init__(self, code: str, message: str, place: str | None = None):
        super().__init__(message)
        self.code = code
        self.message = message
        self.place = place
