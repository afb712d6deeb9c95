"""The models of the evidence side, one concept a module."""

from sources.models.identity import IdentityLook, SourceIdentity
from sources.models.likeness import Likeness
from sources.models.publisher import Publisher
from sources.models.snapshot import Capture, Snapshot, SnapshotSketch, SnapshotText
from sources.models.source import Source
from sources.models.speaker import Speaker, SpeakerRole

__all__ = [
    "Capture",
    "IdentityLook",
    "Likeness",
    "Publisher",
    "Snapshot",
    "SnapshotSketch",
    "SnapshotText",
    "Source",
    "SourceIdentity",
    "Speaker",
    "SpeakerRole",
]
