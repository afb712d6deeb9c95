"""Write the archived copies an article rests on to a file."""

from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.management.base import CommandError
from django.utils import timezone

from articles.evidence_archive import snapshots_of_draft, snapshots_of_edition
from articles.models import Article
from newsroom.core.acting_by_shell import ActingCommand
from sources.capture.wacz import write_wacz


class Command(ActingCommand):
    help = (
        "Write every snapshot that the current edition of an article names to a WACZ file. The copies are for the desk"
        " and for courts: nothing in it says that they may be shown."
    )

    def add_arguments(self, parser):
        parser.add_argument("slug")
        parser.add_argument("file", type=Path)
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--edition", type=int, metavar="N", help="an edition by number")
        which.add_argument("--draft", action="store_true", help="what the draft cites now")

    def handle(self, *, slug, file, edition, draft, **options):
        article = Article.objects.filter(slug=slug).first() if slug.isprintable() else None
        if article is None:
            raise CommandError(f"unknown_article: there is no article {slug!r}")
        now = timezone.now()
        snapshots = (
            snapshots_of_draft(article) if draft else snapshots_of_edition(article, number=edition, now=now)
        )
        try:
            self.write(snapshots, file, title=article.headline, now=now)
        except OSError as error:
            raise CommandError(f"file_unwritable: {file}: {error.strerror or error}") from error
        self.stdout.write(f"{len(snapshots)} snapshots written to {file}")

    def write(self, snapshots, path: Path, **about):
        """All of it or nothing: a half-written file would look like evidence."""
        with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as file:
            part = Path(file.name)
            try:
                write_wacz(snapshots, file, **about)
                file.close()
                part.replace(path)
            except BaseException:
                part.unlink()
                raise
