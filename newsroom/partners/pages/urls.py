"""The addresses of a partner's own pages, under /partners/."""

from django.urls import path

from newsroom.partners.pages import keys, usage, webhooks

urlpatterns = [
    path("", keys.start, name="partners"),
    path("<slug:partner>/", keys.keys, name="partner-keys"),
    path("<slug:partner>/keys/<slug:key>/", keys.key, name="partner-key"),
    path("<slug:partner>/webhooks/", webhooks.endpoints, name="partner-webhooks"),
    path("<slug:partner>/webhooks/<slug:endpoint>/", webhooks.endpoint, name="partner-webhook"),
    path(
        "<slug:partner>/webhooks/<slug:endpoint>/<slug:delivery>/",
        webhooks.delivery,
        name="partner-delivery",
    ),
    path("<slug:partner>/usage/", usage.usage, name="partner-usage"),
    path("<slug:partner>/terms/", usage.terms, name="partner-terms"),
]
