"""Our own addresses in full, for what leaves the site."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def own_origin(request: HttpRequest) -> str:
    """``https://host`` of the readers' site: as it is set, else as this request came (to a host we answer for)."""
    return settings.NEWSROOM_ORIGIN or f"{request.scheme}://{request.get_host()}"


def own_hosts(request: HttpRequest) -> set[str]:
    """The names, with a port where they have one, by which this request knows us: its own and the one that is set."""
    return {request.get_host(), urlsplit(own_origin(request)).netloc}
