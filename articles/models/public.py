"""What is public, said once (design, "How a story travels").

Every page, list, feed, search, file and API answer starts from one of these querysets; fast paths compile their
SQL from them. Nothing else filters on a release's time or an edition's kind; a test sees to that.
"""

from datetime import datetime

from django.db import models

from articles.rules.kinds import UNLISTED


class EditionQuerySet(models.QuerySet):
    def released(self, now: datetime):
        """Every edition past its moment, current or superseded. A withdrawn release is an empty range: never."""
        return self.filter(release__showing__startswith__lte=now)

    def current(self, now: datetime):
        """The edition that shows at ``now``: at most one an article, of whatever kind."""
        return self.filter(release__showing__contains=now)

    def listed(self, now: datetime):
        """Current, less what was retracted, unpublished or taken down: lists, feeds, search, sitemaps."""
        return self.current(now).exclude(kind__in=UNLISTED)

    def readable(self, now: datetime):
        """What an anonymous reader may open by its address."""
        return self.released(now)

    def with_gone(self):
        """Each with ``gone``: whether its address answers that the article was here and is no more."""
        return self.annotate(
            gone=models.ExpressionWrapper(models.Q(kind__in=UNLISTED), output_field=models.BooleanField())
        )

    def not_withdrawn(self):
        """Every edition that has shown, shows or waits to: its release is no empty range."""
        return self.filter(release__showing__isempty=False)

    def waiting(self, now: datetime):
        """Editions whose moment is still to come."""
        return self.filter(release__showing__startswith__gt=now)
