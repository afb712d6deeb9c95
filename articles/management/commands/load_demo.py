"""Load the demo content: accounts for each role, and sample stories in every stage."""

from django.conf import settings
from django.core.management.base import CommandError
from django.urls import reverse
from django.utils import timezone

from articles.demo.loading import load, loaded
from articles.demo.people import ACCOUNTS, PASSWORD, SURNAME
from articles.models import Article, Edition
from newsroom.core.acting_by_shell import ActingCommand


class Command(ActingCommand):
    help = "Load the demo content: an account for each role and sample stories in every stage. What is there is kept."

    def handle(self, **options):
        if settings.PRODUCTION:
            raise CommandError("The demo is not for production: it makes accounts with known passwords.")
        now = timezone.now()
        made = load(now=now)
        self.stdout.write(f"Sample stories ({made} new)" if made else "Sample stories (all there already)")
        for state, address in addresses(now):
            self.stdout.write(f"  {state:<11} {address}")
        self.stdout.write(f"Accounts for {reverse('admin:index')}, each with the password {PASSWORD}")
        for username, first_name, role in ACCOUNTS:
            self.stdout.write(f"  {username:<11} {first_name} {SURNAME}, {role.label}")


def addresses(now) -> list[tuple[str, str]]:
    """State and address of each demo story, as it is at ``now``; on the desk where readers have none."""
    articles = list(Article.objects.filter(imported__in=loaded()).order_by("pk"))
    public = set(Edition.objects.current(now).filter(article__in=articles).values_list("article", flat=True))
    waiting = set(Edition.objects.waiting(now).filter(article__in=articles).values_list("article", flat=True))
    found = []
    for article in articles:
        if article.pk in public:
            found.append(("published", article.get_absolute_url()))
        else:
            state = "scheduled" if article.pk in waiting else article.get_stage_display()
            found.append((state, reverse("admin:articles_article_change", args=[article.pk])))
    return found
