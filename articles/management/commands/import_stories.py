"""Import a folder of stories."""

import json
import os
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import CommandError
from django.utils import timezone
from tqdm import tqdm

from articles.importing.archive import Order, import_folder, story_files
from articles.importing.storing import LONGEST_ARCHIVE, importer, stored_name
from articles.models.article import Language
from newsroom.core.acting_by_shell import ActingCommand


class Command(ActingCommand):
    help = (
        "Import every .txt and .md file of a folder as an article. Run it again after a kill: what is in stays, what is"
        " missing comes. One bad file does not stop the rest."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument("--language", choices=Language.values, default=Language.ENGLISH)
        parser.add_argument(
            "--by",
            metavar="USER",
            help="for whom, must be said in production; a duty editor if stories are released",
        )
        parser.add_argument(
            "--release-as-archive",
            action="store_true",
            help="release each story whose file name begins with its date (2019-05-03-title.txt), labelled as published"
            " before our evidence rules",
        )
        parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, metavar="N")
        parser.add_argument(
            "--report",
            type=Path,
            default=Path("import-report.jsonl"),
            metavar="FILE",
            help="a JSON object a line",
        )

    def handle(self, *, folder, language, by, release_as_archive, processes, report, **options):
        if release_as_archive and not by:
            raise CommandError("by_missing: say with --by which duty editor releases the stories")
        files = story_files(folder)
        order = Order(
            folder=folder,
            archive=stored_name(folder.resolve(), LONGEST_ARCHIVE),
            by=(self.person(by) if by else importer()).username,
            now=timezone.now(),
            language=language,
            release=release_as_archive,
        )
        counts = Counter()
        try:
            lines = report.open("w", encoding="utf-8")
        except (OSError, ValueError) as error:  # ValueError: a zero byte in the name.
            raise CommandError(f"report_unwritable: {report}: {getattr(error, 'strerror', error)}") from error
        with lines, tqdm(total=len(files), unit=" stories", disable=None, file=self.stderr) as bar:
            for outcomes in import_folder(order, files, processes=max(1, processes)):
                for outcome in outcomes:
                    counts[outcome.status] += 1
                    lines.write(json.dumps(asdict(outcome), ensure_ascii=False) + "\n")
                lines.flush()
                bar.update(len(outcomes))
        self.stdout.write(
            f"{counts['imported']} imported, {counts['skipped']} in already, {counts['failed']} failed; see {report}"
        )
        if counts["failed"]:
            raise CommandError(f"{counts['failed']} of {len(files)} files were not imported")
