"""Where identities are sent and shown, nothing of them gets into an error page, a log or a letter."""

import logging
import traceback

import pytest
from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.views.debug import ExceptionReporter

from newsroom.core.discretion import DiscreetReports, WithoutSecrets, discreet, is_discreet

SECRET = "quillfeather"
CONFIDE = reverse("admin:sources_source_confide")


def test_the_addresses_of_identities_are_discreet_and_others_are_not():
    assert is_discreet(CONFIDE)
    assert is_discreet(reverse("admin:sources_source_identity", args=[7]))
    for name in ("admin:index", "admin:sources_source_changelist", "admin:sources_source_add"):
        assert not is_discreet(reverse(name))


def failing(request):
    name = request.POST["name"]
    raise ValueError(f"{name} is no name")


def report_of(view, path: str) -> str:
    """The error page of DEBUG, for ``view`` posted to at ``path``, as HTML and as text."""
    request = RequestFactory().post(path, {"name": SECRET})
    try:
        view(request)
    except Exception as error:
        reporter = ExceptionReporter(request, type(error), error, error.__traceback__)
        return reporter.get_traceback_html() + reporter.get_traceback_text()
    raise AssertionError("nothing failed")


@pytest.mark.parametrize("debug", [True, False])
def test_a_report_shows_nothing_of_a_discreet_request_with_or_without_debug(settings, debug):
    settings.DEBUG = debug
    told = report_of(discreet(failing), CONFIDE)
    assert SECRET not in told
    assert "ValueError at line" in told
    assert "its words are withheld" in told


def test_the_search_for_it_finds_it_where_nobody_was_discreet(settings):
    settings.DEBUG = True
    told = report_of(failing, "/admin/elsewhere/")
    assert told.count(SECRET) > 3
    # The words of the exception alone are not for the reporter to withhold.
    assert SECRET in report_of(failing, CONFIDE)
    assert SECRET not in report_of(lambda request: 1 / len(request.POST["x"]), CONFIDE)


def test_an_exception_leaves_its_words_behind(caplog):
    with pytest.raises(RuntimeError) as caught:
        discreet(failing)(RequestFactory().post(CONFIDE, {"name": SECRET}))
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)
    logging.getLogger("django.request").error("failed", exc_info=caught.value)
    assert SECRET not in caplog.text
    assert SECRET not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("error", [Http404("gone"), PermissionDenied("no"), BadRequest("what?")])
def test_what_is_no_failure_passes(error):
    def view(request):
        raise error

    with pytest.raises(type(error)):
        discreet(view)(None)
    assert discreet(lambda request: HttpResponse("done"))(None).content == b"done"


def test_the_settings_name_it(settings):
    assert settings.DEFAULT_EXCEPTION_REPORTER_FILTER.endswith(DiscreetReports.__name__)


SECRETS = [
    "/shared/abc-DEF_123/?said",
    "/admin/account/invitation/abc-DEF_123/",
    "/admin/account/password/reset/key/abc-DEF_123/",
]


@pytest.mark.parametrize("address", SECRETS)
def test_a_secret_address_is_logged_without_what_makes_it_one(address):
    (handler,) = settings.LOGGING["handlers"].values()
    (name,) = handler["filters"]
    told = logging.makeLogRecord({"msg": "%s: %s", "args": ("Internal Server Error", address)})
    assert WithoutSecrets().filter(told)
    assert "abc" not in told.getMessage()
    assert told.getMessage().startswith("Internal Server Error: /")
    assert settings.LOGGING["filters"][name]["()"].endswith(f".{WithoutSecrets.__name__}")


def test_what_is_no_secret_is_logged_as_it_is():
    told = logging.makeLogRecord({"msg": "%s at %s", "args": ("Not Found", "/articles/shared-values/")})
    assert WithoutSecrets().filter(told)
    assert (told.msg, told.args) == ("%s at %s", ("Not Found", "/articles/shared-values/"))
