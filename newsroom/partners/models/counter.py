"""How much was asked for lately: the counts that all processes share."""

from django.db import models


class Counter(models.Model):
    """What one ``subject`` (a key, a partner's month, an address by its digest) has used until ``ends``.

    Not kept through a crash of the database (UNLOGGED, by migration): counts of minutes begin anew, and a month's is
    taken from :class:`newsroom.partners.models.Usage`. Written by :mod:`newsroom.partners.counting` alone.
    """

    # Compared by its bytes, in one index.
    subject = models.CharField(primary_key=True, max_length=40, db_collation="C")
    ends = models.DateTimeField(db_index=True)
    used = models.BigIntegerField()

    class Meta:
        verbose_name = "counter"

    def __str__(self):
        return self.subject
