"""Load the partners of the demo, and print their keys."""

from django.conf import settings
from django.core.management.base import CommandError
from django.urls import reverse
from django.utils import timezone

from articles.demo.people import PASSWORD
from newsroom.core.acting_by_shell import ActingCommand
from newsroom.partners.demo import PERSON, load_partners


class Command(ActingCommand):
    help = "Load the demo's partners with a product and a key each. What is there is kept; load_demo comes first."

    def handle(self, **options):
        if settings.PRODUCTION:
            raise CommandError("The demo is not for production: it makes keys that it tells again.")
        made = load_partners(by=self.person("admin"), now=timezone.now())
        self.stdout.write(f"Keys for {reverse('api')}, sent as Authorization: Bearer …")
        for partner, text in made:
            self.stdout.write(f"  {partner.name:<20} {text}")
        self.stdout.write(f"Partners' pages {reverse('partners')}: {PERSON}, password {PASSWORD}")
