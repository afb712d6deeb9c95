"""A reporter at the desk, and a source."""

import pytest

from tests.articles.admin.pages import signed_in
from tests.making import make_source, make_user


@pytest.fixture
def rita():
    return make_user("reporter", username="rita")


@pytest.fixture
def reporter(rita):
    return signed_in(rita)


@pytest.fixture
def source(rita):
    return make_source(rita, title="The treaty", url="https://gov.example/treaty")
