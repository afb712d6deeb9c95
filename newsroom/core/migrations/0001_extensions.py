"""The PostgreSQL extensions the apps rely on; their first migrations depend on this one.

``btree_gist`` lets an exclusion constraint compare an article's id beside a range of time, ``unaccent`` and
``pg_trgm`` serve the search.
"""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [BtreeGistExtension(), UnaccentExtension(), TrigramExtension()]
