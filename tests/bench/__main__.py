"""Run the benchmark; prints a table. ``make bench`` calls it."""

import os
import shutil
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")

import django

if __name__ == "__main__":
    if not shutil.which("wrk"):
        sys.exit("make bench needs the load generator wrk (Debian: apt-get install wrk)")
    django.setup()
    from tests.bench.measuring import run

    run()
