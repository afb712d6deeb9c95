"""Where there is no Varnish, these tests are skipped; in CI they fail."""

import pytest

from tests.conftest import absent_without_leave
from tests.deploy.caching import VARNISHD, XKEY, varnish
from tests.deploy.scripted_site import ScriptedSite


def pytest_runtest_setup(item):
    absent_without_leave(item, "varnish", VARNISHD and XKEY, "varnishd with xkey is not installed")


@pytest.fixture(scope="package")
def scripted():
    site = ScriptedSite()
    yield site
    site.close()


@pytest.fixture(scope="package")
def cache(scripted, tmp_path_factory):
    with varnish(tmp_path_factory.mktemp("varnish"), scripted.port, patience=1) as port:
        yield port


@pytest.fixture
def site(scripted):
    scripted.holds.clear()
    scripted.began.clear()
    return scripted
