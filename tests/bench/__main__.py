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
    from tests.bench.desk import measure_desk
    from tests.bench.evidence import measure_evidence
    from tests.bench.lists import measure_lists
    from tests.bench.measuring import run
    from tests.bench.origins import measure_origins
    from tests.bench.search import measure_search

    run()
    measure_evidence()
    measure_origins()
    measure_desk()
    measure_lists()
    measure_search()
