"""Pages that are in no language of their own: lists, records, logs. Their address says that of their interface."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import translation

from articles.rendering.pages import SPOKEN


def spoken(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """``view`` with the language active that ``?lang=`` names, else the site's own.

    Raises Http404 for one that the site does not speak.
    """

    @wraps(view)
    def in_it(request, *args, **kwargs):
        language = request.GET.get(SPOKEN, settings.LANGUAGE_CODE)
        if language not in dict(settings.LANGUAGES):
            raise Http404
        with translation.override(language):
            return view(request, *args, **kwargs)

    return in_it
