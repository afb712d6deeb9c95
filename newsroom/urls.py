"""Every address of the site; each app's own list hangs in here."""

from django.contrib import admin
from django.urls import include, path

from articles.public.oembed import oembed
from newsroom.api import well_known
from newsroom.api.views import SchemaView
from newsroom.core import health
from newsroom.partners.limited import limited

urlpatterns = [
    path("admin/account/", include("newsroom.accounts.urls")),
    path("admin/", admin.site.urls),
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("api/v1/schema/", SchemaView.as_view(), name="api-schema"),
    path(".well-known/api-catalog", well_known.api_catalog, name="api-catalog"),
    path(
        ".well-known/http-message-signatures-directory",
        well_known.signing_keys,
        name="signing-keys",
    ),
    path("api/v1/", include("articles.api.urls")),
    path("api/v1/", include("newsroom.partners.urls")),
    path("partners/", include("newsroom.partners.pages.urls")),
    path("shared/", include("articles.shared.urls")),
    path("oembed/", limited(oembed), name="oembed"),
    path("", include("articles.public.urls")),
]

handler400 = "articles.public.errors.bad_request"
handler403 = "articles.public.errors.forbidden"
handler404 = "articles.public.errors.not_found"
handler429 = "newsroom.accounts.pages.too_many"
handler500 = "articles.public.errors.server_error"
