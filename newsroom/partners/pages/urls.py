"""The addresses of a partner's own pages, under /partners/."""

from django.urls import path

from newsroom.partners.pages import keys, usage

urlpatterns = [
    path("", keys.start, name="partners"),
    path("<slug:partner>/", keys.keys, name="partner-keys"),
    path("<slug:partner>/keys/<slug:key>/", keys.key, name="partner-key"),
    path("<slug:partner>/usage/", usage.usage, name="partner-usage"),
    path("<slug:partner>/terms/", usage.terms, name="partner-terms"),
]
