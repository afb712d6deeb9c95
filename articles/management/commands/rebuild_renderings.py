"""Make finished pages and answers anew where templates, styles or settings have changed since.

After a change of styles: collect the static files, start the web server anew, then run this. A server knows the
files that were there when it started, and pages that name newer ones would stand without style.
"""

from itertools import batched

from django.core.management.base import BaseCommand
from tqdm import tqdm

from articles.rendering.rebuilding import outdated, rebuild

BATCH = 100


class Command(BaseCommand):
    help = "Remake the finished pages whose templates have changed. Can be stopped and started again."

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="also those that are up to date")

    def handle(self, *, all, verbosity, **options):
        keys = outdated(every=all)
        with tqdm(total=len(keys), unit=" editions", disable=None, file=self.stderr) as bar:
            for batch in batched(keys, BATCH):
                rebuild(batch)
                bar.update(len(batch))
        if verbosity:
            self.stdout.write(f"{len(keys)} editions made anew.")
