"""The web server's way in: ``granian --interface wsgi newsroom.wsgi:application``."""

import os

from django.core.wsgi import get_wsgi_application

from newsroom.slow_senders import SlowSenders

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
# A page with a connection of its own costs six times as much; commands need one connection and no pool.
os.environ.setdefault("NEWSROOM_POOL_SIZE", "8")

application = SlowSenders(get_wsgi_application())
