"""Import one story from a file or from standard input."""

import json
import sys
from pathlib import Path

from django.core.management.base import CommandError
from django.utils import timezone

from articles.importing.reading import MAX_BYTES
from articles.importing.reference_list import parse_file
from articles.importing.report import as_dict, as_text
from articles.importing.storing import import_text, importer, stored_name
from articles.models.article import Language
from newsroom.core.acting_by_shell import ActingCommand


class Command(ActingCommand):
    help = "Import a text with numbered citations as a draft, and report what was found in it."

    def add_arguments(self, parser):
        parser.add_argument("file", help="the text, or - for standard input")
        parser.add_argument("--language", choices=Language.values, default=Language.ENGLISH)
        parser.add_argument("--headline", default="", metavar="TEXT")
        parser.add_argument(
            "--sources", metavar="FILE", help="JSON or CSV with number, title, publisher, url, published"
        )
        parser.add_argument("--by", metavar="USER", help="whose draft it is; must be said in production")
        parser.add_argument("--json", action="store_true", help="the report as JSON")

    def handle(self, *, file, language, headline, sources, by, json: bool, **options):
        article, proposal = import_text(
            read(file),
            language=language,
            headline=headline,
            sources=parse_file(read(sources), sources) if sources else None,
            by=self.person(by) if by else importer(),
            now=timezone.now(),
            name="" if file == "-" else stored_name(Path(file).stem),
        )
        if json:
            self.stdout.write(_json(as_dict(proposal, article=article.slug)))
        else:
            self.stdout.write(as_text(proposal, article=article.slug))


def _json(report: dict) -> str:
    return json.dumps(report, ensure_ascii=False, indent=2)


def read(name: str) -> bytes:
    """The bytes of a file, or of standard input for ``-``; one more than the limit at most."""
    try:
        if name == "-":
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        with open(name, "rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name.
        raise CommandError(f"unreadable: {name}: {getattr(error, 'strerror', error)}") from error
