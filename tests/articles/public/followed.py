"""A story that goes on after its first edition, by the desk's own acts."""

from datetime import datetime, timedelta

from articles import corrections
from tests.making import NOW, Desk

NOTE = "An earlier edition said that the treaty was signed on 27 May. It was signed on 28 May."
# When each edition shows, by its number.
AT = {number: NOW + timedelta(days=number - 1) for number in range(1, 9)}


class Followed(Desk):
    """Edition 1; 2 corrects a date; and what a test then does to it, a day later each time."""

    def __init__(self, slug: str = "a-treaty", *, now: datetime = NOW):
        super().__init__(slug=slug, now=now)
        self.publish()

    def correct(self, signed: str = "Two states signed a treaty on 28 May 2026", **options):
        """The next edition, with this sentence: a correction, unless ``options`` say otherwise."""
        self._next_day()
        self.save(body=self.body(signed=signed))
        return self.publish(**{"kind": "correction", "note": NOTE} | options)

    def retract(self, note: str = "We were deceived.", **options):
        self._next_day()
        return corrections.retract(self.reload(), by=self.duty, now=self.now, note=note, **options)

    def unpublish(self, note: str = ""):
        self._next_day()
        return corrections.unpublish(
            self.reload(), by=self.duty, now=self.now, reason="It is outdated.", note=note
        )

    def take_down(self):
        self._next_day()
        return corrections.take_down(self.reload(), by=self.duty, now=self.now, reason="A court says so.")

    def reinstate(self, signed: str = "Two states signed a treaty on 29 May 2026"):
        return self.correct(signed, kind="reinstatement", note="It was true after all.")

    def _next_day(self):
        self.now += timedelta(days=1)
