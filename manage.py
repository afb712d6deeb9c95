#!/usr/bin/env python
"""Run a command of the project: ``.venv/bin/python manage.py help`` lists them."""

import os
import sys


def main():
    """Run the command; a wrong setting or a database that does not answer is one line, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    if sys.argv[1:2] == ["runserver"]:  # The developers' server; the web server proper never comes this way.
        os.environ.setdefault("DEBUG", "on")

    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db.utils import OperationalError

    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, OperationalError) as error:
        if "--traceback" in sys.argv:
            raise
        reason = str(error).strip().partition("\n")[0]
        prefix = "the database does not answer: " if isinstance(error, OperationalError) else ""
        sys.exit(f"manage.py: {prefix}{reason}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
