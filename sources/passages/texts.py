"""The archived texts of snapshots, normalised once and kept at hand."""

from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock

from sources.models import Snapshot, SnapshotText
from sources.passages.normalising import Normalised

# Bytes of texts a process keeps; a long treaty takes about two million.
_ROOM = 64_000_000


class _Kept:
    """The texts last asked for, by the digests of payload and WARC, which holds the text, and the extractor.

    Such a text never changes, so it cannot be stale; threads share it.
    """

    def __init__(self, room: int):
        self._room, self._taken, self._lock = room, 0, Lock()
        self._texts: OrderedDict[tuple[str, str, str], Normalised] = OrderedDict()

    def get(self, key: tuple[str, str, str]) -> Normalised | None:
        with self._lock:
            if key in self._texts:
                self._texts.move_to_end(key)
            return self._texts.get(key)

    def put(self, key: tuple[str, str, str], text: Normalised) -> None:
        with self._lock:
            if key in self._texts or text.size > self._room:
                return
            self._texts[key] = text
            self._taken += text.size
            while self._taken > self._room:
                _, oldest = self._texts.popitem(last=False)
                self._taken -= oldest.size


_kept = _Kept(_ROOM)


def texts_of(snapshots: Iterable[Snapshot]) -> dict[int, Normalised]:
    """The texts of ``snapshots`` by their row ids; none for a snapshot whose text is not there.

    One query for those that are not at hand, none if all are.
    """
    found, wanted = {}, {}
    for snapshot in snapshots:
        key = (snapshot.sha256, snapshot.warc_sha256, snapshot.extractor)
        if text := _kept.get(key):
            found[snapshot.pk] = text
        else:
            wanted[snapshot.pk] = key
    if wanted:
        rows = SnapshotText.objects.filter(pk__in=wanted).values_list("pk", "text")
        made: dict[tuple[str, str, str], Normalised] = {}
        for pk, original in rows.iterator():
            key = wanted[pk]
            if key not in made:
                made[key] = Normalised(original)
                _kept.put(key, made[key])
            found[pk] = made[key]
    return found
