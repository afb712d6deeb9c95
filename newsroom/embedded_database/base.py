"""Django's PostgreSQL back end, with the server started before the first connection of a process."""

import atexit
from functools import cache
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.backends.postgresql import base, client
from django.db.utils import OperationalError

from newsroom.embedded_database import lease
from newsroom.embedded_database.server import ServerError


@cache
def _join_until_exit(home: Path) -> None:
    try:
        lease.join(home)
    except (ServerError, OSError) as error:
        raise OperationalError(str(error)) from error
    atexit.register(_leave, home)


def _leave(home: Path) -> None:
    connections.close_all()
    for pool in list(DatabaseWrapper._connection_pools.values()):
        pool.close()
    lease.leave(home)


class DatabaseClient(client.DatabaseClient):
    """``dbshell`` starts the server, too."""

    def runshell(self, parameters):
        self.connection.get_connection_params()
        super().runshell(parameters)


class DatabaseWrapper(base.DatabaseWrapper):
    """``HOST`` is the server's data directory, where its socket is."""

    client_class = DatabaseClient

    def get_connection_params(self):
        """As in Django; every road to a connection passes here: pool, test runner, the queue's worker."""
        host = self.settings_dict["HOST"]
        if not host:
            raise ImproperlyConfigured("The embedded database needs its folder as HOST.")
        _join_until_exit(Path(host).parent)
        return super().get_connection_params()
