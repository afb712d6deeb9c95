"""Write the checker's file of a story to standard output."""

from django.core.management.base import CommandError
from django.utils import timezone

from articles import checkers_file
from articles.models import Article
from newsroom.core.acting_by_shell import ActingCommand


class Command(ActingCommand):
    help = "Write the checker's file of an article's draft, or of one of its editions, to standard output."

    def add_arguments(self, parser):
        parser.add_argument("slug")
        parser.add_argument("--by", required=True, metavar="USER", help="for whom: somebody of the desk")
        parser.add_argument(
            "--edition", type=int, metavar="N", help="an edition by number; the draft unless given"
        )
        parser.add_argument("--format", choices=["html", "pdf"], default="html")

    def handle(self, *, slug, by, edition, format, **options):
        article = Article.objects.filter(slug=slug).first()
        if article is None:
            raise CommandError(f"unknown_article: there is no article {slug!r}")
        user = self.person(by)
        if edition is None:
            script = checkers_file.of_draft(article, by=user, now=timezone.now())
        else:
            script = checkers_file.of_edition(article, edition, by=user)
        if format == "pdf":
            self.stdout.flush()
            self.stdout.buffer.write(checkers_file.as_pdf(script))
        else:
            self.stdout.write(checkers_file.as_html(script), ending="")
