"""Run the benchmark; prints a line a figure. ``make bench`` calls it, ``make bench ARGS="importing desk"`` for some.

Every subject is a file beside this one with a function ``measure``, and is named in SUBJECTS. ``importing`` makes the
database anew; every other one begins with the stories that it left, whatever another has added meanwhile.
BENCH_STORIES, BENCH_SNAPSHOTS, BENCH_ARTICLES and BENCH_CHANGES (how many) make a quick run.
"""

import os
import shutil
import sys
from importlib import import_module

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")

import django
from django.core.management import call_command

SUBJECTS = ("importing", "reading", "evidence", "origins", "lists", "doors", "search", "following", "desk")

if __name__ == "__main__":
    if not shutil.which("wrk"):
        sys.exit("make bench needs the load generator wrk (Debian: apt-get install wrk)")
    if unknown := set(sys.argv[1:]) - {*SUBJECTS}:
        sys.exit(f"no such subject: {', '.join(sorted(unknown))}; there are {', '.join(SUBJECTS)}")
    django.setup()
    from tests.bench import database

    call_command("collectstatic", interactive=False, verbosity=0)
    for name in SUBJECTS:
        if name in (sys.argv[1:] or SUBJECTS):
            if name != "importing":
                database.begin_with_stories()
            import_module(f"tests.bench.{name}").measure()
