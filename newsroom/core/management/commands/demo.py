"""``make demo``: everything on one machine, until Ctrl-C."""

import os
import socket

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from newsroom.core.running import Processes, granian, wait_until_ready, worker

HOST = "127.0.0.1"


class Command(BaseCommand):
    help = "Migrate, load the demo content, and run web server and worker until Ctrl-C."

    def add_arguments(self, parser):
        parser.add_argument("--port", default=os.environ.get("PORT") or "8000", help="default: $PORT or 8000")
        parser.add_argument("--reset", action="store_true", help="empty the database, load anew, stop")

    def handle(self, *, port, reset, **options):
        if settings.PRODUCTION:
            raise CommandError("The demo is not for production: it makes accounts with known passwords.")
        if reset:
            self.empty_database()
            self.load()
            return
        port = free_port(port)
        # First the styles: finished pages name their files by what is in them.
        call_command("collectstatic", interactive=False, verbosity=0)
        self.load()
        connection.close()
        with Processes() as processes:
            processes.start("web server", granian(HOST, port))
            processes.start("worker", worker())
            failed = self.announce_when_ready(f"http://{HOST}:{port}", processes) or processes.wait()
            self.say("\nStopping …")
        if failed:
            raise CommandError(f"{failed}; its own message stands above.")

    def announce_when_ready(self, address, processes):
        """Print the addresses; returns why there is nothing to announce, None when there is."""
        if wait_until_ready(f"{address}/readyz", processes):
            self.say(f"\nReading   {address}/\nDesk      {address}/admin/\nAPI       {address}/api/v1/")
            self.say(f"\nPartners  {address}/partners/")
            self.say("\nCtrl-C stops everything, the database included.\n")
            return None
        return None if processes.stopping else processes.wait(0) or "The site did not get ready"

    def say(self, text):
        self.stdout.write(text)
        self.stdout.flush()  # Somebody may be reading through a pipe.

    def load(self):
        """Bring tables and demo content up to date; what is there is kept."""
        call_command("migrate", verbosity=0)
        for command in ("load_demo", "load_demo_partners"):
            if command in get_commands():
                call_command(command, stdout=self.stdout)
        call_command("rebuild_renderings", verbosity=0)

    def empty_database(self):
        """Drop every table. The schema goes rather than the database: that needs no right to create one."""
        self.say(f"Emptying the database {connection.settings_dict['NAME']} …")
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")


def free_port(text: str) -> int:
    """The port as a number; raises CommandError when it is none or is taken."""
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise CommandError(f"PORT must be a number from 1 to 65535, not {text!r}.")
    port = int(text)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            other = port + 1 if port < 65535 else 8000
            reason = f"Port {port} cannot be used ({error.strerror})."
            raise CommandError(f"{reason} Choose another: make demo PORT={other}") from None
    return port
