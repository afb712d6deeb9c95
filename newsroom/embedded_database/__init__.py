"""A PostgreSQL server of the checkout's own, for development, demo and CI, when ``DATABASE_URL`` is unset.

The server is started by the first process that connects and stopped when the last process using it has left,
also when that process was killed. Only :mod:`newsroom.embedded_database.base` knows Django; it is the
``ENGINE``.

Each user of the server holds a shared lock on one file for as long as it lives; the kernel lets go of it
however the process ends. A small keeper process waits for the exclusive lock on that file: when it gets it,
nobody is left.
"""
