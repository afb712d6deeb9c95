"""``python -m client https://newsroom.example copy.sqlite``: keep the copy up to date until Ctrl-C.

The key is read from ``NEWSROOM_KEY``, so that it stands in no list of processes.
"""

import argparse
import os
import time

from . import Mirror, Newsroom


def main() -> None:
    parser = argparse.ArgumentParser(description="Keep a copy of what a newsroom has published.")
    parser.add_argument("origin", help="https://… of the newsroom")
    parser.add_argument("file", help="the copy (SQLite), made if it is not there")
    parser.add_argument("--every", type=int, default=30, metavar="SECONDS", help="how often to ask (30)")
    parser.add_argument("--once", action="store_true", help="bring it up to date and end")
    parser.add_argument("--confirm", action="store_true", help="tell the newsroom which editions you show")
    chosen = parser.parse_args()
    mirror = Mirror(Newsroom(chosen.origin, os.environ.get("NEWSROOM_KEY", "")), chosen.file)
    while True:
        mirror.sync()
        if chosen.confirm:
            mirror.confirm()
        if chosen.once:
            return
        time.sleep(chosen.every)


if __name__ == "__main__":
    main()
