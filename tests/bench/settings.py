"""The project's settings on a database of the benchmark's own."""

from newsroom.settings import *  # noqa: F403
from newsroom.settings import DATABASES

DATABASES["default"]["NAME"] = "newsroom_bench"
ROOT_URLCONF = "tests.bench.urls"
