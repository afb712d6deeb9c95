"""The addresses partners keep, under /api/v1/."""

from django.urls import path

from articles.api import views

urlpatterns = [
    path("", views.Root.as_view(), name="api"),
    path("articles/", views.Articles.as_view(), name="api-articles"),
    path("articles/<slug:public_id>/", views.Article.as_view(), name="api-article"),
    path("claims/", views.Claims.as_view(), name="api-claims"),
    path("claims/<slug:public_id>/", views.Claim.as_view(), name="api-claim"),
    path("quotes/", views.Quotes.as_view(), name="api-quotes"),
    path("quotes/<slug:public_id>/", views.Quote.as_view(), name="api-quote"),
    path("sources/", views.Sources.as_view(), name="api-sources"),
    path("sources/<slug:public_id>/", views.Source.as_view(), name="api-source"),
]
