"""The addresses readers keep."""

from django.urls import path, re_path

from articles.public import (
    api_docs,
    api_pages,
    archive,
    challenges,
    correction_log,
    editions,
    embeds,
    feeds,
    history,
    images,
    indexes,
    lists,
    outcomes,
    records,
    references,
    related,
    search,
    sentences,
    site_pages,
    sitemaps,
    social_cards,
    sources,
    speakers,
    time_travel,
    trust_files,
    views,
)
from articles.rules.site_pages import Subject
from newsroom.core.ids import PUBLIC_ID

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
    path("articles/<slug:slug>/related/", related.related, name="related"),
    path("articles/<slug:slug>/history/", history.history, name="article-history"),
    path("articles/<slug:slug>/timegate/", time_travel.timegate, name="timegate"),
    path("articles/<slug:slug>/timemap/", time_travel.timemap, name="timemap"),
    re_path(r"^images/(?P<digest>[0-9a-f]{64})\.(?P<form>avif|webp|jpg)$", images.image, name="image"),
    re_path(
        rf"^articles/{SLUG}/sentences/(?P<key>[0-9a-z]{{1,10}})/report/$",
        challenges.report,
        name="report-sentence",
    ),
    path("challenges/", outcomes.outcomes, name="challenges"),
    path("challenges/mine/<str:token>/", challenges.follow, name="challenge"),
    re_path(r"^cards/(?P<public_id>[0-9a-z]{1,40})\.png$", social_cards.social_card, name="social-card"),
    re_path(r"^cards/(?P<public_id>[0-9a-z]{1,40})\.jpg$", social_cards.social_crop, name="social-crop"),
    path("treaties/", indexes.treaties, name="treaties"),
    path("treaties/<slug:slug>/", lists.treaty, name="treaty"),
    path("parties/<slug:slug>/", lists.party, name="party"),
    path("authors/", indexes.authors, name="authors"),
    path("authors/<slug:slug>/", lists.author, name="author"),
    path("tags/<slug:slug>/", lists.tag, name="tag"),
    path("sections/", indexes.sections, name="sections"),
    path("sections/<slug:slug>/", lists.section, name="section"),
    path("languages/<slug:code>/", lists.language, name="language"),
    path("archive/", archive.newest, name="archive"),
    # One address each: years of four figures, months of two.
    re_path(
        r"^archive/(?P<year>[12][0-9]{3})/(?P<month>0[1-9]|1[0-2])/$", archive.month, name="archive-month"
    ),
    path("speakers/<slug:slug>/", speakers.speaker, name="speaker"),
    path("claims/<slug:public_id>/", records.claim, name="claim"),
    path("quotes/<slug:public_id>/", records.quote, name="quote"),
    path("api/docs/", api_docs.docs, name="api-docs"),
    path("api/deprecations/", api_docs.deprecations, name="api-deprecations"),
    path("problems/", api_pages.problems, name="problems"),
    re_path(r"^problems/(?P<code>[a-z_]{3,60})/$", api_pages.problem, name="problem"),
    re_path(rf"^embed/sentences/{SLUG}/(?P<key>[0-9a-z]{{1,10}})/$", embeds.sentence, name="embed-sentence"),
    re_path(rf"^embed/claims/(?P<public_id>{PUBLIC_ID.pattern})/$", embeds.claim, name="embed-claim"),
    re_path(rf"^embed/quotes/(?P<public_id>{PUBLIC_ID.pattern})/$", embeds.quote, name="embed-quote"),
    path("corrections/", correction_log.corrections, name="corrections"),
    re_path(rf"^feeds/{FORM}$", feeds.articles, name="feed"),
    re_path(rf"^feeds/corrections/{FORM}$", feeds.corrections, name="corrections-feed"),
    re_path(
        rf"^feeds/(?P<of>{'|'.join(feeds.SUBJECTS)})/(?P<slug>[-a-zA-Z0-9_]{{1,80}})/{FORM}$",
        feeds.about,
        name="subject-feed",
    ),
    path("sitemap.xml", sitemaps.index, name="sitemap-index"),
    path("sitemaps/news.xml", sitemaps.news, name="sitemap-news"),
    re_path(r"^sitemaps/(?P<number>[1-9][0-9]{0,9})\.xml$", sitemaps.block, name="sitemap"),
    re_path(
        r"^sitemaps/(?P<of>treaties|authors|speakers|claims|quotes)-(?P<number>[1-9][0-9]{0,9})\.xml$",
        sitemaps.block_of,
        name="sitemap-of",
    ),
    path("robots.txt", sitemaps.robots, name="robots"),
    path(".well-known/security.txt", trust_files.security, name="security-txt"),
    path("security.txt", trust_files.security_moved, name="security-txt-moved"),
    path("trust.txt", trust_files.trust, name="trust-txt"),
    path("search/", search.search_page, name="search"),
    path("opensearch.xml", search.description, name="opensearch"),
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
