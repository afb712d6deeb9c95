"""The addresses partners keep, under /api/v1/."""

from django.urls import path

from articles.api import export, following, views

urlpatterns = [
    path("", views.Root.as_view(), name="api"),
    path("articles/", views.Articles.as_view(), name="api-articles"),
    path("articles/<slug:public_id>/", views.Article.as_view(), name="api-article"),
    path("articles/<slug:public_id>/editions/", following.Editions.as_view(), name="api-editions"),
    path(
        "articles/<slug:public_id>/editions/<int:number>/",
        following.Edition.as_view(),
        name="api-edition",
    ),
    path("changes/", following.Changes.as_view(), name="api-changes"),
    path("claims/", views.Claims.as_view(), name="api-claims"),
    path("claims/<slug:public_id>/", views.Claim.as_view(), name="api-claim"),
    path("corrections/", following.Corrections.as_view(), name="api-corrections"),
    path("corrections/<slug:public_id>/", following.Correction.as_view(), name="api-correction"),
    path("export/", export.Export.as_view(), name="api-export"),
    path("quotes/", views.Quotes.as_view(), name="api-quotes"),
    path("quotes/<slug:public_id>/", views.Quote.as_view(), name="api-quote"),
    path("sources/", views.Sources.as_view(), name="api-sources"),
    path("sources/<slug:public_id>/", views.Source.as_view(), name="api-source"),
]
