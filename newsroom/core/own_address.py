"""Our own addresses in full, for what leaves the site."""

from django.conf import settings
from django.http import HttpRequest


def own_origin(request: HttpRequest) -> str:
    """``https://host`` of the readers' site: as it is set, else as this request came (to a host we answer for)."""
    return settings.NEWSROOM_ORIGIN or f"{request.scheme}://{request.get_host()}"
