"""Prove that no edition was changed since it was published."""

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from articles.verifying import first_break


class Command(BaseCommand):
    help = "Re-hash every edition and walk every chain; names the first break and exits 1."

    def handle(self, **options):
        checked = 0

        def count():
            nonlocal checked
            checked += 1
            bar.update()

        with tqdm(unit=" editions", disable=None, file=self.stderr) as bar:
            broken = first_break(progress=count)
        if broken:
            raise CommandError(f"{broken.code}: {broken.slug} edition {broken.number}: {broken.message}")
        self.stdout.write(f"{checked} editions verified")
