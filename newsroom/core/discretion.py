"""Requests that carry who a confidential source is: no error page, no letter and no log repeats what they carry.

Nor does a log repeat an address that is itself a secret.
"""

import logging
import re
import traceback
from functools import wraps

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.views.debug import SafeExceptionReporterFilter

# Every address under which an identity is sent or shown ends like this.
_DISCREET = re.compile(r"/(?:confide|identity)/$")

# Whoever knows one of these addresses reads a draft, or becomes somebody at the desk.
_SECRET = re.compile(r"(/(?:shared|invitation|reset/key)/)[^/?#\s]+")


def is_discreet(path: str) -> bool:
    """Whether an identity may be in what is sent to, or answered at, the address ``path``."""
    return bool(_DISCREET.search(path))


class WithoutSecrets(logging.Filter):
    """Logs a secret address without what makes it one; named in the settings."""

    def filter(self, record):
        said = record.getMessage()
        if _SECRET.search(said):
            record.msg, record.args = _SECRET.sub(r"\1…", said), None
        return True


class DiscreetReports(SafeExceptionReporterFilter):
    """What a report of an error may show; named in the settings, so that it also holds before any view is reached.

    Django's own hides what is marked as sensitive, and with DEBUG on nothing at all. Of a discreet request nothing
    is shown, marked or not, but where in the code it failed.
    """

    def get_post_parameters(self, request):
        return {} if request and is_discreet(request.path) else super().get_post_parameters(request)

    def get_traceback_frame_variables(self, request, tb_frame):
        if request and is_discreet(request.path):
            return []
        return super().get_traceback_frame_variables(request, tb_frame)


def discreet(view):
    """Let no unexpected exception out of ``view`` with its words, for these may repeat what was typed or decrypted.

    In its place comes a RuntimeError that names the kind of exception and where it was raised.
    """

    @wraps(view)
    def inner(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except (Http404, PermissionDenied, BadRequest, SuspiciousOperation):
            raise
        except Exception as error:
            raised = traceback.extract_tb(error.__traceback__)[-1]
            trouble = (
                f"{type(error).__name__} at line {raised.lineno} of {raised.filename}; its words are withheld"
            )
        # Outside of the clause, so that the exception does not travel along as the context of this one.
        raise RuntimeError(trouble)

    return inner
