"""What a page is held against: a bare Django view that does one primary-key select and returns the same bytes."""

from django.db import connection
from django.http import HttpResponse


def bare(request, pk: int) -> HttpResponse:
    """The plain bytes of rendering ``pk``, behind the same middleware."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT plain FROM articles_rendering WHERE id = %s", [pk])
        (body,) = cursor.fetchone()
    return HttpResponse(bytes(body))
