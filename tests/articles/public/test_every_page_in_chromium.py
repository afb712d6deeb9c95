"""Every kind of page in a real browser, light and dark: nothing that axe finds wrong, nothing wider than a phone.

The pages are those of ``whole_site``, handed to the browser as they were answered: no server, no database.
"""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders

# The second says that the test database is to be made: the fixture of the session cannot.
pytestmark = [pytest.mark.browser(long=True), pytest.mark.django_db]

SITE = "https://news.example"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE, DESK = {"width": 320, "height": 640}, {"width": 1280, "height": 900}
LOOK = """async (tags) => {
    for (const each of document.querySelectorAll("details")) each.open = true
    const { violations } = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
}"""


@pytest.fixture
def visit(page, whole_site):
    """Open a page by its name; whatever it asks for is what the site answered, or a static file."""
    by_path = {answer.path: answer for answer in whole_site.values()}
    missing = []

    def fulfil(route):
        asked = urlsplit(route.request.url)
        path = asked.path + (f"?{asked.query}" if asked.query else "")
        if answer := by_path.get(path):
            headers = {name: value for name, value in answer.headers.items() if name != "Content-Length"}
            route.fulfill(status=answer.status, headers=headers, body=answer.body)
        elif asked.path.startswith("/static/"):
            route.fulfill(path=finders.find(asked.path.removeprefix("/static/")))
        else:
            if not asked.path.startswith("/images/"):
                missing.append(route.request.url)
            route.fulfill(status=404)

    page.route("**/*", fulfil)
    page.emulate_media(reduced_motion="reduce")
    yield lambda name: page.goto(SITE + whole_site[name].path)
    assert missing == []


def test_every_page_is_accessible_in_light_and_dark_and_fits_a_phone(page, visit, whole_site):
    axe, faults = Axe().axe_script, []
    pages = [answer.name for answer in whole_site.values() if answer.is_page]
    assert len(pages) > 25
    for scheme, size, tags in (("light", DESK, WCAG), ("dark", PHONE, ["color-contrast"])):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size(size)
        for name in pages:
            visit(name)
            page.evaluate(axe)
            faults += [f"{name}, {scheme}: {fault}" for fault in page.evaluate(LOOK, tags)]
            if (wide := page.evaluate("document.documentElement.scrollWidth")) > size["width"]:
                faults.append(f"{name} is {wide} pixels wide")
    assert faults == [], "\n".join(faults)
