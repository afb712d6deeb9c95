"""Make the account of the first administrator, who invites everybody else."""

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.utils import timezone

from newsroom.accounts.inviting import make_first_administrator
from newsroom.accounts.resetting import link_for
from newsroom.core.acting_by_shell import ActingCommand


class Command(ActingCommand):
    help = (
        "Make the account of the first administrator, and print a link, good once and for three days, to choose its "
        "password. Refused while there is an administrator."
    )

    def add_arguments(self, parser):
        parser.add_argument("name", help="user name")
        parser.add_argument("address", help="e-mail address")
        parser.add_argument("--site", default="", help="https://host of the desk, for the link")

    def handle(self, name, address, site, **options):
        try:
            user = make_first_administrator(name, address, now=timezone.now())
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stdout.write(link_for(user, site.rstrip("/")))
