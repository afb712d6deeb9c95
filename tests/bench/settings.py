"""The project's settings on a database of the benchmark's own."""

from newsroom.settings import *  # noqa: F403
from newsroom.settings import DATABASES

DATABASES["default"]["NAME"] = "newsroom_bench"
ROOT_URLCONF = "tests.bench.urls"
# Counted as always, and never too much: one reader asks more here than thousands do elsewhere.
NEWSROOM_ANONYMOUS_RATE = NEWSROOM_KEY_RATE = 10**9
NEWSROOM_KEY_QUOTA = 10**12
