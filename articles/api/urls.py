"""The addresses partners keep, under /api/v1/."""

from django.urls import path

from articles.api import export, following, named, record_doors, statements, views, waiting

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
    path("claims/", record_doors.Claims.as_view(), name="api-claims"),
    path("claims/<slug:public_id>/", record_doors.Claim.as_view(), name="api-claim"),
    path("corrections/", following.Corrections.as_view(), name="api-corrections"),
    path("corrections/<slug:public_id>/", following.Correction.as_view(), name="api-correction"),
    path("editions/", following.AllEditions.as_view(), name="api-all-editions"),
    path("embargoed/", waiting.EmbargoedList.as_view(), name="api-embargoed"),
    path("embargoed/changed/", waiting.ChangedMoments.as_view(), name="api-embargoed-changed"),
    path(
        "embargoed/<slug:public_id>/<int:number>/", waiting.Embargoed.as_view(), name="api-embargoed-edition"
    ),
    path("export/", export.Export.as_view(), name="api-export"),
    path("publishers/", named.Publishers.as_view(), name="api-publishers"),
    path("publishers/<slug:public_id>/", named.Publisher.as_view(), name="api-publisher"),
    path("quotes/", record_doors.Quotes.as_view(), name="api-quotes"),
    path("quotes/<slug:public_id>/", record_doors.Quote.as_view(), name="api-quote"),
    path("sources/", record_doors.Sources.as_view(), name="api-sources"),
    path("sources/<slug:public_id>/", record_doors.Source.as_view(), name="api-source"),
    path("speakers/", named.Speakers.as_view(), name="api-speakers"),
    path("speakers/<slug:public_id>/", named.Speaker.as_view(), name="api-speaker"),
    path("statements/", statements.Statements.as_view(), name="api-statements"),
    path("statements/<slug:article>/<slug:key>/", statements.Statement.as_view(), name="api-statement"),
    path("treaties/", named.Treaties.as_view(), name="api-treaties"),
    path("treaties/<slug:public_id>/", named.Treaty.as_view(), name="api-treaty"),
]
