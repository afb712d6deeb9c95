"""``python -m newsroom.embedded_database.keeper HOME LOCK`` returns at once and leaves the keeper behind."""

import os
import sys
from pathlib import Path

from newsroom.embedded_database.lease import keep

if __name__ == "__main__" and os.fork() == 0:
    os.setsid()  # Ctrl-C in the terminal is not for the keeper.
    keep(Path(sys.argv[1]), int(sys.argv[2]))
