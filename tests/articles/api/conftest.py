"""Partners come an hour after the desk's noon, unless a test says when."""

from datetime import timedelta

import pytest
import time_machine

from tests.making import NOW


@pytest.fixture(autouse=True)
def clock():
    """The clock partners' requests see; ``move_to`` moves it."""
    with time_machine.travel(NOW + timedelta(hours=1), tick=False) as traveller:
        yield traveller
