"""What pages, feeds and files say of the site itself. Read by the settings, which take all of SETTINGS."""

import os

from newsroom import environment

_ORIGIN = os.environ.get("NEWSROOM_ORIGIN", "").rstrip("/")

SETTINGS = {
    "NEWSROOM_NAME": os.environ.get("NEWSROOM_NAME", "Newsroom"),
    "NEWSROOM_ORIGIN": _ORIGIN,
    "NEWSROOM_TAG_AUTHORITY": environment.tag_authority("NEWSROOM_TAG_AUTHORITY", _ORIGIN),
    "NEWSROOM_TIME_ZONE": os.environ.get("NEWSROOM_TIME_ZONE", "Europe/London"),
    "NEWSROOM_USAGE_TERMS": os.environ.get("NEWSROOM_USAGE_TERMS", ""),
    # articles.public.trust_files.
    "NEWSROOM_SECURITY_CONTACTS": environment.contacts("NEWSROOM_SECURITY_CONTACTS"),
    "NEWSROOM_TRUST": environment.affiliations("NEWSROOM_TRUST"),
    "NEWSROOM_DATA_TRAINING": environment.flag("NEWSROOM_DATA_TRAINING"),
}
