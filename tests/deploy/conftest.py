"""Where there is no Varnish, these tests are skipped; in CI they fail."""

from tests.conftest import absent_without_leave
from tests.deploy.caching import VARNISHD, XKEY


def pytest_runtest_setup(item):
    absent_without_leave(item, "varnish", VARNISHD and XKEY, "varnishd with xkey is not installed")
