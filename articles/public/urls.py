"""The addresses readers keep."""

from django.urls import path, re_path

from articles.public import (
    challenges,
    correction_log,
    editions,
    feeds,
    history,
    images,
    outcomes,
    references,
    sentences,
    site_pages,
    sitemaps,
    social_cards,
    sources,
    time_travel,
    trust_files,
    views,
)
from articles.rules.site_pages import Subject

SLUG = r"(?P<slug>[-a-zA-Z0-9_]+)"
ENDING = r"(?P<ending>csl\.json|bib|ris)"
SUBJECT = f"(?P<subject>{'|'.join(Subject)})"
FORM = r"(?P<form>atom\.xml|feed\.json|rss\.xml)"

urlpatterns = [
    path("", views.home, name="home"),
    path("articles/<slug:slug>/", views.article, name="article"),
    re_path(
        rf"^articles/{SLUG}/sources\.{ENDING}$",
        references.of_article,
        name="article-sources",
    ),
    # No leading zeros: an edition has one address.
    re_path(rf"^articles/{SLUG}/editions/(?P<number>[1-9][0-9]{{0,9}})/$", editions.edition, name="edition"),
    re_path(rf"^articles/{SLUG}/sentences/(?P<key>[0-9a-z]{{1,10}})/$", sentences.sentence, name="sentence"),
    path("articles/<slug:slug>/history/", history.history, name="article-history"),
    path("articles/<slug:slug>/timegate/", time_travel.timegate, name="timegate"),
    path("articles/<slug:slug>/timemap/", time_travel.timemap, name="timemap"),
    re_path(r"^images/(?P<digest>[0-9a-f]{64})\.(?P<form>avif|webp|jpg)$", images.image, name="image"),
    path("articles/<slug:slug>/sentences/<slug:key>/report/", challenges.report, name="report-sentence"),
    path("challenges/", outcomes.outcomes, name="challenges"),
    path("challenges/mine/<str:token>/", challenges.follow, name="challenge"),
    re_path(r"^cards/(?P<public_id>[0-9a-z]{1,40})\.png$", social_cards.social_card, name="social-card"),
    path("corrections/", correction_log.corrections, name="corrections"),
    re_path(rf"^feeds/{FORM}$", feeds.articles, name="feed"),
    re_path(rf"^feeds/corrections/{FORM}$", feeds.corrections, name="corrections-feed"),
    path("sitemap.xml", sitemaps.index, name="sitemap-index"),
    path("sitemaps/news.xml", sitemaps.news, name="sitemap-news"),
    re_path(r"^sitemaps/(?P<number>[1-9][0-9]{0,9})\.xml$", sitemaps.block, name="sitemap"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path(".well-known/security.txt", trust_files.security, name="security-txt"),
    path("security.txt", trust_files.security_moved, name="security-txt-moved"),
    path("trust.txt", trust_files.trust, name="trust-txt"),
    path("site.webmanifest", trust_files.manifest, name="manifest"),
    re_path(rf"^{SUBJECT}/$", site_pages.site_page, name="site-page"),
    re_path(rf"^{SUBJECT}/(?P<language>[a-z]{{2}})/$", site_pages.site_page, name="site-page"),
    re_path(
        rf"^{SUBJECT}/(?P<language>[a-z]{{2}})/versions/(?P<number>[1-9][0-9]{{0,9}})/$",
        site_pages.version,
        name="site-page-version",
    ),
    path("sources/<slug:public_id>/", sources.source, name="source"),
    path("sources/<slug:public_id>/snapshots/<slug:snapshot_id>/", sources.snapshot, name="snapshot"),
    re_path(
        rf"^sources/(?P<public_id>[0-9a-z]+)/citation\.{ENDING}$",
        references.of_source,
        name="source-citation",
    ),
]
