"""Write a story to standard output."""

from django.core.management.base import CommandError
from django.utils import timezone

from articles import exporting
from articles.models import Article
from newsroom.core.acting_by_shell import ActingCommand

FORMATS = {
    "numbered": exporting.as_numbered,
    "json": exporting.as_json,
    "html": lambda export: exporting.as_page(export, now=timezone.now()),
    "markdown": exporting.as_markdown,
}


class Command(ActingCommand):
    help = "Write the draft of an article, or one of its editions, to standard output."

    def add_arguments(self, parser):
        parser.add_argument("slug")
        parser.add_argument(
            "--edition", type=int, metavar="N", help="an edition by number; the draft unless given"
        )
        parser.add_argument("--format", choices=FORMATS, default="numbered")

    def handle(self, *, slug, edition, format, **options):
        article = Article.objects.filter(slug=slug).first()
        if article is None:
            raise CommandError(f"unknown_article: there is no article {slug!r}")
        export = (
            exporting.export_draft(article) if edition is None else exporting.export_edition(article, edition)
        )
        # The final newline is as the text has it: nothing is added.
        self.stdout.write(FORMATS[format](export), ending="")
