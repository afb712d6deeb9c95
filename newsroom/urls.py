"""Every address of the site; each app's own list hangs in here."""

from django.contrib import admin
from django.urls import path

from newsroom.core import health

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz", health.alive),
    path("readyz", health.ready),
]
