"""Publish an approved draft from the shell, by the same act as the desk's button."""

from datetime import datetime

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from articles.models import Article
from articles.publishing import publish
from articles.readiness import Blocker, NotReady
from articles.rules.kinds import PUBLISHABLE
from newsroom.core.acting_by_shell import ActingCommand


class Command(ActingCommand):
    help = "Publish an approved article, or print what blocks it, one a line with its code."

    def add_arguments(self, parser):
        parser.add_argument("slug")
        parser.add_argument("--by", required=True, metavar="USER", help="who publishes: a duty editor")
        parser.add_argument(
            "--at", metavar="ISO", help="the moment it shows, with offset, e.g. 2026-12-01T06:00+01:00"
        )
        parser.add_argument("--kind", choices=sorted(PUBLISHABLE), help="first or update unless given")
        parser.add_argument("--note", default="", metavar="TEXT", help="what readers are told of the change")

    def handle(self, *, slug, by, at, kind, note, **options):
        article = Article.objects.filter(slug=slug).first()
        if article is None:
            raise CommandError(f"unknown_article: there is no article {slug!r}")
        try:
            edition = publish(
                article, by=self.person(by), now=timezone.now(), at=_moment(at), kind=kind, note=note
            )
        except NotReady as error:
            for blocker in error.blockers:
                self.stdout.write(_line(blocker))
            raise CommandError(f"{error.code}: {error.message}") from error
        shows = edition.release.showing.lower.isoformat()
        self.stdout.write(
            f"{edition.article.slug}: edition {edition.number} ({edition.kind}), shows from {shows}"
        )


def _line(blocker: Blocker) -> str:
    excerpt = f" “{blocker.excerpt}”" if blocker.excerpt else ""
    waivable = "" if blocker.absolute else " [waivable]"
    return f"{blocker.code}\t{blocker.where}\t{blocker.message}{excerpt}{waivable}"


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        raise CommandError(
            f"moment_unreadable: {text!r} is not a date and time such as 2026-12-01T06:00+01:00"
        )
    if moment.tzinfo is None:
        raise CommandError(f"moment_without_offset: say the offset from UTC of {text!r}, such as +01:00 or Z")
    return moment
