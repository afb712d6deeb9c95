"""The addresses readers keep."""

from django.urls import path, re_path

from articles.public import references, sources, views

ENDING = r"(?P<ending>csl\.json|bib|ris)"

urlpatterns = [
    path("", views.home, name="home"),
    path("articles/<slug:slug>/", views.article, name="article"),
    re_path(
        rf"^articles/(?P<slug>[-a-zA-Z0-9_]+)/sources\.{ENDING}$",
        references.of_article,
        name="article-sources",
    ),
    path("sources/<slug:public_id>/", sources.source, name="source"),
    path("sources/<slug:public_id>/snapshots/<slug:snapshot_id>/", sources.snapshot, name="snapshot"),
    re_path(
        rf"^sources/(?P<public_id>[0-9a-z]+)/citation\.{ENDING}$",
        references.of_source,
        name="source-citation",
    ),
]
