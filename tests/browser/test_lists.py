"""Lists and the pages of claims, quotes and speakers in a real browser: for everybody, on any screen."""

import pytest

from tests.articles.after_publication.story import Story
from tests.browser.test_article_page import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_nothing_stands_in_anybodys_way(page, live_server):
    story = Story().corrected()
    paths = [
        "/treaties/",
        "/treaties/nowhere/",
        "/parties/here/",
        f"/authors/{story.article.bylines.get().slug}/",
        f"/archive/{story.now:%Y/%m}/",
        f"/speakers/{story.speaker.slug}/",
        f"/claims/{story.claim.public_id}/",
        f"/quotes/{story.quote.public_id}/",
    ]
    page.emulate_media(reduced_motion="reduce")
    for path in paths:
        for scheme, width in (("light", 320), ("dark", 1280)):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 800})
            assert page.goto(live_server.url + path).status == 200, path
            assert violations(page) == [], (path, scheme)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
